// Everything between a bare clone and a program that can be started: packages, Prisma's client, the server, the pages.
// Each step is left out when its inputs are what they were the last time.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { releaseLock, takeLock } from './lock.mjs';
import { ROOT } from './root.mjs';
import { fingerprint, readStamp, writeStamp } from './stamp.mjs';
import { StepFailed, runStep } from './step.mjs';

/** The program that `npm start` runs. */
export const MAIN = path.join(ROOT, 'dist', 'apps', 'all', 'src', 'main.js');

const modules = path.join(ROOT, 'node_modules');
const packages = ['package.json', 'package-lock.json', '.npmrc'];
const settings = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];
const server = ['apps/api', 'apps/media', 'apps/all', 'libs', 'infra', 'prisma/seed.ts', 'prisma/demo', 'prisma/schema'];
const compiled = (/** @type {string} */ file) => !/\.(spec|e2e)\.ts$|\.md$/.test(file);
/** Of infra only TypeScript is compiled, and the sockets' document is made by a script. */
const ofServer = (/** @type {string} */ file) => compiled(file) && (!file.startsWith('infra/') || file.endsWith('.ts') || file.startsWith('infra/asyncapi/'));

/**
 * @typedef {object} Task
 * @property {string} stamp where its stamp is
 * @property {() => string} inputs the hash of what it depends on
 * @property {string} output what is there when it was done
 * @property {() => Promise<void>} work
 */

/** @param {string} name @returns {string} the stamp of something under dist, which goes when dist goes */
const stampFile = (name) => path.join(ROOT, 'dist', '.stamps', name);
/** @param {string} name @param {string} file @returns {string} a program of a package */
const program = (name, file) => path.join(modules, name, file);

/** @type {Task} */
const install = {
  stamp: path.join(modules, '.cache', 'fairwind', 'packages'),
  inputs: () => fingerprint(packages),
  output: path.join(modules, '.package-lock.json'),
  work: async () => {
    const args = ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
    const step = { name: 'installing packages (npm ci)', command: 'npm', advice: 'Check the connection to the npm registry and start again.' };
    try {
      // What npm has kept is taken as it is: to ask the registry about each of 1,500 packages takes longer than all the rest.
      await runStep({ ...step, args: [...args, '--prefer-offline'] });
    } catch {
      await runStep({ ...step, name: `${step.name}, asking the registry anew`, args }); // what was kept was too old
    }
  },
};

/** @type {Task} */
const client = {
  stamp: stampFile('client'),
  inputs: () => fingerprint(['prisma/schema', 'prisma.config.ts', 'package-lock.json']),
  output: path.join(ROOT, 'prisma', 'generated', 'client.ts'),
  work: () =>
    runStep({
      name: 'generating the database client',
      command: process.execPath,
      args: [program('prisma', 'build/index.js'), 'generate', '--no-hints'],
      advice: 'The schema in prisma/schema is not valid: see the lines above.',
    }),
};

/** @type {Task} */
const build = {
  stamp: stampFile('server'),
  inputs: () => fingerprint([...server, ...settings, ...packages], ofServer),
  output: MAIN,
  work: async () => {
    await runStep({
      name: 'building the server',
      command: process.execPath,
      args: [program('@nestjs/cli', 'bin/nest.js'), 'build', 'all', '--builder', 'tsc'],
      advice: 'Mend the type errors above, or run `git status` to see what differs from the last commit.',
    });
    for (const folder of ['apps', 'libs', 'infra', 'prisma']) pruneCompiled(folder);
    await runStep({
      name: "writing the sockets' document",
      command: process.execPath,
      args: [path.join(ROOT, 'infra', 'asyncapi', 'asyncapi.mjs')],
      advice: 'libs/contracts holds a type that infra/asyncapi/json-schema.mjs cannot say: see the lines above.',
    });
  },
};

/** @type {Task} */
const pages = {
  stamp: stampFile('web'),
  inputs: () => fingerprint(['apps/web', 'libs/contracts', ...packages], compiled),
  output: path.join(ROOT, 'dist', 'web', 'index.html'),
  work: async () => {
    await runStep({
      name: 'building the pages',
      command: process.execPath,
      args: [program('vite', 'bin/vite.js'), 'build', '--config', 'apps/web/vite.config.ts', '--logLevel', 'warn'],
      advice: 'Mend the errors in apps/web above.',
    });
    await Promise.all([
      runStep({
        name: 'building the first page for the server',
        command: process.execPath,
        args: [program('vite', 'bin/vite.js'), 'build', '--config', 'apps/web/vite.server.config.ts', '--logLevel', 'warn'],
        advice: 'Mend the errors in apps/web/src/phone above.',
      }),
      runStep({
        name: 'compressing the pages',
        command: process.execPath,
        args: [path.join(ROOT, 'infra', 'setup', 'compress-pages.mjs')],
        advice: 'dist/web must be writable.',
      }),
    ]);
  },
};

/** The server is compiled by something else (the watcher, without the API document's plugin): the next start builds. */
export function forgetServer() {
  rmSync(build.stamp, { force: true });
}

/**
 * Removes what was compiled from a source that is gone: Node would still find it.
 * @param {string} folder relative to the repository and to dist
 */
function pruneCompiled(folder) {
  const place = path.join(ROOT, 'dist', folder);
  if (!existsSync(place)) return;
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) pruneCompiled(name);
    const source = entry.isDirectory() ? name : name.replace(/\.(js|js\.map|d\.ts)$/, '.ts');
    if (!existsSync(path.join(ROOT, source))) rmSync(path.join(place, entry.name), { recursive: true, force: true });
  }
}

/**
 * Packages that somebody has installed with `npm install` are not installed again: the lock file is compared with npm's
 * own record of what is there.
 * @returns {boolean}
 */
function installedAsLocked() {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  try {
    const locked = read(path.join(ROOT, 'package-lock.json'));
    const there = read(path.join(modules, '.package-lock.json'));
    const asLocked = Object.entries(there).every(([name, entry]) => locked[name]?.version === entry.version);
    return asLocked && Object.entries(locked).every(([name, entry]) => name === '' || entry.optional || there[name]);
  } catch {
    return false; // nothing is installed, or half of it
  }
}

/** @param {Task} task @returns {boolean} */
const isDone = (task) => existsSync(task.output) && readStamp(task.stamp) === task.inputs();

/** @param {Task} task */
async function perform(task) {
  if (isDone(task)) return;
  rmSync(task.stamp, { force: true });
  const inputs = task.inputs();
  await task.work();
  // The inputs as they were before: an edit during the work makes it due again.
  writeStamp(task.stamp, inputs);
}

/**
 * Does what is missing.
 * @param {{ install?: boolean, client?: boolean, server?: boolean, web?: boolean }} wanted each true unless it is said
 * @returns {Promise<boolean>} whether there was anything to do; rejects with StepFailed
 */
export async function prepare(wanted = {}) {
  const due = () => {
    const tasks = [];
    if (wanted.install !== false && !isDone(install)) {
      if (installedAsLocked()) writeStamp(install.stamp, install.inputs());
      else tasks.push(install);
    }
    if (wanted.client !== false && !isDone(client)) tasks.push(client);
    if (wanted.server !== false && !isDone(build)) tasks.push(build);
    if (wanted.web !== false && !isDone(pages)) tasks.push(pages);
    return tasks;
  };
  if (due().length === 0) return false;
  const lock = path.join(modules, '..', 'dist', '.stamps', 'lock');
  for (let waiting = false; !takeLock(lock); waiting = true) {
    if (!waiting) console.log('Another start is setting things up in this folder: waiting for it.');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    const tasks = due();
    if (tasks.includes(install)) await perform(install);
    const compile = async () => {
      if (tasks.includes(client)) await perform(client);
      if (tasks.includes(build)) await perform(build);
    };
    // Side by side: the pages need nothing of the server but the contracts' source.
    const results = await Promise.allSettled([compile(), tasks.includes(pages) ? perform(pages) : undefined]);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (reasons.length > 1) throw new StepFailed(reasons.map((reason) => reason.message).join('\n\n'));
    if (reasons.length > 0) throw reasons[0];
  } finally {
    releaseLock(lock);
  }
  return true;
}
