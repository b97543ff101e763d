// What a step was done from: a hash of the contents of its inputs. Times and sizes lie across git checkouts.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';

/** Folders that are made, and so say nothing about what they are made from. */
const MADE = new Set(['node_modules', 'dist', 'generated', 'coverage', 'screenshots']);

/**
 * @param {string} name a file or folder, relative to the repository
 * @returns {string[]} the files under it, relative, in a fixed order; none when it is not there
 */
function filesUnder(name) {
  try {
    const entries = readdirSync(path.join(ROOT, name), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) => {
      if (MADE.has(entry.name) || entry.name.startsWith('.')) return [];
      const inner = `${name}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(inner) : [inner];
    });
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOTDIR') return [name];
    if (code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * @param {string[]} inputs files and folders, relative to the repository
 * @param {(file: string) => boolean} [counts] which of the files matter
 * @returns {string} the hash
 */
export function fingerprint(inputs, counts = () => true) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const file of inputs.flatMap(filesUnder)) {
    if (!counts(file)) continue;
    const content = readFileSync(path.join(ROOT, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} file absolute @returns {string | undefined} */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // never done
  }
}

/** @param {string} file absolute @param {string} value */
export function writeStamp(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, value);
}
