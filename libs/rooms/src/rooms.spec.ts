import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import type { EventType } from '#libs/contracts';
import { eventsModule } from '#libs/events';
import { Keys, newId } from '#libs/platform';
import { testModule, type TestModule } from '../../../test/support/module.js';
import {
  MediaNodes, Recordings, RoomHolding, RoomKeys, Rooms, RoomsModule, RoomTokens, type NodeReport, type RoomBearer,
} from './index.js';
import { NodeWatch } from './node-watch.js';

const secret = 'a-secret-of-the-relay';
let testing: TestModule;
const get = <T>(type: new (...parts: never[]) => T): T => testing.module.get(type, { strict: false });
beforeAll(async () => {
  testing = await testModule({ imports: [eventsModule, RoomsModule] },
    { turnUrls: 'turn:turn.example.cn:3478, turns:turn.example.cn:443?transport=tcp', turnSecret: secret, tokenKey: 'c'.repeat(64) });
  await get(NodeWatch).beforeApplicationShutdown(); // the tests themselves say when it looks
});
afterAll(() => testing.close());

const ready = (more: Partial<NodeReport> = {}): NodeReport => ({ state: 'ready', percent: 100, capacity: 100, load: 0, ...more });
const host = (more: Partial<RoomBearer> = {}): RoomBearer => ({ personKey: `account:${newId()}`, name: '林人事', role: 'host', sources: ['camera', 'microphone'], ...more });
const viewer = (): RoomBearer => host({ name: '', role: 'viewer', sources: [] });
const tx = <T>(work: Parameters<typeof testing.database.transaction<T>>[0]): Promise<T> => testing.database.transaction(work);
const open = (isPublic = true) => tx((t) => get(Rooms).open(t, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic }));
/** The facts of a room, in order. */
const facts = async (roomId: string): Promise<[EventType, Record<string, unknown>][]> => {
  const rows = await testing.database.read.event.findMany({ where: { data: { path: ['roomId'], equals: roomId } }, orderBy: { seq: 'asc' } });
  return rows.map(({ type, data }) => [type as EventType, data as Record<string, unknown>]);
};
const types = async (roomId: string) => (await facts(roomId)).map(([type]) => type);
/** The database thinks that the node was last seen so long ago. */
const silent = (nodeId: string, seconds: number) =>
  testing.database.read.$executeRaw`UPDATE "MediaNode" SET "seenAt" = clock_timestamp() - make_interval(secs => ${seconds}) WHERE id = ${nodeId}::uuid`;
let port = 0;
const node = async (report = ready()) => {
  const url = `http://127.0.0.1:${port += 1}`;
  return { url, id: (await get(MediaNodes).register(url, report))! };
};
afterEach(async () => {
  for (const { id } of await testing.database.read.mediaNode.findMany()) await get(MediaNodes).leave(id);
});

describe('a pass', () => {
  it('places the room on the least loaded node that is alive, stays and has capacity', async () => {
    await node(ready({ load: 50 }));
    const dead = await node();
    await silent(dead.id, 5);
    const leaving = await node();
    await get(MediaNodes).drain(leaving.id);
    await node(ready({ state: 'preparing', percent: 3 }));
    const best = await node(ready({ load: 20 }));
    const room = await open();
    const who = host();
    const pass = await get(Rooms).pass(room.id, who);
    expect(pass).toMatchObject({ roomId: room.id, nodeUrl: best.url, role: 'host', sources: who.sources });
    expect(await facts(room.id)).toEqual([
      ['room.opened', { roomId: room.id, kind: 'broadcast', ownerId: room.ownerId }],
      ['room.placed', { roomId: room.id, kind: 'broadcast', ownerId: room.ownerId, nodeId: best.id, epoch: 1 }],
    ]);
    expect(await get(RoomTokens).read(pass.token, room.id)).toMatchObject({ ...who, roomId: room.id });
    expect((await get(Rooms).pass(room.id, viewer())).nodeUrl).toBe(best.url);
    expect(await types(room.id)).toHaveLength(2);
  });

  it('is placed once, however many ask at once', async () => {
    await Promise.all([node(), node(), node()]);
    const room = await open();
    const passes = await Promise.all(Array.from({ length: 20 }, () => get(Rooms).pass(room.id, viewer())));
    expect(new Set(passes.map(({ nodeUrl }) => nodeUrl)).size).toBe(1);
    expect(await types(room.id)).toEqual(['room.opened', 'room.placed']);
  });

  it('spreads rooms that are opened at once', async () => {
    await Promise.all([node(), node()]);
    const urls = new Set<string>();
    for (let n = 0; n < 4; n += 1) urls.add((await get(Rooms).pass((await open()).id, host())).nodeUrl);
    expect(urls.size).toBe(2);
  });

  it.each([
    ['nobody carries media', [], 'mediaUnavailable'],
    ['the machine cannot have it', [ready({ state: 'unavailable', percent: 0 })], 'mediaUnavailable'],
    ['it is being built', [ready({ state: 'preparing', percent: 42 })], 'mediaPreparing'],
    ['everything is full', [ready({ load: 100 })], 'mediaFull'],
  ])('is refused when %s', async (_, reports, code) => {
    for (const report of reports) await node(report);
    await expect(get(Rooms).pass((await open()).id, host())).rejects.toMatchObject({ code, ...(code === 'mediaPreparing' && { details: { percent: 42 } }) });
  });

  it('keeps viewers out of a node that is full, and lets those in who speak', async () => {
    const { id } = await node();
    const room = await open();
    await get(Rooms).pass(room.id, host());
    await get(MediaNodes).heartbeat(id, ready({ load: 100 }));
    await expect(get(Rooms).pass(room.id, viewer())).rejects.toMatchObject({ code: 'mediaFull' });
    await get(Rooms).pass(room.id, host());
  });

  it('is refused for a room that is closed or never was', async () => {
    await node();
    const room = await open();
    await tx((t) => get(Rooms).close(t, room.id));
    await expect(get(Rooms).pass(room.id, host())).rejects.toMatchObject({ code: 'roomClosed' });
    await expect(get(Rooms).pass(newId(), host())).rejects.toMatchObject({ code: 'notFound' });
  });

  it('carries credentials for the relay, as coturn computes them', async () => {
    await node();
    const [server] = (await get(Rooms).pass((await open()).id, host())).iceServers;
    expect(server!.urls).toEqual(['turn:turn.example.cn:3478', 'turns:turn.example.cn:443?transport=tcp']);
    expect(server!.credential).toBe(createHmac('sha1', secret).update(server!.username!).digest('base64'));
    const until = Number(server!.username!.split(':')[0]) - Date.now() / 1_000;
    expect(until).toBeGreaterThan(3_500);
    expect(until).toBeLessThan(3_700);
  });
});

describe('a token', () => {
  it('opens one room, for ten minutes', async () => {
    const roomId = newId();
    const who = host({ accountId: newId() });
    const { token, expiresAt } = await get(RoomTokens).make(roomId, who);
    expect(await get(RoomTokens).read(token)).toMatchObject({ ...who, roomId });
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(590_000);
    const old = await get(RoomTokens).make(roomId, who, new Date(Date.now() - 601_000));
    const refused = { code: 'roomTokenInvalid' };
    await expect(get(RoomTokens).read(old.token)).rejects.toMatchObject(refused);
    await expect(get(RoomTokens).read(token, newId())).rejects.toMatchObject(refused);
    const [head, body, tail] = token.split('.');
    const changed = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body!, 'base64url').toString()), role: 'host', sources: ['screen'] })).toString('base64url');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    for (const bad of [`${head}.${changed}.${tail}`, unsigned, token.slice(0, -3), '', 'x', 7, null, { token }, 'x'.repeat(4_000)]) {
      await expect(get(RoomTokens).read(bad)).rejects.toMatchObject(refused);
    }
  });

  it('is none that the token key itself signed, so that an access token opens no room', async () => {
    const access = await new SignJWT({ role: 'host', name: '', sources: [], at: Date.now() }).setProtectedHeader({ alg: 'HS256' }).setIssuer('fairwind-rooms')
      .setAudience(newId()).setSubject('account:x').setIssuedAt().setExpirationTime('10m').sign(get(Keys).token);
    await expect(get(RoomTokens).read(access)).rejects.toMatchObject({ code: 'roomTokenInvalid' });
  });
});

describe('nodes', () => {
  it('are dead after four silent seconds; their rooms are placed anew, and the old holder is not believed', async () => {
    const first = await node();
    const room = await open();
    await get(Rooms).pass(room.id, host());
    const held = await get(RoomHolding).take(room.id, first.id);
    expect(held).toMatchObject({ id: room.id, epoch: 1, isPublic: true, recording: false });
    expect(await get(MediaNodes).heartbeat(first.id, ready())).toEqual([{ roomId: room.id, epoch: 1 }]);
    expect(await get(RoomHolding).mediaChanged(room.id, 1, true)).toBe(true);
    await silent(first.id, 3);
    expect(await get(MediaNodes).sweep()).toBe(0);
    await silent(first.id, 4.5);
    expect((await Promise.all([get(MediaNodes).sweep(), get(MediaNodes).sweep(), get(MediaNodes).sweep()])).sort()).toEqual([0, 0, 1]);
    const second = await node();
    expect((await get(Rooms).pass(room.id, host())).nodeUrl).toBe(second.url);
    expect(await get(MediaNodes).heartbeat(first.id, ready())).toBeNull();
    expect(await get(RoomHolding).mediaChanged(room.id, 1, true)).toBe(false);
    await expect(get(RoomHolding).take(room.id, first.id)).rejects.toMatchObject({ code: 'roomTokenInvalid' });
    expect((await facts(room.id)).slice(1)).toMatchObject([
      ['room.placed', { nodeId: first.id, epoch: 1 }], ['room.mediaChanged', { publishing: true }],
      ['room.mediaChanged', { publishing: false }], ['room.placed', { nodeId: second.id, epoch: 2 }],
    ]);
  });

  it('that start again on their origin free what they held; two that live there are a mistake', async () => {
    const before = await node();
    const room = await open();
    await get(Rooms).pass(room.id, host());
    expect(await get(MediaNodes).register(before.url, ready())).toBeNull();
    await silent(before.id, 2.5);
    const after = await get(MediaNodes).register(before.url, ready());
    expect(after).not.toBeNull();
    expect((await get(Rooms).pass(room.id, host())).nodeUrl).toBe(before.url);
    expect(await get(MediaNodes).heartbeat(after!, ready())).toEqual([{ roomId: room.id, epoch: 2 }]);
  });

  it('say how ready media is', async () => {
    expect(await get(Rooms).readiness()).toMatchObject({ state: 'unavailable', message: expect.stringContaining('不能直播') });
    const { id } = await node(ready({ state: 'preparing', percent: 42 }));
    expect(await get(Rooms).readiness()).toMatchObject({ state: 'preparing', percent: 42, message: expect.stringContaining('42%') });
    await get(MediaNodes).heartbeat(id, ready());
    expect(await get(Rooms).readiness()).toMatchObject({ state: 'ready', percent: 100 });
    await silent(id, 5);
    expect(await get(Rooms).readiness()).toMatchObject({ state: 'unavailable' });
  });
});

describe('a room', () => {
  it('closes once, and says each change once', async () => {
    const { id: nodeId } = await node();
    const room = await open();
    const { epoch } = await get(RoomHolding).take(room.id, nodeId);
    for (const publishing of [true, true, false, false]) await get(RoomHolding).mediaChanged(room.id, epoch, publishing);
    for (const on of [true, true, false]) await tx((t) => get(Rooms).setRecording(t, room.id, on));
    for (let n = 0; n < 2; n += 1) await tx((t) => get(Rooms).close(t, room.id));
    await tx((t) => get(Rooms).takeSources(t, room.id, 'account:x', { sources: [], removed: true, reason: 'late' }));
    expect(await types(room.id)).toEqual([
      'room.opened', 'room.placed', 'room.mediaChanged', 'room.mediaChanged', 'room.recordingChanged', 'room.recordingChanged', 'room.closed',
    ]);
    expect(await get(RoomHolding).mediaChanged(room.id, epoch, true)).toBe(false);
    await expect(tx((t) => get(Rooms).setRecording(t, room.id, true))).rejects.toMatchObject({ code: 'roomClosed' });
    await expect(get(RoomHolding).take(room.id, nodeId)).rejects.toMatchObject({ code: 'roomClosed' });
  });

  it('has keys for encoders that can be turned, of which only the hash is kept', async () => {
    const room = await open();
    const accountId = newId();
    const key = await tx((t) => get(Rooms).makeKey(t, room.id, accountId));
    expect(await get(RoomKeys).holder(key)).toMatchObject({ roomId: room.id, accountId });
    expect(JSON.stringify(await testing.database.read.roomKey.findMany())).not.toContain(key.slice(5));
    await tx((t) => get(Rooms).revokeKeys(t, room.id));
    const turned = await tx((t) => get(Rooms).makeKey(t, room.id, accountId));
    expect(await Promise.all([key, `${turned}x`, '', 'whip_'].map((each) => get(RoomKeys).holder(each)))).toEqual([null, null, null, null]);
    expect(await get(RoomKeys).holder(turned)).not.toBeNull();
    await tx((t) => get(Rooms).close(t, room.id));
    expect(await get(RoomKeys).holder(turned)).toBeNull();
  });

  it('records: one recording goes on until it ends, a segment counts once', async () => {
    const room = await open();
    const [one, same] = await Promise.all([get(Recordings).begin(room.id), get(Recordings).begin(room.id)]);
    expect(same!.id).toBe(one!.id);
    const segment = (sequence: number) => ({ sequence, storageKey: `r/${sequence}.m4s`, initKey: 'r/init.mp4', duration: 1_000, bytes: 9, discontinuity: sequence === 2 });
    for (const sequence of [0, 1, 2]) expect(await get(Recordings).addSegment(one!.id, segment(sequence))).toBe(true);
    expect(await get(Recordings).addSegment(one!.id, segment(2))).toBe(false);
    expect((await get(Recordings).segments(one!.id, { from: 1 })).map(({ sequence, discontinuity }) => [sequence, discontinuity])).toEqual([[1, false], [2, true]]);
    expect((await get(Recordings).current(room.id))?.duration).toBe(3_000);
    for (let n = 0; n < 2; n += 1) await get(Recordings).end(one!.id);
    expect(await get(Recordings).addSegment(one!.id, segment(3))).toBe(false);
    expect(await get(Recordings).current(room.id)).toBeNull();
    expect((await get(Recordings).begin(room.id)).id).not.toBe(one!.id);
    expect(await get(Recordings).ofRoom(room.id)).toHaveLength(2);
    expect((await facts(room.id)).filter(([type]) => type === 'recording.ended')).toEqual([
      ['recording.ended', { recordingId: one!.id, roomId: room.id, kind: 'broadcast', ownerId: room.ownerId, duration: 3_000 }],
    ]);
  });
});
