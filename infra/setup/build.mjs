// `npm run build`: the server and the pages, into dist/. `--force` does it even when nothing has changed.
import './node-version.mjs';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { endChildrenWithMe } from './children.mjs';
import { prepare } from './prepare.mjs';
import { ROOT } from './root.mjs';
import { StepFailed, elapsed } from './step.mjs';

endChildrenWithMe();
const since = performance.now();
if (process.argv.includes('--force')) rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
try {
  const worked = await prepare();
  console.log(worked ? `Built in ${elapsed(since)}.` : 'Nothing has changed since the last build.');
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
