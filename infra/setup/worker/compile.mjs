// Builds the mediasoup worker from the npm package's own source. About four minutes of one core.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { track, trackFolder } from '../children.mjs';
import { prepareSource } from './source.mjs';

/**
 * @param {string} command @param {string[]} args @param {string} cwd
 * @param {(chunk: string) => void} [hear] told what it prints
 * @returns {Promise<void>} rejects with the end of its output when it fails
 */
function run(command, args, cwd, hear = () => {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NINJA_STATUS: '[%f/%t] ' },
    });
    track(child);
    let tail = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        tail = (tail + chunk).slice(-4000);
        hear(chunk);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} failed (${code}):\n${tail.trim()}`));
    });
  });
}

/**
 * @param {string} packageFolder the installed `mediasoup` package
 * @param {string} target where the program is put
 * @param {(percent: number) => void} progress 0..100
 */
export async function compileWorker(packageFolder, target, progress) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fairwind-worker-'));
  trackFolder(folder);
  try {
    const source = path.join(folder, 'source');
    prepareSource(packageFolder, source);
    // No --buildtype: in meson 1.0 it wins over the optimisation level. liburing would be downloaded.
    const settings = ['-Doptimization=2', '-Ddebug=false', '-Db_ndebug=true', '-Dms_disable_liburing=true'];
    await run('meson', ['setup', '../build', ...settings], source);
    const build = path.join(folder, 'build');
    // The generated headers first: nothing in meson.build says that the rest needs them.
    await run('ninja', ['fbs/FBS'], build);
    await run('ninja', ['mediasoup-worker'], build, (chunk) => {
      const steps = [...chunk.matchAll(/\[(\d+)\/(\d+)\]/g)].at(-1);
      if (steps) progress(Math.floor((100 * Number(steps[1])) / Number(steps[2])));
    });
    await run('strip', ['mediasoup-worker'], build);
    copyFileSync(path.join(build, 'mediasoup-worker'), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
