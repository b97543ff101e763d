/** The built server as a child process: what the benchmarks measure is what `npm start` runs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

export interface StartedServer {
  url: string;
  /** From the spawn to the first 200 of /readyz, milliseconds. */
  readyAfter: number;
  /** What it has said last, about 8,000 letters: the demo's password, why it ended. */
  output(): string;
  stop(): Promise<void>;
}

export const freePort = () => new Promise<number>((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as { port: number };
    probe.close(() => resolve(port));
  });
});

/** Starts a program that serves on PORT, and waits until `path` answers 200. */
export async function startAndTime(program: string, args: string[], env: Record<string, string>, path = '/readyz'): Promise<StartedServer> {
  const port = await freePort();
  const since = performance.now();
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => { tail = (tail + chunk).slice(-8000); });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(url + path).then(({ ok }) => ok, () => false))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}:\n${tail}`);
    if (performance.now() - since > 60_000) throw new Error(`${program} was not ready in 60 s:\n${tail}`);
    await new Promise((done) => setTimeout(done, 5));
  }
  return { url, readyAfter: performance.now() - since, output: () => tail, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** The server with everything in one process, on the embedded database in `dataDir`. */
export function startFairwind(dataDir: string, flags: string[] = []): Promise<StartedServer> {
  return startAndTime(join('dist', 'apps', 'all', 'src', 'main.js'), flags, { DATA_DIR: dataDir, FAIRWIND_HOST: '127.0.0.1', FAIRWIND_MEDIA_PORT: '0', FAIRWIND_LOG_LEVEL: 'error' });
}
