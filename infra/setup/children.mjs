// The processes that this one has started. None of them outlives it, however it ends.
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Map<ChildProcess, NodeJS.Signals>} */
const children = new Map();
/** @type {(() => void)[]} */
const cleanups = [];

/**
 * Ends this child when this process ends: with its whole process group when it was spawned `detached`, as it should be
 * when it starts others.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} [signal] how it is told
 * @returns {() => void} call it when the child has ended by itself
 */
export function track(child, signal = 'SIGTERM') {
  children.set(child, signal);
  const untrack = () => void children.delete(child);
  child.once('exit', untrack);
  return untrack;
}

/**
 * Runs this when the process ends, after its children were told: synchronous work only. The last one added runs first.
 * @param {() => void} cleanup
 */
export function atExit(cleanup) {
  cleanups.unshift(cleanup);
}

/** @param {ChildProcess} child @param {NodeJS.Signals} signal */
function end(child, signal) {
  try {
    process.kill(-(child.pid ?? NaN), signal);
  } catch {
    child.kill(signal); // no group of its own, or not started
  }
}

function endAll() {
  for (const [child, signal] of children) {
    if (child.exitCode === null && child.signalCode === null) end(child, signal);
  }
  children.clear();
  for (const cleanup of cleanups.splice(0)) cleanup();
}

let watching = false;

/** From now on Ctrl-C, a terminal that closes and a termination end the children too. Called once by each program. */
export function endChildrenWithMe() {
  if (watching) return;
  watching = true;
  process.once('exit', endAll);
  for (const [signal, code] of /** @type {[NodeJS.Signals, number][]} */ ([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])) {
    process.on(signal, () => process.exit(code));
  }
}

/** Hands the signals back, so that a program which is started in this process has them for itself. */
export function stopWatching() {
  watching = false;
  process.removeListener('exit', endAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
}
