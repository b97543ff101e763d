import type { RoomPass } from '#libs/contracts';
import { newId } from '#libs/platform';
import { Rooms, RoomTokens, type RoomBearer } from '#libs/rooms';
import { testApplication, type TestApplication } from '../../../test/support/application.js';
import { throwAt } from '../../../test/support/hostile-media.js';
import { MediaLine, rtpParameters } from '../../../test/support/media-line.js';
import { eventually } from '../../../test/support/world.js';
import { LiveRooms } from './live-rooms.js';
import { MediaModule } from './media.module.js';

/** Real workers, a real database, real sockets. */
jest.setTimeout(30_000); // on a busy machine
let media: TestApplication;
const lines: MediaLine[] = [];
const get = <T>(type: new (...parts: never[]) => T): T => media.app.get(type, { strict: false });

beforeAll(async () => {
  media = await testApplication({ imports: [MediaModule] }, { mediaPort: 0, mediaWorkers: 2 });
  await eventually('workers', async () => (await get(Rooms).readiness()).state === 'ready');
}, 30_000);
afterEach(() => lines.splice(0).forEach((line) => line.close()));
afterAll(() => media.close());

const bearer = (more: Partial<RoomBearer> = {}): RoomBearer => ({ personKey: `account:${newId()}`, name: '林人事', role: 'host', sources: ['camera', 'microphone'], ...more });
const guest = (more: Partial<RoomBearer> = {}) => bearer({ name: '小陈', role: 'guest', sources: ['microphone'], ...more });
const viewer = () => bearer({ name: '', role: 'viewer', sources: [] });
const open = () => media.database.transaction((tx) => get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic: true }));
async function enter(roomId: string, who: RoomBearer, more: { resume?: string; replace?: string } = {}): Promise<MediaLine> {
  const pass = await get(Rooms).pass(roomId, who);
  return keep(await MediaLine.enter(pass, media.url, more));
}
const keep = (line: MediaLine): MediaLine => {
  lines.push(line);
  return line;
};
const refused = (promise: Promise<unknown>) => promise.then(() => 'entered', (error: { data?: { code: string }; code?: string }) => error.data?.code ?? error.code);
const take = (roomId: string, personKey: string, removed: boolean) => media.database.transaction((tx) =>
  get(Rooms).takeSources(tx, roomId, personKey, { sources: ['camera', 'microphone'], removed, reason: 'desk' }));
const published = (roomId: string) => media.database.read.room.findUniqueOrThrow({ where: { id: roomId } }).then(({ publishing }) => publishing);

describe('the door', () => {
  it('opens with a token of this room, and with nothing else', async () => {
    const { id } = await open();
    const pass = await get(Rooms).pass(id, viewer());
    const old = await get(RoomTokens).make(id, viewer(), new Date(Date.now() - 700_000));
    const unknown = await get(RoomTokens).make(newId(), viewer());
    for (const [token, code] of [[undefined, 'roomTokenInvalid'], ['x', 'roomTokenInvalid'], [{ $ne: 1 }, 'roomTokenInvalid'], [`${pass.token}x`, 'roomTokenInvalid'],
      [old.token, 'roomTokenInvalid'], [unknown.token, 'notFound']] as const) {
      expect(await refused(MediaLine.open(media.url, { token }))).toBe(code);
    }
    const line = keep(await MediaLine.enter(pass, media.url));
    expect(line.room).toMatchObject({ roomId: id, peerId: expect.any(String), peers: [], producers: [] });
    expect(line.heard[0]!.name).toBe('entered');
  });

  it('stays shut once the room is closed; who is inside is told', async () => {
    const { id } = await open();
    const pass = await get(Rooms).pass(id, viewer());
    const line = keep(await MediaLine.enter(pass, media.url));
    await media.database.transaction((tx) => get(Rooms).close(tx, id));
    await eventually('the end', () => line.all('roomClosed').length > 0 && !line.socket.connected);
    expect(line.all('roomClosed')).toEqual([{ reason: 'ended' }]);
    expect(await refused(MediaLine.enter(pass, media.url))).toBe('roomClosed');
    expect(get(LiveRooms).find(id)).toBeUndefined();
  });

  it('tells who is there and who comes and goes; viewers are not listed', async () => {
    const { id } = await open();
    const host = await enter(id, bearer());
    const watching = await enter(id, viewer());
    const speaker = await enter(id, guest());
    expect(watching.room.peers).toEqual([{ peerId: host.room.peerId, role: 'host', name: '林人事' }]);
    await eventually('both hear of the guest', () => host.all('peerJoined').length + watching.all('peerJoined').length === 2);
    expect(host.all('peerJoined')).toEqual([{ peerId: speaker.room.peerId, role: 'guest', name: '小陈' }]);
    expect(speaker.all('peerJoined')).toEqual([]);
    speaker.close();
    watching.close();
    await eventually('it left', () => host.all('peerLeft').length > 0);
    expect(host.all('peerLeft')).toEqual([{ peerId: speaker.room.peerId }]);
  });
});

describe('media', () => {
  it('goes from who sends to who watches; consumers start paused', async () => {
    const { id } = await open();
    const [host, watching] = [await enter(id, bearer()), await enter(id, viewer())];
    const { transportId } = await host.transport('send');
    const camera = await host.publish('camera', transportId);
    const microphone = await host.publish('microphone', transportId);
    await eventually('announced', () => watching.all('producerAdded').length === 2);
    expect(watching.all('producerAdded').map(({ producerId, peerId, source, kind }) => [producerId, peerId, source, kind]))
      .toEqual([[camera, host.room.peerId, 'camera', 'video'], [microphone, host.room.peerId, 'microphone', 'audio']]);
    expect(host.all('producerAdded')).toEqual([]);
    const receive = await watching.transport('receive');
    const consumer = await watching.ask('consume', { transportId: receive.transportId, producerId: camera, rtpCapabilities: watching.room.rtpCapabilities });
    expect(consumer).toMatchObject({ producerId: camera, kind: 'video', source: 'camera', producerPaused: false, type: 'simple' });
    const inside = get(LiveRooms).find(id)!;
    const held = inside.sfu.transport(receive.transportId)!.consumer(consumer.consumerId)!;
    expect(held.paused).toBe(true);
    await watching.ask('setConsumerPaused', { consumerId: consumer.consumerId, paused: false });
    expect(held.paused).toBe(false);
    await watching.ask('setConsumerLayers', { consumerId: consumer.consumerId, layers: { spatialLayer: 0 } });
    await host.ask('setProducerPaused', { producerId: camera, paused: true });
    await eventually('paused', () => watching.all('producerPaused').length > 0);
    expect(watching.all('producerPaused')).toEqual([{ producerId: camera, paused: true }]);
    await eventually('written down', () => published(id));
    const late = await enter(id, viewer());
    expect(late.room.producers.map(({ producerId, paused }) => [producerId, paused])).toEqual([[camera, true], [microphone, false]]);
    await host.ask('closeProducer', { producerId: camera });
    await eventually('closed', () => watching.all('consumerClosed').length > 0);
    expect([watching.all('consumerClosed'), watching.all('producerClosed')]).toEqual([[{ consumerId: consumer.consumerId }], [{ producerId: camera }]]);
    expect(await published(id)).toBe(true);
    await host.ask('closeTransport', { transportId });
    await eventually('nothing comes any more', async () => !(await published(id)));
  });

  it('gives who comes in everything with one message: what ended is left out, what is paused stays so', async () => {
    const { id } = await open();
    const [host, watching] = [await enter(id, bearer()), await enter(id, viewer())];
    const { transportId } = await host.transport('send');
    const camera = await host.publish('camera', transportId);
    const microphone = await host.publish('microphone', transportId);
    const { transport, consumers } = await watching.ask('receive', {
      rtpCapabilities: watching.room.rtpCapabilities, tracks: [{ producerId: camera, layers: { spatialLayer: 0 } }, { producerId: microphone, paused: true }, { producerId: newId() }],
    });
    expect(consumers.map(({ producerId, kind, source }) => [producerId, kind, source])).toEqual([[camera, 'video', 'camera'], [microphone, 'audio', 'microphone']]);
    const held = get(LiveRooms).find(id)!.sfu.transport(transport.transportId)!;
    expect(consumers.map(({ consumerId }) => held.consumer(consumerId)!.paused)).toEqual([false, true]);
    await watching.ask('setConsumerPaused', { consumerId: consumers[1]!.consumerId, paused: false });
    expect(held.consumer(consumers[1]!.consumerId)!.paused).toBe(false);
    expect(await refused(watching.ask('receive', { rtpCapabilities: watching.room.rtpCapabilities, tracks: Array.from({ length: 65 }, () => ({ producerId: camera })) }))).toBe('validationFailed');
  });

  it('tells a page that its picture needs a key frame now', async () => {
    const { id } = await open();
    const host = await enter(id, bearer());
    const { transportId } = await host.transport('send');
    const { producerId } = await host.ask('produce', { transportId, kind: 'video', source: 'camera', rtpParameters: rtpParameters('video'), onDemand: true });
    expect(get(LiveRooms).find(id)!.sfu.producer(producerId)!.gate.demand()).toBe(true);
    await eventually('told', () => host.all('keyFrameWanted').length > 0);
    expect(host.all('keyFrameWanted')).toEqual([{ producerId }]);
  });

  it('lets each send only what the token gives, and touch only what is their own', async () => {
    const { id } = await open();
    const [host, speaker, watching] = [await enter(id, bearer()), await enter(id, guest()), await enter(id, viewer())];
    const camera = await host.publish('camera');
    for (const [line, source] of [[speaker, 'camera'], [watching, 'microphone'], [watching, 'screen']] as const) {
      expect(await refused(line.publish(source))).toBe('sourceNotAllowed');
    }
    expect(await refused(watching.ask('closeProducer', { producerId: camera }))).toBe('notFound');
    expect(await refused(speaker.ask('setProducerPaused', { producerId: camera, paused: true }))).toBe('notFound');
    const { transportId } = await host.transport('send');
    expect(await refused(speaker.ask('produce', { transportId, kind: 'audio', source: 'microphone', rtpParameters: rtpParameters('audio') }))).toBe('notFound');
    expect(await refused(speaker.ask('closeTransport', { transportId }))).toBe('notFound');
    expect(await refused(watching.ask('watchPublishing', { on: true }))).toBe('forbidden');
    const elsewhere = await enter((await open()).id, viewer());
    expect(await refused(elsewhere.watch(camera))).toBe('notFound');
    expect(host.all('producerClosed')).toEqual([]);
  });

  it('has one of each source a peer: a second replaces the first', async () => {
    const { id } = await open();
    const [host, watching] = [await enter(id, bearer()), await enter(id, viewer())];
    const { transportId } = await host.transport('send');
    const first = await host.publish('camera', transportId);
    const second = await host.publish('camera', transportId);
    await eventually('the first has ended', () => watching.all('producerClosed').length > 0);
    expect(get(LiveRooms).find(id)!.producers().map(({ producerId }) => producerId)).toEqual([second]);
    expect(watching.all('producerClosed')).toEqual([{ producerId: first }]);
  });

  it('offers TCP alone where UDP is blocked, and new ICE where the network went away', async () => {
    const line = await enter((await open()).id, viewer());
    const both = await line.transport('receive');
    const tcp = await line.transport('receive', true);
    const protocols = (given: typeof tcp) => (given.iceCandidates as { protocol: string }[]).map(({ protocol }) => protocol).sort();
    expect([protocols(both), protocols(tcp)]).toEqual([['tcp', 'udp'], ['tcp']]);
    const { iceParameters } = await line.ask('restartIce', { transportId: tcp.transportId });
    expect(iceParameters).toMatchObject({ usernameFragment: expect.any(String) });
    expect(iceParameters).not.toEqual(tcp.iceParameters);
  });

  it('tells hosts what they send and what viewers get, once a second while they ask', async () => {
    const { id } = await open();
    const [host, watching] = [await enter(id, bearer()), await enter(id, viewer())];
    const camera = await host.publish('camera');
    await watching.watch(camera);
    watching.socket.emit('reportQuality', { lossRatio: 0.25, roundTrip: 80 });
    await host.ask('watchPublishing', { on: true });
    const stats = await eventually('statistics', () => host.all('publishing').at(-1));
    expect(stats).toMatchObject({ producers: [{ producerId: camera, source: 'camera' }], consumers: 1, viewerLossRatio: 0.25 });
    await host.ask('watchPublishing', { on: false });
    expect(watching.all('publishing')).toEqual([]);
  });

  it('shows those who speak one another’s network, and viewers’ to nobody', async () => {
    const { id } = await open();
    const [host, speaker, watching] = [await enter(id, bearer()), await enter(id, guest()), await enter(id, viewer())];
    watching.socket.emit('reportQuality', { lossRatio: 0.5, roundTrip: null });
    speaker.socket.emit('reportQuality', { lossRatio: 0.05, roundTrip: 30 });
    await eventually('heard', () => host.all('quality').length > 0);
    expect(host.all('quality')).toEqual([{ peerId: speaker.room.peerId, score: 3, lossRatio: 0.05, roundTrip: 30 }]);
    expect(watching.all('quality')).toEqual([]);
  });
});

describe('a token', () => {
  it('is renewed: a viewer comes on stage and leaves it', async () => {
    const { id } = await open();
    const who = viewer();
    const [host, line] = [await enter(id, bearer()), await enter(id, who)];
    const stage: RoomPass = await get(Rooms).pass(id, { ...who, name: '小陈', role: 'guest', sources: ['microphone'] });
    expect(await line.ask('renewToken', { token: stage.token })).toEqual({ role: 'guest', sources: ['microphone'] });
    await line.publish('microphone');
    await eventually('announced', () => host.all('producerAdded').length > 0);
    expect(host.all('peerJoined')).toEqual([{ peerId: line.room.peerId, role: 'guest', name: '小陈' }]);
    const back = await get(Rooms).pass(id, who);
    expect(await line.ask('renewToken', { token: back.token })).toEqual({ role: 'viewer', sources: [] });
    await eventually('ended', () => host.all('peerLeft').length > 0 && host.all('producerClosed').length > 0);
    expect(line.all('sourcesTaken')).toEqual([{ sources: ['microphone'], reason: 'renewed' }]);
    const other = await get(Rooms).pass(id, bearer());
    const elsewhere = await get(Rooms).pass((await open()).id, who);
    for (const { token } of [other, elsewhere]) expect(await refused(line.ask('renewToken', { token }))).toBe('roomTokenInvalid');
  });

  it('loses what the desk takes, also before it is shown; a new one has it again', async () => {
    const { id } = await open();
    const who = bearer();
    const before = await get(Rooms).pass(id, who);
    const line = keep(await MediaLine.enter(before, media.url));
    const watching = await enter(id, viewer());
    await line.publish('camera');
    await take(id, who.personKey, false);
    await eventually('taken', () => line.all('sourcesTaken').length > 0 && watching.all('producerClosed').length > 0);
    expect(line.all('sourcesTaken')).toEqual([{ sources: ['camera', 'microphone'], reason: 'desk' }]);
    expect(await refused(line.publish('camera'))).toBe('sourceNotAllowed');
    expect(await line.ask('renewToken', { token: before.token })).toEqual({ role: 'host', sources: [] });
    const after = await get(Rooms).pass(id, who);
    expect((await line.ask('renewToken', { token: after.token })).sources).toEqual(['camera', 'microphone']);
    await take(id, who.personKey, true);
    await eventually('removed', () => !line.socket.connected);
    expect(line.all('roomClosed')).toEqual([{ reason: 'removed' }]);
    expect(await refused(MediaLine.enter(after, media.url))).toBe('roomTokenInvalid');
    await enter(id, who);
  });

  it('ends: the sources at once, the place later', async () => {
    const { id } = await open();
    await get(Rooms).pass(id, viewer());
    const { token } = await get(RoomTokens).make(id, bearer(), new Date(Date.now() - 598_500));
    const line = keep(await MediaLine.open(media.url, { token }));
    await line.publish('camera');
    await eventually('expired', () => line.all('sourcesTaken').length > 0);
    expect(line.all('sourcesTaken')).toEqual([{ sources: ['camera', 'microphone'], reason: 'expired' }]);
    expect(line.socket.connected).toBe(true);
  });
});

describe('a line that is lost', () => {
  /** As a network does it: no goodbye. */
  const cut = (line: MediaLine) => (line.socket.io.engine as unknown as { transport: { ws: { terminate(): void } } }).transport.ws.terminate();

  it('leaves seat and media as they were, for the same person who goes on', async () => {
    const { id } = await open();
    const who = bearer();
    const [line, watching] = [await enter(id, who), await enter(id, viewer())];
    const { transportId } = await line.transport('send');
    const camera = await line.publish('camera', transportId);
    await eventually('announced', () => watching.all('producerAdded').length > 0);
    const { peerId } = line.room;
    cut(line);
    const stranger = await enter(id, bearer(), { resume: peerId });
    expect(stranger.room.peerId).not.toBe(peerId);
    const again = await enter(id, who, { resume: peerId });
    expect(again.room).toMatchObject({ peerId, resumed: true, producers: [{ producerId: camera }] });
    await again.ask('restartIce', { transportId });
    await again.ask('setProducerPaused', { producerId: camera, paused: true });
    await eventually('paused', () => watching.all('producerPaused').length > 0);
    expect([watching.all('producerClosed'), watching.all('peerLeft')]).toEqual([[], []]);
    expect(watching.all('peerJoined')).toHaveLength(1); // the stranger
  });

  it('is taken over before the node has noticed', async () => {
    const { id } = await open();
    const who = bearer();
    const line = await enter(id, who);
    const again = await enter(id, who, { resume: line.room.peerId });
    expect(again.room).toMatchObject({ peerId: line.room.peerId, resumed: true });
    await eventually('the old line is closed', () => !line.socket.connected);
    expect(get(LiveRooms).find(id)!.peers.size).toBe(1);
  });

  it('is replaced by the same person who comes in anew, so that no picture stands still', async () => {
    const { id } = await open();
    const who = bearer();
    const [line, watching] = [await enter(id, who), await enter(id, viewer())];
    await line.publish('camera');
    const { peerId } = line.room;
    cut(line);
    await eventually('noticed', () => [...get(LiveRooms).find(id)!.peers.values()].every((peer) => peer.id !== peerId || peer.listenerCount('say') > 0));
    const again = await enter(id, who, { replace: peerId });
    expect(again.room.peerId).not.toBe(peerId);
    await eventually('the old one left', () => watching.all('peerLeft').length > 0 && watching.all('producerClosed').length > 0);
  });

  it('takes a viewer’s place at once', async () => {
    const { id } = await open();
    const line = await enter(id, viewer());
    cut(line);
    await eventually('gone', () => get(LiveRooms).find(id)!.peers.size === 0);
  });
});

describe('a worker that dies', () => {
  it('takes no room with it: pages are told within seconds, and make everything anew', async () => {
    const { id } = await open();
    const [host, watching] = [await enter(id, bearer()), await enter(id, viewer())];
    await watching.watch(await host.publish('camera'));
    await eventually('written down', () => published(id));
    const room = get(LiveRooms).find(id)!;
    const before = room.sfu;
    const rebuilt = new Promise<void>((resolve) => room.once('rebuilt', resolve));
    process.kill(workerOf(id), 'SIGKILL');
    await rebuilt;
    await eventually('both are told', () => host.all('entered').length === 2 && watching.all('entered').length === 2, 5_000);
    expect(room.sfu).not.toBe(before);
    expect([host.room.peerId, host.room.producers]).toEqual([host.all('entered')[0]!.peerId, []]);
    const camera = await host.publish('camera');
    await eventually('announced', () => watching.all('producerAdded').some(({ producerId }) => producerId === camera));
    await watching.watch(camera);
    expect([host.socket.connected, watching.socket.connected]).toEqual([true, true]);
  }, 15_000);

  /** The process that carries a room; only the sfu knows, and it tells nobody. */
  function workerOf(roomId: string): number {
    const { origin } = get(LiveRooms).find(roomId)!.sfu as unknown as { origin: { pooled: { worker: { pid: number } } } };
    return origin.pooled.worker.pid;
  }
});

describe('a node', () => {
  it('that another one has replaced closes what it held', async () => {
    const { id } = await open();
    const line = await enter(id, bearer());
    await media.database.read.room.update({ where: { id }, data: { epoch: { increment: 1 } } });
    await eventually('moved', () => line.all('roomClosed').length > 0);
    expect(line.all('roomClosed')).toEqual([{ reason: 'moved' }]);
    const again = await enter(id, bearer());
    expect(again.room.roomId).toBe(id);
  });

  it('answers nothing that is hostile with a fault of its own', async () => {
    const { id } = await open();
    const line = await enter(id, bearer());
    const { transportId } = await line.transport('send');
    const video = rtpParameters('video') as { codecs: object[] };
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`);
    const bad: [string, ...unknown[]][] = [
      ['createTransport'], ['createTransport', null], ['createTransport', 7], ['createTransport', []], ['createTransport', { direction: 'up' }],
      ['createTransport', { direction: 'send', __proto__: null, extra: 1 }], ['createTransport', deep], ['nonsense', {}], ['constructor', {}],
      ['connectTransport', { transportId, dtlsParameters: null }], ['connectTransport', { transportId, dtlsParameters: { fingerprints: [{ algorithm: 'md5', value: 'x' }] } }],
      ['produce', { transportId, kind: 'video', source: 'camera', rtpParameters: {} }], ['produce', { transportId, kind: 'audio', source: 'camera', rtpParameters: video }],
      ['produce', { transportId, kind: 'video', source: 'camera', rtpParameters: { ...video, codecs: [{ ...video.codecs[0], payloadType: 4_000 }] } }],
      ['produce', { transportId, kind: 'video', source: 'camera', rtpParameters: { ...video, codecs: [{ ...video.codecs[0], mimeType: 'video/XYZ' }] } }],
      ['produce', { transportId, kind: 'video', source: 'camera', rtpParameters: { ...video, mid: undefined, encodings: [{}] } }],
      ['produce', { transportId, kind: 'video', source: 'camera', rtpParameters: { ...video, encodings: [{ ssrc: 1, rtx: { ssrc: 1 } }, { ssrc: 1 }] } }],
      ['consume', { transportId, producerId: newId(), rtpCapabilities: { codecs: 'x' } }], ['consume', { transportId, producerId: newId(), rtpCapabilities: {} }],
      ['setConsumerLayers', { consumerId: newId(), layers: [] }], ['restartIce', { transportId: newId() }], ['renewToken', { token: 'x' }], ['reportQuality', { lossRatio: 2 }],
    ];
    for (const [name, ...args] of bad) {
      const answer = await line.send(name, ...args);
      expect({ name, args, answer }).toMatchObject({ answer: { ok: false, error: { code: expect.stringMatching(/^(validationFailed|notFound|codecUnsupported|roomTokenInvalid)$/) } } });
    }
    expect(await line.send('createTransport', { direction: 'send' })).toMatchObject({ ok: true });
    const answers = await Promise.all(Array.from({ length: 250 }, () => line.send('restartIce', { transportId: newId() })));
    expect(answers.filter((answer) => !answer.ok && answer.error.code === 'tooManyRequests').length).toBeGreaterThan(50);
  });

  it('loses no worker to right messages that are wrong in one place', async () => {
    const { id } = await open();
    let deaths = 0;
    get(LiveRooms).on('held', (room) => room.on('rebuilt', () => { deaths += 1; }));
    const { done, refused: no } = await throwAt(() => enter(id, bearer()));
    expect([done > 0, no > 50, deaths]).toEqual([true, true, 0]);
  }, 60_000);
});
