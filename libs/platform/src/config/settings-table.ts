import { declaredSettings, type DeclaredSetting } from './setting.js';
import { Settings } from './settings.js';

const KINDS: Record<DeclaredSetting['kind'], string> = { text: 'text', wholeNumber: 'number', switch: 'yes/no' };

function row(setting: DeclaredSetting, defaults: Settings): string {
  const flag = setting.flag ? `\`--${setting.flag}\`` : '';
  const value = (defaults as unknown as Record<string, string | number | boolean | null>)[setting.field];
  return `| \`${setting.env}\` | ${flag} | ${KINDS[setting.kind]} | ${value === null ? '' : `\`${String(value)}\``} | ${setting.about} |`;
}

/** Every setting as a Markdown table, for libs/platform/SETTINGS.md, which a spec holds against it. */
export function settingsTable(): string {
  const defaults = new Settings();
  const rows = declaredSettings().map((setting) => row(setting, defaults));
  return ['| name | flag | kind | default | |', '|---|---|---|---|---|', ...rows, ''].join('\n');
}
