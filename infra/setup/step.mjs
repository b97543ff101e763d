// One step of the set-up: a program that is run, with its time, its progress and, when it fails, the end of its output.
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { track } from './children.mjs';
import { ROOT } from './root.mjs';

const HEARTBEAT_MS = 10_000;
const TAIL_LINES = 40;
/** Gives the processor to whoever else wants it. The kernel may weigh sessions before processes, and a step leads one: both are told. */
const YIELDING = '{ echo 19 > /proc/self/autogroup; } 2> /dev/null; exec nice -n 19 "$@"';

/** @param {number} since from performance.now() @returns {string} such as `6.2 s` */
export const elapsed = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** A step that failed: its message is the sentence for a person, with the tail of the log before it. */
export class StepFailed extends Error {}

/**
 * @typedef {object} Step
 * @property {string} name what it is called in what is said
 * @property {string} command
 * @property {string[]} args
 * @property {string} advice what a person does when it fails, one sentence
 * @property {NodeJS.ProcessEnv} [env] on top of this process's
 * @property {NodeJS.Signals} [signal] how it is ended with us; SIGKILL unless it has something to tidy up
 * @property {boolean} [aside] runs on what the others leave of the processors, and says nothing until its end
 */

/**
 * Runs a step. Says when it starts, every ten seconds that it goes on, and its seconds at the end.
 * @param {Step} step
 * @returns {Promise<void>} rejects with StepFailed
 */
export function runStep({ name, command, args, advice, env, signal = 'SIGKILL', aside = false }) {
  const since = performance.now();
  console.log(`  ${name} …`);
  const [program, words] = aside && process.platform !== 'win32' ? ['sh', ['-c', YIELDING, 'sh', command, ...args]] : [command, args];
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      detached: process.platform !== 'win32',
    });
    // npm takes the first SIGTERM as a wish to tidy up, for minutes. What a step leaves half done is done again.
    track(child, signal);
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        log = (log + chunk).slice(-64_000);
      });
    }
    const lastLine = () => stripVTControlCharacters(log).trim().split('\n').at(-1)?.trim().slice(0, 80) ?? '';
    const heartbeat = setInterval(() => aside || console.log(`  ${name} … ${elapsed(since)} ${lastLine()}`), HEARTBEAT_MS);
    const end = (/** @type {string} */ reason) => {
      clearInterval(heartbeat);
      if (reason === '') {
        console.log(`  ${name}: ${elapsed(since)}`);
        resolve();
        return;
      }
      const tail = (process.stdout.isTTY ? log : stripVTControlCharacters(log)).trim().split('\n').slice(-TAIL_LINES).join('\n');
      reject(new StepFailed(`${tail}\n\n${name} failed (${reason}). ${advice}`));
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(code === 0 ? '' : (signal ?? `exit code ${code}`)));
  });
}
