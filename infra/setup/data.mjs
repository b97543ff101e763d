// Where DATA_DIR is, as far as the set-up has to know it before the server reads its settings.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { ROOT } from './root.mjs';

/** @returns {string | undefined} DATA_DIR of `.env` */
function fromFile() {
  try {
    return parseEnv?.(readFileSync(path.join(ROOT, '.env'), 'utf8')).DATA_DIR;
  } catch {
    return undefined; // no .env
  }
}

/**
 * @param {string[]} flags of the server
 * @returns {string} DATA_DIR, absolute: the flag, then the environment, then `.env`, then `.data`
 */
export function dataFolder(flags) {
  const { values } = parseArgs({ args: flags, strict: false, options: { 'data-dir': { type: 'string' } } });
  const named = values['data-dir'];
  return path.resolve(ROOT, (typeof named === 'string' && named) || process.env.DATA_DIR || fromFile() || '.data');
}
