/** Media on IPv4 and on IPv6 at once: a real browser that is told of one of them only publishes over it. */
import { LiveRooms } from '../../apps/media/src/live-rooms.js';
import { MediaModule } from '../../apps/media/src/media.module.js';
import { newId } from '../../libs/platform/src/index.js';
import { Rooms } from '../../libs/rooms/src/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { Encoder } from '../support/encoder.js';
import { inLong } from '../support/runs.js';
import { eventually } from '../support/world.js';

let media: TestApplication;
const encoders: Encoder[] = [];
const get = <T>(type: new (...parts: never[]) => T): T => media.app.get(type, { strict: false });

jest.setTimeout(60_000);

inLong('media that listens on two addresses', () => {
  beforeAll(async () => {
    media = await testApplication({ imports: [MediaModule] }, { mediaPort: 0, mediaWorkers: 1, mediaHost: '127.0.0.1, ::1' });
    await eventually('workers', async () => (await get(Rooms).readiness()).state === 'ready');
  }, 60_000);
  afterAll(async () => {
    for (const one of encoders) await one.stop();
    await media.close();
  });

  it.each(['127.0.0.1', '::1'])('takes a publisher over %s', async (address) => {
    const room = await media.database.transaction(async (tx) => {
      const { id } = await get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic: true });
      return { id, key: await get(Rooms).makeKey(tx, id, newId()) };
    });
    const encoder = await Encoder.start({ only: address });
    encoders.push(encoder);
    await encoder.publish(`${media.url}/media/whip/${room.id}`, room.key);
    await eventually('a line', async () => (await encoder.state()) === 'connected');
    const live = get(LiveRooms).find(room.id)!;
    const [line] = [...live.peers.values()].flatMap((peer) => peer.sendingOver());
    await eventually('packets', async () => (await line!.stats()).bytesReceived > 50_000);
    expect((await line!.stats()).iceSelectedTuple).toMatchObject({ localAddress: address });
  });
});
