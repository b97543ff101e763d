// One process at a time: a file that holds its owner's pid, and when that began.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * When a process began, in clock ticks since the machine's start: with it a pid names one process for ever.
 * @param {number} pid
 * @returns {string | null} null: it has ended (also if nobody has buried it), or there is no /proc
 */
export function began(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return (state !== 'Z' && fields[18]) || null;
  } catch {
    return null;
  }
}

/** @param {number} pid @param {string} [since] when it began, where that is known @returns {boolean} whether that process lives */
export function alive(pid, since) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  return !since || began(pid) === since; // the number may be another process's by now
}

/**
 * @param {string} file the lock
 * @returns {boolean} false while somebody else, who is alive, has it
 */
export function takeLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, `${process.pid} ${began(process.pid) ?? ''}`, { flag: 'wx' });
      return true;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      const [owner, since] = readFileSync(file, 'utf8').split(' ');
      if (Number(owner) > 0 && alive(Number(owner), since)) return false;
      rmSync(file, { force: true }); // its owner was killed
    }
  }
  return false;
}

/** @param {string} file the lock, which this process has */
export function releaseLock(file) {
  rmSync(file, { force: true });
}
