// The settings that the set-up has to know before the server reads and checks all of them.
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { ROOT } from './root.mjs';

/** @param {string} name @returns {string | undefined} its value: the environment, then `.env` */
function setting(name) {
  if (process.env[name]) return process.env[name];
  try {
    return parseEnv(readFileSync(path.join(ROOT, '.env'), 'utf8'))[name] || undefined;
  } catch {
    return undefined; // no .env
  }
}

/**
 * @param {string[]} flags of the server
 * @returns {string} DATA_DIR, absolute: the flag, the environment, `.env`, then `.data`
 */
export function dataFolder(flags) {
  const { values } = parseArgs({ args: flags, strict: false, options: { 'data-dir': { type: 'string' } } });
  const named = values['data-dir'];
  return path.resolve(ROOT, (typeof named === 'string' && named) || setting('DATA_DIR') || '.data');
}

/**
 * @param {string[]} flags of the server
 * @returns {string} PORT, as the server will read it
 */
export function port(flags) {
  const { values } = parseArgs({ args: flags, strict: false, options: { port: { type: 'string' } } });
  return (typeof values.port === 'string' && values.port) || setting('PORT') || '3000';
}

/** @returns {string} FAIRWIND_WORKER_CACHE, absolute: outside node_modules, which `npm ci` deletes */
export function workerCache() {
  const home = os.homedir() || os.userInfo().homedir;
  return path.resolve(ROOT, setting('FAIRWIND_WORKER_CACHE') ?? path.join(home, '.cache', 'fairwind'));
}
