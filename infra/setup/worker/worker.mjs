// The mediasoup worker: the C++ program that carries media. npm does not bring it, so it is looked for in this order:
// MEDIASOUP_WORKER_BIN, node_modules (where mediasoup looks), a kept copy, the official prebuilt, a build of our own.
// As a program: `node infra/setup/worker/worker.mjs [STATUS_FILE]`, at the lowest priority, its progress in STATUS_FILE.
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endChildrenWithMe, startGuard } from '../children.mjs';
import { WORKER_PACKAGES, ensurePackages } from '../packages.mjs';
import { began, releaseLock, takeLock } from '../lock.mjs';
import { ROOT } from '../root.mjs';
import { workerCache } from '../setting.mjs';
import { compileWorker } from './compile.mjs';
import { downloadWorker } from './prebuilt.mjs';

/**
 * What DATA_DIR/worker.json holds.
 * @typedef {object} WorkerStatus
 * @property {'ready' | 'building' | 'unavailable'} state
 * @property {number} percent 0..100
 * @property {string} message one sentence for a person
 * @property {string} [path] the program, when it is ready
 * @property {number} pid the process that prepares it: a 'building' whose process is gone counts as 'unavailable'
 * @property {string | null} began when that process began, since pids are used again; null where there is no /proc
 * @property {string} host the machine whose pid that is
 */
/** @typedef {Omit<WorkerStatus, 'pid' | 'began' | 'host'>} Report what is said of the worker, whoever says it */

/** Started by hand, a worker says "you are not my father" with this code: proof that it runs on this machine. */
const ALONE = 41;
const PACKAGE = path.join(ROOT, 'node_modules', 'mediasoup');
/** Where mediasoup looks by itself. */
const INSTALLED = path.join(PACKAGE, 'worker', 'out', 'Release', 'mediasoup-worker');

/** @param {string} file @returns {boolean} whether it is a worker that runs here */
const runs = (file) => existsSync(file) && spawnSync(file, { env: {}, stdio: 'ignore', timeout: 10_000 }).status === ALONE;

/** @returns {string} mediasoup's installed version */
const version = () => JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')).version;

/** @returns {string} the copy that outlives node_modules */
const keptCopy = () => path.join(workerCache(), `mediasoup-worker-${version()}-${os.platform()}-${os.arch()}`);

/** @returns {string} the kept copy, or one in the temporary folder when the cache cannot be written (a read-only home) */
function writableCopy() {
  const kept = keptCopy();
  try {
    mkdirSync(path.dirname(kept), { recursive: true });
    accessSync(path.dirname(kept), constants.W_OK);
    return kept;
  } catch (error) {
    console.warn(`The media worker cannot be kept: ${/** @type {Error} */ (error).message}`);
    return path.join(mkdtempSync(path.join(os.tmpdir(), 'fairwind-worker-')), path.basename(kept));
  }
}

/** Puts a program in place whole: somebody who starts it meanwhile sees the old one or the new. @param {string} from @param {string} to */
function put(from, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  const half = `${to}.${process.pid}`;
  copyFileSync(from, half);
  chmodSync(half, 0o755);
  renameSync(half, to);
}

/**
 * The worker, when it is at hand without downloading or building.
 * @returns {string | undefined} its path
 */
export function presentWorker() {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) return runs(given) ? given : undefined;
  if (runs(INSTALLED)) return INSTALLED;
  const kept = keptCopy();
  if (!runs(kept)) return undefined;
  put(kept, INSTALLED);
  return INSTALLED;
}

/**
 * Gets the worker, whatever it takes.
 * @param {(status: Report) => void} report told of each step and of the end
 * @returns {Promise<boolean>} whether it is there
 */
export async function prepareWorker(report) {
  const ready = (/** @type {string} */ message) => {
    report({ state: 'ready', percent: 100, message, path: process.env.MEDIASOUP_WORKER_BIN || INSTALLED });
    return true;
  };
  const unavailable = (/** @type {string} */ message) => {
    report({ state: 'unavailable', percent: 0, message });
    return false;
  };
  if (presentWorker()) return ready('The media worker is in place.');
  if (process.env.MEDIASOUP_WORKER_BIN) {
    return unavailable(`MEDIASOUP_WORKER_BIN (${process.env.MEDIASOUP_WORKER_BIN}) is not a mediasoup worker that runs here.`);
  }
  const kept = writableCopy();
  const lock = `${kept}.lock`;
  while (!takeLock(lock)) {
    report({ state: 'building', percent: 0, message: 'Another start on this machine is preparing the media worker.' });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    if (presentWorker()) return ready('The media worker is in place.');
  }
  const fresh = `${kept}.new`;
  try {
    report({ state: 'building', percent: 0, message: 'Downloading the media worker.' });
    const refusal = await downloadWorker(version(), fresh).then(() => '', (error) => error.cause?.code ?? error.message);
    if (!runs(fresh)) {
      if (os.platform() !== 'linux') return unavailable(`The media worker could not be downloaded (${refusal}).`);
      const packages = ensurePackages(WORKER_PACKAGES, (line) => report({ state: 'building', percent: 0, message: line }));
      if (packages.missing.length > 0) return unavailable(packages.sentence);
      const say = (/** @type {number} */ percent) =>
        report({ state: 'building', percent, message: 'Building the media worker, a few minutes, once.' });
      say(0);
      await compileWorker(PACKAGE, fresh, say);
      if (!runs(fresh)) return unavailable('The media worker was built, and does not run on this machine.');
    }
    put(fresh, INSTALLED);
    put(fresh, kept);
    return ready('The media worker is in place.');
  } catch (error) {
    return unavailable(`The media worker could not be prepared: ${/** @type {Error} */ (error).message}`);
  } finally {
    rmSync(fresh, { force: true });
    releaseLock(lock);
  }
}

/**
 * @param {string} file DATA_DIR/worker.json
 * @param {number} [pid] who prepares the worker
 * @returns {(status: Report) => void} writes each status there, whole
 */
export function statusFile(file, pid = process.pid) {
  const owner = { pid, began: began(pid), host: os.hostname() };
  return (status) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify({ ...status, ...owner }));
    renameSync(`${file}.${process.pid}`, file);
  };
}

/**
 * Prepares the worker in a process of its own, which outlives this one and gives way to every other.
 * @param {string} file DATA_DIR/worker.json
 */
function prepareWorkerApart(file) {
  const child = spawn(process.execPath, [import.meta.filename, file], { detached: true, stdio: 'ignore', cwd: ROOT });
  child.once('error', (error) => {
    statusFile(file)({ state: 'unavailable', percent: 0, message: `The media worker could not be prepared: ${error.message}` });
  });
  child.unref();
  // At once, and as its word: the server, which starts now, must not read what an earlier start has left there.
  if (child.pid) statusFile(file, child.pid)({ state: 'building', percent: 0, message: 'Preparing the media worker.' });
}

/**
 * Says that the worker is at hand, or begins to prepare it: minutes on a machine without a network, for which nobody waits.
 * @param {string} file DATA_DIR/worker.json
 */
export function beginWorker(file) {
  const present = presentWorker();
  if (present) statusFile(file)({ state: 'ready', percent: 100, message: 'The media worker is in place.', path: present });
  else prepareWorkerApart(file);
}

if (process.argv[1] === import.meta.filename) {
  endChildrenWithMe();
  startGuard(); // a builder that is killed leaves no compiler and no folder behind
  os.setPriority(19);
  const file = process.argv[2];
  const write = file ? statusFile(file) : () => {};
  let last = '';
  const good = await prepareWorker((status) => {
    write(status);
    const line = `${status.message} ${status.state === 'building' ? `${status.percent} %` : ''}`.trim();
    if (line !== last) console.log(line);
    last = line;
  });
  process.exitCode = good ? 0 : 1;
}
