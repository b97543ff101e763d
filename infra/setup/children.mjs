// The processes that this one has started, and the folders that it has made. None of them outlives it, however it ends.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** pid -> how it is told to end. @type {Map<number, NodeJS.Signals>} */
const pids = new Map();
/** @type {Set<string>} */
const folders = new Set();
/** @type {import('node:stream').Writable | undefined} */
let guard;
let watching = false;

/** @param {string} line of the guard's language */
const tellGuard = (line) => guard?.write(`${line}\n`);

/**
 * Ends this process when we end: with its whole group when it leads one (it was spawned `detached`), as it should when it
 * starts others.
 * @param {number} pid
 * @param {NodeJS.Signals} [signal] how it is told
 */
export function trackPid(pid, signal = 'SIGTERM') {
  pids.set(pid, signal);
  tellGuard(`pid ${pid}`);
}

/**
 * Ends this child when we end, as `trackPid`.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} [signal] how it is told
 */
export function track(child, signal = 'SIGTERM') {
  const { pid } = child;
  if (pid === undefined) return; // it could not be started, and says so by its `error` event
  trackPid(pid, signal);
  child.once('exit', () => {
    pids.delete(pid);
    tellGuard(`gone ${pid}`);
  });
}

/** @param {string} folder removed when we end */
export function trackFolder(folder) {
  folders.add(folder);
  tellGuard(`folder ${folder}`);
}

/** @param {number} pid @param {NodeJS.Signals} signal */
export function endProcess(pid, signal) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error; // no such group, or ended by itself
    }
  }
}

function endAll() {
  for (const [pid, signal] of pids) endProcess(pid, signal);
  pids.clear();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  folders.clear();
}

/** From now on Ctrl-C, a terminal that closes and a termination end the children too. Called once by each program. */
export function endChildrenWithMe() {
  if (watching) return;
  watching = true;
  process.once('exit', endAll);
  const codes = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });
  for (const [signal, code] of Object.entries(codes)) process.on(signal, () => process.exit(code));
}

/** For a kill -9, which nobody hears: a second process that waits for our end and does what is left. Before any child. */
export function startGuard() {
  const program = path.join(import.meta.dirname, 'guard.mjs');
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'ignore', 'inherit'], detached: true });
  child.unref();
  guard = child.stdin ?? undefined;
  /** @type {import('node:net').Socket} */ (child.stdin).unref();
  guard?.on('error', () => {
    guard = undefined; // it was killed by hand: our own handlers remain
  });
}

/** Hands the signals back, so that a program which is started in this process has them for itself. */
export function stopWatching() {
  watching = false;
  process.removeListener('exit', endAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
}
