// Started by children.mjs. Reads on stdin what its parent has started (`pid N`, `gone N`, `folder PATH`); stdin ends when
// the parent does, for whatever reason. Then: five seconds for what was told to end, and the end for what is left.
import { rmSync } from 'node:fs';
import readline from 'node:readline';
import { endProcess } from './children.mjs';
import { alive } from './lock.mjs';

const GRACE_MS = 5_000;
/** @type {Set<number>} */
const pids = new Set();
/** @type {Set<string>} */
const folders = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {}); // they are the parent's
for await (const line of readline.createInterface({ input: process.stdin })) {
  const [word, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
  if (word === 'pid') pids.add(Number(rest));
  if (word === 'gone') pids.delete(Number(rest));
  if (word === 'folder') folders.add(rest);
}
const left = () => [...pids].filter((pid) => alive(pid));
for (let waited = 0; waited < GRACE_MS && left().length > 0; waited += 100) {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
for (const pid of left()) endProcess(pid, 'SIGKILL');
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
