import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { eventsModule } from '#libs/events';
import { Files, newId, Timers, type FileArea } from '#libs/platform';
import { testModule, type TestModule } from '../../../test/support/module.js';
import { startS3, type S3Server } from '../../../test/support/s3-server.js';
import { Recordings, RECORDINGS, Rooms, RoomsModule } from './index.js';

/** On this disk, and in a bucket of a server that speaks S3, through the same SDK as in production. */
describe.each(['disk', 's3'])('recordings on %s', (where) => {
  let testing: TestModule;
  let s3: S3Server | undefined;
  let area: FileArea;
  const get = <T>(type: new (...parts: never[]) => T): T => testing.module.get(type, { strict: false });
  beforeAll(async () => {
    if (where === 's3') s3 = await startS3('fair');
    testing = await testModule({ imports: [eventsModule, RoomsModule] }, s3 && { s3Endpoint: s3.url, s3Bucket: 'fair', s3KeyId: s3.keyId, s3Secret: s3.secret });
    area = get(Files).area(RECORDINGS);
  }, 60_000);
  afterAll(async () => {
    await testing.close();
    await s3?.stop();
  });

  /** One that has ended, with segments of three letters and their initialisation. */
  async function recorded(count: number): Promise<{ id: string; keys: string[] }> {
    const room = await testing.database.transaction((tx) => get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic: true }));
    const { id } = await get(Recordings).begin(room.id);
    const initKey = `${id}/run-init.mp4`;
    await area.put(initKey, Buffer.from('init'), 'video/mp4');
    const keys = [initKey];
    for (let sequence = 0; sequence < count; sequence += 1) {
      const storageKey = `${id}/run-${sequence}.m4s`;
      await area.put(storageKey, Buffer.from(`s${sequence}`), 'video/mp4');
      await get(Recordings).addSegment(id, { sequence, storageKey, initKey, duration: 1_000, bytes: 2, discontinuity: false });
      keys.push(storageKey);
    }
    return { id, keys };
  }
  async function stored(recordingId: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of area.list(recordingId)) keys.push(key);
    return keys.sort();
  }

  it('come back as they went in, and are nowhere else', async () => {
    const { id, keys } = await recorded(3);
    expect((await area.read(keys[2]!))?.toString()).toBe('s1');
    expect(await area.read(`${id}/nothing.m4s`)).toBeNull();
    expect(await stored(id)).toEqual([...keys].sort());
    const folder = path.join(testing.settings.dataDir, 'files', RECORDINGS);
    expect(existsSync(folder) && readdirSync(folder).includes(id)).toBe(where === 'disk');
  });

  it('lose what a killed process stored and never wrote down, after their end and not before', async () => {
    const { id, keys } = await recorded(2);
    await area.put(`${id}/run-2.m4s`, Buffer.from('s2'), 'video/mp4');
    expect(await get(Recordings).sweep(id)).toBe(0);
    expect(await stored(id)).toHaveLength(4);
    await get(Recordings).end(id);
    const [timer] = await testing.database.read.timer.findMany({ where: { name: 'rooms.sweep', key: id } });
    expect(timer!.dueAt.getTime()).toBeGreaterThan(Date.now() + 60_000);
    // It is done by the timer, here at once.
    await testing.database.transaction((tx) => get(Timers).schedule(tx, 'rooms.sweep', id, new Date()));
    for (let n = 0; n < 200 && (await stored(id)).length > 3; n += 1) await new Promise((done) => setTimeout(done, 50));
    expect(await stored(id)).toEqual([...keys].sort());
  }, 20_000);

  it('go whole: rows, bytes, and bytes that no row tells of', async () => {
    const { id, keys } = await recorded(20);
    await area.put(`${id}/run-20.m4s`, Buffer.from('orphan'), 'video/mp4');
    const other = await recorded(1);
    await get(Recordings).remove(id);
    expect(await stored(id)).toEqual([]);
    expect(await area.read(keys[1]!)).toBeNull();
    expect(await get(Recordings).find(id)).toBeNull();
    expect(await get(Recordings).segments(id)).toEqual([]);
    expect(await stored(other.id)).toHaveLength(2);
    await get(Recordings).remove(id); // no error when there is none
    // A recorder that was still writing puts its last segment after that.
    await area.put(`${id}/run-21.m4s`, Buffer.from('late'), 'video/mp4');
    expect(await testing.database.read.timer.count({ where: { name: 'rooms.sweep', key: id, doneAt: null } })).toBe(1);
    expect(await get(Recordings).sweep(id)).toBe(1);
    expect(await stored(id)).toEqual([]);
  });
});
