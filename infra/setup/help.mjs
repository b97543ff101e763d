// `npm start -- --help`: the flags and settings, of the table that a spec holds against what the server itself declares.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';

const table = path.join(ROOT, 'libs', 'platform', 'SETTINGS.md');

/** @typedef {{ env: string, flag: string, kind: string, standard: string, about: string }} Row */

/** @returns {Row[]} */
function rows() {
  return readFileSync(table, 'utf8').split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    const [, env = '', flag = '', kind = '', standard = '', about = ''] = cells;
    return /^[A-Z_]+$/.test(env) ? [{ env, flag, kind, standard, about }] : [];
  });
}

/** @param {Row} row @returns {string} how the flag is written */
function written({ flag, kind }) {
  if (kind === 'yes/no') return flag.replace('--', '--[no-]');
  return `${flag} ${kind === 'number' ? 'N' : 'TEXT'}`;
}

/** @param {Row} row @returns {string} */
const told = ({ about, standard }) => (standard === '' || about.includes('Default:') ? about : `${about} Default: ${standard}.`);

/** @param {string[][]} lines @returns {string} in columns */
function columns(lines) {
  const width = Math.max(...lines.map(([first]) => first.length)) + 2;
  return lines.map(([first, rest]) => `  ${first.padEnd(width)}${rest}`).join('\n');
}

/** @returns {string} */
export function helpText() {
  const all = rows();
  return [
    'npm start [-- FLAGS]',
    'Sets up what is missing (packages, database client, server, pages, media worker) and serves the hall.',
    columns(all.filter(({ flag }) => flag).map((row) => [written(row), `${told(row)} (${row.env})`])),
    'Settings, in the environment or in .env (those above too):',
    columns(all.filter(({ flag }) => !flag).map((row) => [row.env, told(row)])),
  ].join('\n\n');
}
