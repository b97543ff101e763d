// `npm start -- --help`: the flags and settings, as the server itself declares them.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './root.mjs';

const config = path.join(ROOT, 'dist', 'libs', 'platform', 'src', 'config');

/** @typedef {{ env: string, flag?: string, kind: 'text' | 'wholeNumber' | 'switch', about: string }} Declared */

/** @returns {Promise<Declared[]>} none before the first build */
async function declared() {
  if (!existsSync(path.join(config, 'settings.js'))) return [];
  await import('reflect-metadata');
  await import(pathToFileURL(path.join(config, 'settings.js')).href); // declares them
  const { declaredSettings } = await import(pathToFileURL(path.join(config, 'setting.js')).href);
  return declaredSettings();
}

/** @param {Declared} setting @returns {string} how the flag is written */
function written({ flag, kind }) {
  if (kind === 'switch') return `--[no-]${flag}`;
  return `--${flag} ${kind === 'wholeNumber' ? 'N' : 'TEXT'}`;
}

/** @param {string[][]} rows @returns {string} in columns */
function columns(rows) {
  const width = Math.max(...rows.map(([first]) => first.length)) + 2;
  return rows.map(([first, rest]) => `  ${first.padEnd(width)}${rest}`).join('\n');
}

/** @returns {Promise<string>} */
export async function helpText() {
  const settings = await declared();
  const flags = settings.filter(({ flag }) => flag).map((setting) => [written(setting), `${setting.about} (${setting.env})`]);
  const rest = settings.filter(({ flag }) => !flag).map(({ env, about }) => [env, about]);
  const basic = [
    ['--lan', 'Serves the hall: https, and the LAN address for media.'],
    ['--no-demo', 'Leaves an empty embedded database empty.'],
    ['--port N', 'The port; 3000 unless it is said.'],
    ['--data-dir DIR', 'The folder with database, files and keys; .data unless it is said.'],
    ['…', 'All of them are listed here after the first build: npm run build'],
  ];
  return [
    'npm start [-- FLAGS]',
    'Sets up what is missing (packages, database client, server, pages, media worker) and serves the hall.',
    columns(flags.length > 0 ? flags : basic),
    ...(rest.length > 0 ? ['Settings, in the environment or in .env (those above too):', columns(rest)] : []),
  ].join('\n\n');
}
