// `npm start [-- FLAGS]`: from a bare clone to a running hall. What is there already costs nothing.
import './node-version.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { endChildrenWithMe, stopWatching } from './children.mjs';
import { MAIN, prepare } from './prepare.mjs';
import { ROOT } from './root.mjs';
import { dataFolder } from './setting.mjs';
import { StepFailed, elapsed } from './step.mjs';
import { prepareWorkerApart, presentWorker, statusFile } from './worker/worker.mjs';

const HELP = `npm start [-- FLAGS]

Sets up what is missing (packages, database client, server, pages, media worker) and serves the hall.

  --lan              serve the hall's network: https, and the LAN address for media
  --no-demo          leave an empty embedded database empty
  --port N           (PORT, 3000)          the port
  --data-dir DIR     (DATA_DIR, .data)     database, files, keys
  --help             this text

Settings are environment variables or lines of .env: DATABASE_URL, REDIS_URL, PUBLIC_URL, … (README.md).
`;

const flags = process.argv.slice(2);

/** The worker takes minutes on a machine without a network: the hall opens without it, and media follows. */
function worker() {
  const file = path.join(dataFolder(flags), 'worker.json');
  const present = presentWorker();
  if (present) statusFile(file)({ state: 'ready', percent: 100, message: 'The media worker is in place.', path: present });
  else prepareWorkerApart(file);
}

async function start() {
  const since = performance.now();
  endChildrenWithMe();
  const worked = await prepare();
  if (worked) console.log(`Set up in ${elapsed(since)}.`);
  worker();
  stopWatching();
  // In this process: no second Node to start, and signals and exit codes are the server's own.
  process.setSourceMapsEnabled(true);
  process.chdir(ROOT);
  process.argv.splice(1, 1, MAIN);
  await import(pathToFileURL(MAIN).href);
}

if (flags.includes('--help') || flags.includes('-h')) {
  console.log(HELP);
} else {
  try {
    await start();
  } catch (error) {
    console.error(error instanceof StepFailed ? error.message : error);
    process.exit(1);
  }
}
