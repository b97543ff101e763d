import { randomUUID } from 'node:crypto';
import type { BroadcastState, Snapshot } from '#libs/contracts';
import { newId } from '#libs/platform';
import { LiveApi, send, until, watch, type LiveFair } from '../../../test/support/live.js';
import { hear } from '../../../test/support/world.js';

let live: LiveApi;
let fair: LiveFair;
let id: string;
beforeAll(async () => { live = await LiveApi.start(); });
beforeEach(async () => {
  fair = await live.fair();
  id = newId();
  const times = { startsAt: new Date(), endsAt: new Date(Date.now() + 3_600_000), startedAt: new Date() };
  await live.api.database.read.broadcast.create({ data: { id, fairId: fair.id, boothId: newId(), organisationId: newId(), roomId: newId(), status: 'live', title: '专场', ...times } });
});
afterEach(() => live.leave());
afterAll(() => live.close());

const topic = () => ({ kind: 'broadcast', id }) as const;
const stateOf = (snapshot: Snapshot | null | undefined) => snapshot?.data as BroadcastState | undefined;
const viewersAre = async (viewers: number) => {
  const row = async () => (await live.api.database.read.broadcast.findUniqueOrThrow({ where: { id } })).viewers;
  for (const end = Date.now() + 5_000; (await row()) !== viewers; await new Promise((done) => setTimeout(done, 20))) {
    if (Date.now() > end) throw new Error(`viewers: ${await row()}, not ${viewers}`);
  }
};
const asDevice = (deviceId: unknown) => live.open(undefined, { auth: { deviceId } });

describe('who watches a broadcast', () => {
  it('is a person: by account, else by the browser that is named, else by line', async () => {
    const device = randomUUID();
    const clients = [
      await live.openAs(fair.organiser), await live.openAs(fair.organiser), await asDevice(device), await asDevice(device.toUpperCase()), await live.open(), await asDevice('no id'), await asDevice({}),
    ];
    for (const client of clients) await watch(client, { topic: topic() });
    // Subscribing again is no second tab.
    await watch(clients[2]!, { topic: topic() });
    await viewersAre(5);
    clients[0]!.disconnect();
    await send(clients[2]!, 'unsubscribe', { topic: topic() });
    await viewersAre(5);
    clients[1]!.disconnect();
    await send(clients[3]!, 'unsubscribe', { topic: topic() });
    await viewersAre(3);
    for (const client of clients.slice(4)) client.disconnect();
    await viewersAre(0);
  });

  it('is told at once, with the picture, and then as it changes', async () => {
    const client = await live.open();
    const heard = hear(client);
    const { snapshot } = await watch(client, { topic: topic() });
    expect(stateOf(snapshot)).toMatchObject({ broadcastId: id, status: 'live', recent: [], likes: 0 });
    await until('oneself, counted', () => stateOf(heard.snapshots.at(-1))?.viewers === 1);
  });

  it('sees nothing of one that is not there, or of a fair that is not public', async () => {
    const client = await live.open();
    await expect(watch(client, { topic: { kind: 'broadcast', id: newId() } })).rejects.toMatchObject({ code: 'notFound' });
    await live.api.database.read.fair.update({ where: { id: fair.id }, data: { status: 'draft' } });
    await expect(watch(client, { topic: topic() })).rejects.toMatchObject({ code: 'notFound' });
    await viewersAre(0);
  });
});
