// Writes a brotli and a gzip form beside each built file that shrinks by it, so that no request waits for compression.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { ROOT } from './root.mjs';

const folder = path.join(ROOT, 'dist', 'web');
const TEXT = /\.(js|css|svg|json|wasm|webmanifest)$/;
/** Smaller files fit into one packet anyway. */
const SMALLEST = 1_024;
/** Kept only where it saves a tenth. */
const WORTH = 0.9;

const forms = {
  '.br': (/** @type {Buffer} */ bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  '.gz': (/** @type {Buffer} */ bytes) => promisify(gzip)(bytes, { level: 9 }),
};

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => TEXT.test(name) && !name.split(path.sep).some((part) => part.startsWith('.')));
await Promise.all(files.map(async (name) => {
  const bytes = readFileSync(path.join(folder, name));
  if (bytes.length < SMALLEST) return;
  for (const [suffix, compress] of Object.entries(forms)) {
    const small = await compress(bytes);
    if (small.length < bytes.length * WORTH) writeFileSync(path.join(folder, name + suffix), small);
  }
}));
