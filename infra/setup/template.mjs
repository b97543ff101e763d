// The embedded PostgreSQL for unit specs: one cluster without durability, one migrated template, which each spec copies.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './root.mjs';

const platform = (/** @type {string} */ file) =>
  import(pathToFileURL(path.join(ROOT, 'dist', 'libs', 'platform', 'src', 'database', file)).href);

/** @returns {Promise<{ url: string, name: string, stop: () => Promise<void> }>} the cluster, and the template's name */
export async function startTemplate() {
  const { startEmbedded } = await platform('embedded.js');
  throw new Error(`not agreed yet ${startEmbedded} ${mkdirSync} ${rmSync}`);
}
