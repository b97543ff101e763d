// `npm run rebuild -- attendance [--write]`: builds what is missing, then compares the counters with the log (infra/rebuild).
import './node-version.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { endChildrenWithMe, stopWatching } from './children.mjs';
import { prepare } from './prepare.mjs';
import { ROOT } from './root.mjs';
import { StepFailed } from './step.mjs';

endChildrenWithMe();
try {
  await prepare();
} catch (error) {
  console.error(error instanceof StepFailed ? error.message : error);
  process.exit(1);
}
stopWatching();
process.chdir(ROOT);
const main = path.join(ROOT, 'dist', 'infra', 'rebuild', 'main.js');
process.argv.splice(1, 1, main);
await import(pathToFileURL(main).href);
