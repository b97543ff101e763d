/** What a setting is read from and what it says of itself; the table in the README is checked against it. */
export interface SettingWords {
  /** The name in the environment and in `.env`. */
  env: string;
  /** The flag, without its dashes, if there is one: `port` is `--port 3000` or `--port=3000`. */
  flag?: string;
  /** How the text is read. A `switch` takes 1/0, true/false, yes/no, on/off; as a flag it takes no value. */
  kind: 'text' | 'wholeNumber' | 'switch';
  /** For people: one sentence. */
  about: string;
  /** Its value is not to be shown anywhere. */
  secret?: boolean;
}

export interface DeclaredSetting extends SettingWords {
  field: string;
}

const declared: DeclaredSetting[] = [];

/** Marks a field of `Settings` as one that can be set. */
export function Setting(words: SettingWords): PropertyDecorator {
  return (_, field) => void declared.push({ field: String(field), ...words });
}

/** Every setting that there is, in the order of `Settings`. */
export const declaredSettings = (): readonly DeclaredSetting[] => declared;
