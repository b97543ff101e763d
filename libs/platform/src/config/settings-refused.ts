/** A process that refuses to start, with a sentence for each reason that says what to set. Nothing else is printed. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';

  constructor(readonly reasons: readonly string[]) {
    super(reasons.join('\n'));
  }
}
