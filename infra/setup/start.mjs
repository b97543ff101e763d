// `npm start [-- FLAGS]`: from a bare clone to a running hall. What is there already costs nothing.
import './node-version.mjs';
import module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { endChildrenWithMe, stopWatching } from './children.mjs';
import { helpText } from './help.mjs';
import { MAIN, prepare } from './prepare.mjs';
import { prepareRecordingApart } from './recording.mjs';
import { ROOT } from './root.mjs';
import { dataFolder } from './setting.mjs';
import { StepFailed, elapsed } from './step.mjs';
import { beginWorker } from './worker/worker.mjs';

const flags = process.argv.slice(2);

async function start() {
  const since = performance.now();
  endChildrenWithMe();
  const worked = await prepare();
  if (worked) console.log(`Set up in ${elapsed(since)}.`);
  beginWorker(path.join(dataFolder(flags), 'worker.json'));
  prepareRecordingApart();
  stopWatching();
  const { enableCompileCache } = /** @type {{ enableCompileCache?: (folder: string) => void }} */ (module); // Node 22
  enableCompileCache?.(path.join(ROOT, 'node_modules', '.cache', 'fairwind', 'compiled'));
  // In this process: no second Node to start, and signals and exit codes are the server's own.
  process.setSourceMapsEnabled(true);
  process.chdir(ROOT);
  process.argv.splice(1, 1, MAIN);
  await import(pathToFileURL(MAIN).href);
}

if (flags.includes('--help') || flags.includes('-h')) {
  console.log(helpText());
} else {
  try {
    await start();
  } catch (error) {
    console.error(error instanceof StepFailed ? error.message : error);
    process.exit(1);
  }
}
