import { Log, newId } from '#libs/platform';
import { Recordings, Rooms, type RoomBearer } from '#libs/rooms';
import { testApplication, type TestApplication } from '../../../../test/support/application.js';
import { MediaLine } from '../../../../test/support/media-line.js';
import { eventually } from '../../../../test/support/world.js';
import { MediaModule } from '../media.module.js';

/** A machine on which nobody has installed it. */
jest.mock('./programs.js', () => ({ findPrograms: () => null }));

let media: TestApplication;
const warned = jest.spyOn(Log.prototype, 'warn');
const lines: MediaLine[] = [];
const get = <T>(type: new (...parts: never[]) => T): T => media.app.get(type, { strict: false });
const tx = <T>(work: Parameters<typeof media.database.transaction<T>>[0]): Promise<T> => media.database.transaction(work);

beforeAll(async () => {
  media = await testApplication({ imports: [MediaModule] }, { mediaPort: 0, mediaWorkers: 1 });
  await eventually('workers', async () => (await get(Rooms).readiness()).state === 'ready');
}, 60_000);
afterAll(async () => {
  lines.forEach((line) => line.close());
  await media.close();
});

const bearer = (more: Partial<RoomBearer>): RoomBearer => ({ personKey: `account:${newId()}`, name: '林人事', role: 'host', sources: ['camera'], ...more });
async function enter(roomId: string, who: RoomBearer): Promise<MediaLine> {
  const line = await MediaLine.enter(await get(Rooms).pass(roomId, who), media.url);
  lines.push(line);
  return line;
}

it('without ffmpeg broadcasts go on by WebRTC; nothing is recorded, and the log says so once', async () => {
  for (let n = 0; n < 2; n += 1) {
    const { id } = await tx((t) => get(Rooms).open(t, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic: true }));
    const host = await enter(id, bearer({}));
    await tx((t) => get(Rooms).setRecording(t, id, true));
    const camera = await host.publish('camera');
    const watching = await enter(id, bearer({ name: '', role: 'viewer', sources: [] }));
    const { consumers } = await watching.ask('receive', { rtpCapabilities: watching.room.rtpCapabilities, tracks: [{ producerId: camera }] });
    expect(consumers).toHaveLength(1);
    const hls = await fetch(`${media.url}/media/hls/${id}/live.m3u8`);
    expect([hls.status, ((await hls.json()) as { error: { code: string } }).error.code]).toEqual([404, 'notFound']);
    expect(await get(Recordings).ofRoom(id)).toEqual([]);
    expect((await get(Rooms).pass(id, bearer({}))).roomId).toBe(id);
  }
  const said = warned.mock.calls.filter((call) => JSON.stringify(call).includes('ffmpeg'));
  expect(said).toHaveLength(1);
  expect(JSON.stringify(said)).toMatch(/not recorded and have no HLS.*apt-get install ffmpeg/);
});
