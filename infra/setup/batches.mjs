// Several specs in one of jest's files: jest loads every module anew for each of its files, and a spec of ours stands on a
// thousand of them. The long run keeps each spec apart.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';
import { temporaryFolder } from './services.mjs';

const FOLDERS = ['libs', 'apps', 'infra', 'prisma'];
/** Bytes of specs in a batch: some twenty seconds. */
const BATCH_BYTES = 60_000;
/** What changes more than its own spec's world: such a spec stays a file of its own. */
const ALONE = /jest\.(mock|spyOn|useFakeTimers|setTimeout)\(|globalThis/;

/** @param {string} folder relative to the repository @returns {string[]} the specs under it, relative, in a fixed order */
function specsUnder(folder) {
  const entries = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return entries.filter((name) => name.endsWith('.spec.ts') && !name.includes('node_modules')).map((name) => `${folder}/${name}`).sort();
}

/** @param {string} spec relative @returns {string} what jest runs for it; one that cannot be loaded fails alone */
const entry = (spec) => `describe(${JSON.stringify(spec)}, () => {
  try {
    jest.requireActual(${JSON.stringify(path.join(ROOT, spec))});
  } catch (error) {
    it('can be loaded', () => { throw error; });
  }
});`;

/** @returns {string} the folder of the batches; its alone.json names the specs that are in none */
export function writeBatches() {
  const folder = temporaryFolder('batches');
  /** @type {string[]} */
  const alone = [];
  /** @type {string[][]} */
  const batches = [];
  let bytes = BATCH_BYTES;
  for (const spec of [...FOLDERS.flatMap(specsUnder), ...specsUnder('test').filter((name) => name.split('/').length === 2)]) {
    const text = readFileSync(path.join(ROOT, spec), 'utf8');
    if (ALONE.test(text)) {
      alone.push(spec);
      continue;
    }
    if (bytes >= BATCH_BYTES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(spec);
    bytes += text.length;
  }
  for (const [n, specs] of batches.entries()) writeFileSync(path.join(folder, `${n + 1}.batch.cjs`), specs.map(entry).join('\n'));
  writeFileSync(path.join(folder, 'alone.json'), JSON.stringify(alone));
  return folder;
}
