// `npm run dev [-- FLAGS]`: the server again at each edit (nest, swc) and the pages from Vite, which proxies to it.
import './node-version.mjs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { endChildrenWithMe, track } from './children.mjs';
import { forgetServer, prepare } from './prepare.mjs';
import { ROOT } from './root.mjs';
import { dataFolder, port } from './setting.mjs';
import { StepFailed } from './step.mjs';
import { beginWorker } from './worker/worker.mjs';

endChildrenWithMe();
const flags = process.argv.slice(2);
try {
  // The first build is the real one: it has the types and the API document.
  await prepare({ web: false });
} catch (error) {
  console.error(error instanceof StepFailed ? error.message : error);
  process.exit(1);
}
forgetServer();
beginWorker(path.join(dataFolder(flags), 'worker.json'));

/** @param {string} file of a package @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function keepRunning(file, args, env) {
  const program = path.join(ROOT, 'node_modules', file);
  const child = spawn(process.execPath, [program, ...args], { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  track(child);
  child.once('exit', (code) => process.exit(code ?? 1));
}

keepRunning('@nestjs/cli/bin/nest.js', ['start', 'all', '--watch', '--builder', 'swc', '--', ...flags]);
keepRunning('vite/bin/vite.js', ['--config', 'apps/web/vite.config.ts'], { FAIRWIND_DEV_API: `http://localhost:${port(flags)}` });
