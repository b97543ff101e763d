import { spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Health, Log, newId } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { testApplication, type TestApplication } from '../../../test/support/application.js';
import { eventually } from '../../../test/support/world.js';
import { LiveRooms } from './live-rooms.js';
import { MediaModule } from './media.module.js';
import type { WorkerStatus } from './worker-status.js';

/** The first start on a machine that has no worker yet, told by the file that the set-up writes. */
describe('a media node without a worker', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairwind-data-'));
  const file = path.join(dataDir, 'worker.json');
  const builder = spawn('sleep', ['600'], { stdio: 'ignore' });
  const warned = jest.spyOn(Log.prototype, 'warn');
  const informed = jest.spyOn(Log.prototype, 'info');
  const failed = jest.spyOn(Log.prototype, 'error');
  let media: TestApplication;
  const get = <T>(type: new (...parts: never[]) => T): T => media.app.get(type, { strict: false });

  /** As the set-up does: whole. */
  function say(status: Pick<WorkerStatus, 'state' | 'percent' | 'message'>, pid = process.pid): void {
    writeFileSync(`${file}.new`, JSON.stringify({ ...status, pid, host: os.hostname() }));
    renameSync(`${file}.new`, file);
  }
  const readiness = () => get(Rooms).readiness();
  const becomes = (state: string, percent: number) => eventually(`${state}, ${percent} %`, async () => {
    const now = await readiness();
    return now.state === state && now.percent === percent && now;
  }, 15_000);
  const said = (spy: jest.SpyInstance, words: string) => spy.mock.calls.filter((call) => JSON.stringify(call).includes(words)).length;
  const room = () => media.database.transaction((tx) => get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic: true }));
  const hall = async () => [(await fetch(`${media.url}/readyz`)).status, (await get(Health).state()).ok];

  beforeAll(async () => {
    say({ state: 'building', percent: 12, message: 'Building the media worker, a few minutes, once.' }, builder.pid);
    media = await testApplication({ imports: [MediaModule] }, { dataDir, mediaPort: 0, mediaWorkers: 1 });
  }, 60_000);
  afterAll(async () => {
    builder.kill('SIGKILL');
    await media.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('says how far it is, and the hall runs', async () => {
    await becomes('preparing', 12);
    expect(await hall()).toEqual([200, true]);
    await expect(get(LiveRooms).hold((await room()).id)).rejects.toMatchObject({ code: 'mediaUnavailable' });
    say({ state: 'building', percent: 57, message: 'Building the media worker, a few minutes, once.' }, builder.pid);
    await becomes('preparing', 57);
    expect(said(informed, 'Live media follows: Building the media worker')).toBe(1);
  });

  it('whose builder is killed has none, says so once, and the hall runs', async () => {
    builder.kill('SIGKILL');
    await becomes('unavailable', 0);
    await new Promise((done) => setTimeout(done, 1_200)); // it has looked again, twice
    expect([said(warned, 'No live media on this machine: What prepared the media worker ended before it was done'), said(failed, '')]).toEqual([1, 0]);
    expect(await hall()).toEqual([200, true]);
  });

  it('on a machine that cannot have one says why', async () => {
    say({ state: 'unavailable', percent: 0, message: 'Missing system packages: meson.' });
    await eventually('the reason', () => said(warned, 'No live media on this machine: Missing system packages: meson.') > 0, 15_000);
    expect([(await readiness()).state, await hall()]).toEqual(['unavailable', [200, true]]);
  });

  it('comes on by itself when a new build made it', async () => {
    say({ state: 'building', percent: 99, message: 'Building the media worker, a few minutes, once.' });
    await becomes('preparing', 99);
    say({ state: 'ready', percent: 100, message: 'The media worker is in place.' });
    await becomes('ready', 100);
    expect((await get(LiveRooms).hold((await room()).id)).sfu.closed).toBe(false);
    expect([said(informed, 'Media is ready.'), said(warned, 'Missing system packages'), said(failed, '')]).toEqual([1, 1, 0]);
  });
});
