// `npm run bench -- NAME [--quick] [--json]`: builds what is missing, then hands over to the harness (infra/bench).
// With --json the output is a program's to read: what the set-up says goes to stderr.
import './node-version.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { endChildrenWithMe, stopWatching } from './children.mjs';
import { prepare } from './prepare.mjs';
import { ROOT } from './root.mjs';
import { StepFailed } from './step.mjs';

const { log } = console;
if (process.argv.includes('--json')) console.log = console.error;
endChildrenWithMe();
try {
  await prepare();
} catch (error) {
  console.error(error instanceof StepFailed ? error.message : error);
  process.exit(1);
}
console.log = log;
stopWatching();
process.chdir(ROOT);
const main = path.join(ROOT, 'dist', 'infra', 'bench', 'main.js');
process.argv.splice(1, 1, main);
await import(pathToFileURL(main).href);
