import path from 'node:path';
import { validateSync } from 'class-validator';
import { PROJECT_ROOT } from './project.js';
import { declaredSettings, type DeclaredSetting } from './setting.js';
import { SettingsRefused } from './settings-refused.js';
import { Settings, type ProcessRole } from './settings.js';
import { fromEnvironment, fromFile, fromFlags, type RawSetting } from './sources.js';
import { topologyProblems } from './topology.js';

const YES = new Set(['1', 'true', 'yes', 'on']);
const NO = new Set(['0', 'false', 'no', 'off']);

/** The text as the setting's kind, or undefined when it is none. */
function parse(text: string, kind: DeclaredSetting['kind']): string | number | boolean | undefined {
  if (kind === 'text') return text.trim();
  if (kind === 'wholeNumber') return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
  const word = text.trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

const EXPECTED = { text: 'a text', wholeNumber: 'a whole number', switch: 'true or false' };

function shown({ setting, text }: RawSetting): string {
  return setting.secret ? 'what it is set to' : `“${text}”`;
}

/**
 * Reads the settings of a process: flags before the environment before `.env` before the defaults. Throws
 * `SettingsRefused` with every reason at once: unknown names, malformed values, shapes that cannot work.
 * @param argv the flags, without node and the script
 * @param env the environment
 * @param role the main that was started
 * @param file `.env`
 */
export function loadSettings(argv: readonly string[], env: NodeJS.ProcessEnv, role: ProcessRole, file = path.join(PROJECT_ROOT, '.env')): Settings {
  const known = declaredSettings();
  // The weakest first: the later ones overwrite.
  const sources = [fromFile(file, known), fromEnvironment(env, known), fromFlags(argv, known)];
  const problems = sources.flatMap((source) => source.problems);
  const settings = new Settings();
  const origins = new Map<string, RawSetting>();
  for (const raw of sources.flatMap((source) => source.raw)) origins.set(raw.setting.field, raw);
  for (const [field, raw] of origins) {
    const value = parse(raw.text, raw.setting.kind);
    if (value === undefined) problems.push(`${raw.origin} must be ${EXPECTED[raw.setting.kind]}, not ${shown(raw)}.`);
    else Object.assign(settings, { [field]: value });
  }
  settings.role = role;
  problems.push(...malformed(settings, origins));
  settings.dataDir = path.resolve(PROJECT_ROOT, settings.dataDir);
  if (problems.length === 0) problems.push(...topologyProblems(settings));
  if (problems.length > 0) throw new SettingsRefused(problems);
  return settings;
}

function malformed(settings: Settings, origins: ReadonlyMap<string, RawSetting>): string[] {
  return validateSync(settings, { skipMissingProperties: false }).map((error) => {
    const raw = origins.get(error.property);
    const name = raw?.origin ?? error.property;
    const rules = Object.values(error.constraints ?? {}).map((rule) => rule.replace(error.property, '').trim()).join(', ');
    return `${name} ${rules}${raw ? `; ${shown(raw)} is not` : ''}.`;
  });
}

/** The settings of this very process. The only place that reads its environment. */
export const settingsOfThisProcess = (role: ProcessRole): Settings => loadSettings(process.argv.slice(2), process.env, role);
