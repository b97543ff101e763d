/** Builds apps/web/src/call into one script for tests and the bench: `node call-bundle.mjs FILE`; the page then has `window.fairwindCall`. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const built = await build({
  configFile: false, root, logLevel: 'error',
  resolve: { alias: { '#libs/contracts': join(root, 'libs/contracts/src/index.ts') } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: { write: false, target: 'es2022', lib: { entry: join(root, 'apps/web/src/call/call.ts'), formats: ['iife'], name: 'fairwindCall' } },
});
const [{ output }] = [built].flat();
await writeFile(process.argv[2], output.find(({ type }) => type === 'chunk').code);
