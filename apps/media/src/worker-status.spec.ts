import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from '../../../test/support/world.js';
import { readWorkerStatus, type WorkerStatus } from './worker-status.js';

/** The set-up's own program writes, the server's own function reads. */
describe('the state of the media worker', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fairwind-status-'));
  const file = path.join(folder, 'worker.json');
  const setUp = path.resolve('infra/setup/worker/worker.mjs');
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** A worker program of a few shell commands. */
  function program(commands: string): string {
    const bin = path.join(folder, `worker-${children.length}`);
    writeFileSync(bin, `#!/bin/sh\n${commands}\n`, { mode: 0o755 });
    return bin;
  }
  function node(args: string[], bin: string): Promise<number | null> {
    const child = spawn(process.execPath, args, { env: { MEDIASOUP_WORKER_BIN: bin }, stdio: 'ignore' });
    children.push(child);
    return new Promise((resolve) => child.once('close', resolve));
  }
  /** What `npm start` does before the server: it goes on at once, and the builder by itself. */
  const begin = (bin: string) => node(['--input-type=module', '-e', `import { beginWorker } from ${JSON.stringify(pathToFileURL(setUp).href)}; beginWorker(${JSON.stringify(file)})`], bin);
  const build = (bin: string) => node([setUp, file], bin);
  const written = (): WorkerStatus => JSON.parse(readFileSync(file, 'utf8')) as WorkerStatus;
  const state = async () => (await readWorkerStatus(folder)).state;

  it('without a word of the set-up is that of a container: there', async () => {
    expect(await state()).toBe('ready');
  });

  it('is what the builder says, until it is killed before it was done; another builder is believed again', async () => {
    // Not there when the start looks; and so slow when the builder does that it cannot end before it is killed.
    await begin(program('[ -e "$0.seen" ] && exec sleep 8; : > "$0.seen"; exit 1'));
    const { pid } = written();
    expect([await state(), written().state]).toEqual(['building', 'building']);
    process.kill(pid!, 'SIGKILL');
    await eventually('the end of the builder', async () => (await state()) === 'unavailable');
    const { message, percent } = await readWorkerStatus(folder);
    expect([percent, message]).toEqual([0, expect.stringMatching(/^What prepared the media worker ended before it was done, at: .+ Start it again: npm start, .*worker\.mjs .*worker\.json$/)]);
    expect(written().state).toBe('building'); // nobody could write that it died
    expect(await build(program('exit 41'))).toBe(0);
    expect(await readWorkerStatus(folder)).toMatchObject({ state: 'ready', percent: 100 });
  }, 30_000);

  it('says why there is none', async () => {
    expect(await build('/nowhere/mediasoup-worker')).toBe(1);
    expect(await readWorkerStatus(folder)).toMatchObject({ state: 'unavailable', message: 'MEDIASOUP_WORKER_BIN (/nowhere/mediasoup-worker) is not a mediasoup worker that runs here.' });
  });

  it('is not believed of another process that has the builder’s number by now; is of one on another machine', async () => {
    const building = { state: 'building', percent: 7, message: 'Building.', pid: process.pid };
    const [, ...fields] = readFileSync(`/proc/${process.pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    const states: string[] = [];
    for (const more of [
      { began: fields[18], host: os.hostname() }, { began: '1', host: os.hostname() }, { began: '1', host: 'elsewhere' }, { began: null, host: os.hostname() },
      {}, { pid: 2 ** 22 + 1 }, { pid: 2 ** 22 + 1, host: 'elsewhere' },
    ]) {
      writeFileSync(file, JSON.stringify({ ...building, ...more }));
      states.push(await state());
    }
    expect(states).toEqual(['building', 'unavailable', 'building', 'building', 'building', 'unavailable', 'building']);
  });
});
