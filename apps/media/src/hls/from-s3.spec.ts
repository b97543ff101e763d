import { existsSync } from 'node:fs';
import path from 'node:path';
import { Files, newId } from '#libs/platform';
import { Recordings, RECORDINGS, Rooms } from '#libs/rooms';
import { testApplication, type TestApplication } from '../../../../test/support/application.js';
import { play } from '../../../../test/support/playing.js';
import { itInLong } from '../../../../test/support/runs.js';
import { startS3, type S3Server } from '../../../../test/support/s3-server.js';
import { TestSource } from '../../../../test/support/test-source.js';
import { eventually } from '../../../../test/support/world.js';
import { LiveRooms } from '../live-rooms.js';
import { MediaModule } from '../media.module.js';

/** HLS where the files' store is a bucket: a server that speaks S3, through the same SDK as in production. */
describe('HLS from a bucket', () => {
  let s3: S3Server;
  let media: TestApplication;
  const get = <T>(type: new (...parts: never[]) => T): T => media.app.get(type, { strict: false });

  beforeAll(async () => {
    s3 = await startS3('fair');
    media = await testApplication({ imports: [MediaModule] }, { mediaPort: 0, mediaWorkers: 1, s3Endpoint: s3.url, s3Bucket: 'fair', s3KeyId: s3.keyId, s3Secret: s3.secret });
  }, 60_000);
  afterAll(async () => {
    await media.close();
    await s3.stop();
  });

  const openRoom = () => media.database.transaction((tx) => get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic: true }));
  const files = (text: string) => text.split('\n').filter((line) => line && !line.startsWith('#'));
  const onDisk = () => existsSync(path.join(media.settings.dataDir, 'files', RECORDINGS));

  it('serves playlist, initialisation and segments, whole and in parts; nothing of it is on this disk', async () => {
    const { id: roomId } = await openRoom();
    const { id } = await get(Recordings).begin(roomId);
    const area = get(Files).area(RECORDINGS);
    const run = newId();
    const initKey = `${id}/${run}-init.mp4`;
    await area.put(initKey, Buffer.from('init'), 'video/mp4');
    for (let sequence = 0; sequence < 2; sequence += 1) {
      const storageKey = `${id}/${run}-${sequence}.m4s`;
      await area.put(storageKey, Buffer.from(`segment ${sequence}`), 'video/mp4');
      await get(Recordings).addSegment(id, { sequence, storageKey, initKey, duration: 1_000, bytes: 9, discontinuity: false });
    }
    const address = `${media.url}/media/hls/${roomId}/live.m3u8`;
    const playlist = await fetch(address);
    const text = await playlist.text();
    expect([playlist.status, playlist.headers.get('cache-control'), files(text).length]).toEqual([200, 'public, max-age=1', 2]);
    const init = /#EXT-X-MAP:URI="([^"]+)"/.exec(text)![1]!;
    for (const [file, bytes] of [[init, 'init'], [files(text)[0]!, 'segment 0'], [files(text)[1]!, 'segment 1']]) {
      const answer = await fetch(new URL(file!, address));
      expect([answer.status, await answer.text(), answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, bytes, 'video/mp4', 'public, max-age=31536000, immutable']);
    }
    const part = await fetch(new URL(files(text)[1]!, address), { headers: { Range: 'bytes=2-4' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'gme', 'bytes 2-4/9']);
    expect((await fetch(new URL(`${run}-2.m4s`, new URL(files(text)[0]!, address)))).status).toBe(404); // the bucket has none
    expect(onDisk()).toBe(false);
  });

  itInLong('what a recorder puts there is watched live, and again after the end', async () => {
    await eventually('workers', async () => (await get(Rooms).readiness()).state === 'ready', 20_000);
    const { id: roomId } = await openRoom();
    await media.database.transaction((tx) => get(Rooms).setRecording(tx, roomId, true));
    const room = await get(LiveRooms).hold(roomId);
    await Promise.all([TestSource.picture(room.sfu, 'video/H264'), TestSource.tone(room.sfu)]);
    const text = async (address: string) => {
      const answer = await fetch(address);
      return answer.ok ? answer.text() : '';
    };
    const live = `${media.url}/media/hls/${roomId}/live.m3u8`;
    await eventually('four segments', async () => files(await text(live)).length >= 4, 30_000);
    const playing = await text(live);
    const now = await play(new URL(live), playing);
    expect(Math.min(now.video.frames / 15, now.audio.end, now.video.end)).toBeGreaterThan(2.5);
    await media.database.transaction((tx) => get(Rooms).setRecording(tx, roomId, false));
    const [recording] = await get(Recordings).ofRoom(roomId);
    const replay = `${media.url}/media/hls/${recording!.id}/replay.m3u8`;
    const whole = await eventually('the replay', () => text(replay), 20_000);
    const again = await play(new URL(replay), whole);
    expect(again.video.frames).toBeGreaterThanOrEqual(now.video.frames);
    expect([again.video.gap < 0.5, again.audio.gap < 0.5, whole.trim().endsWith('#EXT-X-ENDLIST'), onDisk()]).toEqual([true, true, true, false]);
  }, 60_000);
});
