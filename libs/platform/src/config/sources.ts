import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { nearest } from './nearest.js';
import type { DeclaredSetting } from './setting.js';

const OURS = 'FAIRWIND_';
/** Names that programs of the set-up and Node itself read; not ours to check. */
const FOREIGN = new Set(['NODE_ENV', 'TZ', 'NODE_OPTIONS', 'PRISMA_SCHEMA_ENGINE_BINARY', 'MEDIASOUP_WORKER_BIN']);

/** What was set and where, before it is read as a type. */
export interface RawSetting {
  setting: DeclaredSetting;
  text: string;
  /** For what is said of it: `PORT in .env`. */
  origin: string;
}

interface Found {
  raw: RawSetting[];
  problems: string[];
}

const hint = (name: string, known: readonly string[]): string => {
  const meant = nearest(name, known);
  return meant ? ` Did you mean ${meant}?` : '';
};

/** `--port 4000`, `--port=4000`, `--lan`, `--no-demo`. */
export function fromFlags(argv: readonly string[], settings: readonly DeclaredSetting[]): Found {
  const found: Found = { raw: [], problems: [] };
  const byFlag = new Map(settings.flatMap((setting) => (setting.flag ? [[setting.flag, setting] as const] : [])));
  const known = [...byFlag].flatMap(([flag, { kind }]) => (kind === 'switch' ? [`--${flag}`, `--no-${flag}`] : [`--${flag}`]));
  for (let i = 0; i < argv.length; i += 1) {
    const [name, ...rest] = argv[i].split('=');
    const inline = rest.length > 0 ? rest.join('=') : undefined;
    const denied = name.startsWith('--no-') ? byFlag.get(name.slice(5)) : undefined;
    const setting = denied?.kind === 'switch' ? denied : name.startsWith('--') ? byFlag.get(name.slice(2)) : undefined;
    if (!setting) {
      found.problems.push(`There is no flag ${name}.${hint(name, known)}`);
      if (inline === undefined && name.startsWith('--') && argv.at(i + 1)?.startsWith('-') === false) i += 1; // its value
    } else if (setting.kind === 'switch') {
      found.raw.push({ setting, text: denied ? 'false' : (inline ?? 'true'), origin: name });
    } else {
      const text = inline ?? (argv[i + 1]?.startsWith('--') ? undefined : argv[(i += 1)]);
      if (text === undefined) found.problems.push(`${name} needs a value.`);
      else found.raw.push({ setting, text, origin: name });
    }
  }
  return found;
}

function fromNames(values: Readonly<Record<string, string | undefined>>, settings: readonly DeclaredSetting[], where: string, mustKnow: (name: string) => boolean): Found {
  const found: Found = { raw: [], problems: [] };
  const byName = new Map(settings.map((setting) => [setting.env, setting]));
  for (const [name, text] of Object.entries(values)) {
    const setting = byName.get(name);
    if (setting && text !== undefined && text !== '') found.raw.push({ setting, text, origin: name + where });
    else if (!setting && mustKnow(name)) found.problems.push(`There is no setting ${name}${where}.${hint(name, [...byName.keys()])}`);
  }
  return found;
}

/** The environment: an unknown name is refused under FAIRWIND_ only, since the rest belongs to everybody. */
export const fromEnvironment = (env: NodeJS.ProcessEnv, settings: readonly DeclaredSetting[]): Found =>
  fromNames(env, settings, ' in the environment', (name) => name.startsWith(OURS));

/** `.env`: every name must be known. */
export function fromFile(file: string, settings: readonly DeclaredSetting[]): Found {
  if (!existsSync(file)) return { raw: [], problems: [] };
  const values = parseEnv(readFileSync(file, 'utf8'));
  return fromNames(values, settings, ' in .env', (name) => !FOREIGN.has(name));
}
