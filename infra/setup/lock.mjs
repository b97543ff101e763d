// One process at a time: a file that holds its owner's pid.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @param {number} pid @returns {boolean} whether that process lives */
export function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * @param {string} file the lock
 * @returns {boolean} false while somebody else, who is alive, has it
 */
export function takeLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      const owner = Number(readFileSync(file, 'utf8'));
      if (owner > 0 && alive(owner)) return false;
      rmSync(file, { force: true }); // its owner was killed
    }
  }
  return false;
}

/** @param {string} file the lock, which this process has */
export function releaseLock(file) {
  rmSync(file, { force: true });
}
