/** A real socket.io server plays the media node; mediasoup-client runs with its own fake of a browser's WebRTC. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mediaSocketPath, type Ack, type MediaSource, type ProducerInfo, type RoomPass } from '#libs/contracts';
import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { Device, type types } from 'mediasoup-client';
import * as parameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { Server as SocketServer, type Socket } from 'socket.io';
import { ApiError } from '../net/api';
import { reachEarly, RoomClient, type RoomEvents } from './room-client';
import { RoomView } from './room-view';

/** The browser makes its device once this is done. */
let mockDevice: Promise<void> | undefined;
jest.mock('./webrtc', () => ({
  ask: () => Promise.resolve(),
  async deviceFor(routerRtpCapabilities: types.RtpCapabilities) {
    await mockDevice;
    const device = new Device({ handlerFactory: FakeHandler.createFactory(parameters) });
    await device.load({ routerRtpCapabilities });
    return device;
  },
}));

let http: Server;
let node: SocketServer;
let asked: { name: string; request: Record<string, unknown>; token: string }[] = [];
let lines: Socket[] = [];
let here: ProducerInfo[] = [];
const refuse = new Set<string>();
const gone = new Set<string>();
let made = 0;
/** The node keeps seats. */
let keeps = true;
/** The node lets nobody in before this is done. */
let late: Promise<void> | undefined;

const answers: Record<string, (request: Record<string, unknown>) => unknown> = {
  createTransport: () => { const { id, ...rest } = parameters.generateTransportRemoteParameters(); return { transportId: id, ...rest }; },
  produce: () => ({ producerId: `p${++made}` }),
  consume: ({ producerId }) => {
    const given = parameters.generateConsumerRemoteParameters({ codecMimeType: here.find(one => one.producerId === producerId)?.kind === 'audio' ? 'audio/opus' : 'video/VP8' });
    return { consumerId: `c${++made}`, producerId, kind: given.kind, source: 'camera', rtpParameters: given.rtpParameters, producerPaused: false, type: 'simple' };
  },
  receive: ({ tracks }) => ({
    transport: answers.createTransport({}),
    consumers: (tracks as { producerId: string }[]).filter(({ producerId }) => !gone.has(producerId)).map(({ producerId }) => answers.consume({ producerId })),
  }),
  renewToken: () => ({ role: 'guest', sources: ['microphone'] }),
};

beforeAll(async () => {
  (globalThis as { RTCPeerConnection?: unknown }).RTCPeerConnection = class {};
  http = createServer();
  node = new SocketServer(http, { path: mediaSocketPath });
  node.of('/media').on('connection', async socket => {
    const token = String(socket.handshake.auth.token);
    lines.push(socket);
    socket.onAny((name: string, request: Record<string, unknown>, ack?: (answer: Ack<unknown>) => void) => {
      asked.push({ name, request, token });
      if (refuse.has(name)) ack?.({ ok: false, error: { code: name === 'renewToken' ? 'roomTokenInvalid' : 'forbidden', message: 'no', requestId: 'r' } });
      else ack?.({ ok: true, data: answers[name]?.(request) ?? null });
    });
    await late;
    const { resume } = socket.handshake.auth as { resume?: string };
    const resumed = keeps && resume !== undefined && { resumed: true };
    socket.emit('entered', { roomId: 'room', peerId: resumed ? resume : socket.id, rtpCapabilities: parameters.generateRouterRtpCapabilities(), peers: [], producers: here, ...resumed });
  });
  await new Promise<void>(ready => http.listen(0, '127.0.0.1', ready));
});
afterAll(() => new Promise<void>(done => { node.close(() => done()); }));
beforeEach(() => { asked = []; lines = []; here = []; keeps = true; late = mockDevice = undefined; refuse.clear(); gone.clear(); });
const open: RoomClient[] = [];
afterEach(() => open.splice(0).forEach(client => client.close()));

let passes = 0;
const pass = (seconds = 300, role: RoomPass['role'] = 'viewer'): RoomPass => ({
  roomId: 'room', token: `token-${++passes}`, expiresAt: new Date(Date.now() + seconds * 1000).toISOString(), nodeUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, role, sources: [], iceServers: [],
});
function client(give: () => Promise<RoomPass> = () => Promise.resolve(pass())): RoomClient {
  const one = new RoomClient({ pass: give });
  open.push(one);
  return one;
}
const next = <K extends keyof RoomEvents>(room: RoomClient, name: K): Promise<RoomEvents[K]> => new Promise(done => { const end = room.on(name, (...of) => { end(); done(of); }); });
const until = async (what: () => boolean) => { for (let n = 0; n < 200 && !what(); n++) await new Promise(done => setTimeout(done, 10)); expect(what()).toBe(true); };
const video = (producerId: string): ProducerInfo => ({ producerId, peerId: 'host', kind: 'video', source: 'camera', paused: false });
const track = (kind: 'audio' | 'video') => new FakeMediaStreamTrack({ kind }) as unknown as MediaStreamTrack;
const names = () => asked.map(({ name }) => name);

describe('a browser in a live room', () => {
  it('asks for all that is there with one message, and for what comes later track by track, let go when the browser is ready', async () => {
    here = [video('v1'), { ...video('v3'), source: 'screen' }];
    const room = client();
    const view = new RoomView(room, ({ producerId }) => ({ state: producerId === 'v3' ? 'paused' : 'playing', layers: { spatialLayer: 2 } }));
    await room.enter();
    await until(() => view.tracks.length === 2);
    await until(() => names().length === 2); // nothing waited for the second's answer
    expect(names()).toEqual(['receive', 'connectTransport']);
    const layers = { spatialLayer: 2 };
    expect(asked[0].request).toMatchObject({ tracks: [{ producerId: 'v1', layers }, { producerId: 'v3', layers, paused: true }] });
    expect(view.tracks.map(({ paused }) => paused)).toEqual([false, true]);
    lines[0].emit('producerAdded', video('v2'));
    await until(() => view.tracks.length === 3);
    await until(() => names().length === 4);
    expect(names().slice(2)).toEqual(['consume', 'setConsumerPaused']);
    lines[0].emit('producerClosed', { producerId: 'v1' });
    await until(() => view.tracks.length === 2);
    expect(view.tracks.map(({ producer }) => producer.producerId)).toEqual(['v3', 'v2']);
  });

  it('enters over the line that was opened while the pass was still asked for, where it goes to the same node', async () => {
    const before = client();
    await before.enter(); // from here on the node is known
    before.close();
    await until(() => node.engine.clientsCount === 0);
    let connections = 0;
    const count = () => { connections++; };
    node.engine.on('connection', count);
    reachEarly();
    await until(() => node.engine.clientsCount === 1);
    expect(lines).toHaveLength(1); // nobody has entered
    await client().enter();
    expect([connections, lines.length, lines[1].handshake.auth.token]).toEqual([1, 2, `token-${passes}`]);
    // Another node: the early line is let go. One is enough.
    reachEarly();
    reachEarly();
    await until(() => connections === 2);
    const { port } = http.address() as AddressInfo;
    await client(() => Promise.resolve({ ...pass(), nodeUrl: `http://localhost:${port}` })).enter();
    await until(() => node.engine.clientsCount === 2);
    expect([connections, lines.length]).toEqual([3, 3]);
    node.engine.off('connection', count);
  });

  it('receives the others when one of the first has ended meanwhile', async () => {
    here = [video('v1'), video('v2')];
    gone.add('v1');
    const room = client();
    const view = new RoomView(room, () => ({ state: 'playing' }));
    const failed = new Promise<ProducerInfo>(done => { view.on('failed', done); });
    await room.enter();
    expect((await failed).producerId).toBe('v1');
    await until(() => view.tracks.length === 1);
    expect(view.tracks[0].producer.producerId).toBe('v2');
  });

  it('asks for pause and layers as the page’s wish changes, and only then', async () => {
    here = [video('v1')];
    let small = false;
    let off = false;
    const room = client();
    const view = new RoomView(room, () => ({ state: off ? 'paused' : 'playing', layers: { spatialLayer: small ? 0 : 2 } }));
    await room.enter();
    await until(() => view.tracks.length === 1);
    asked = [];
    view.update();
    small = true;
    view.update();
    await until(() => asked.length === 1);
    expect(asked[0]).toMatchObject({ name: 'setConsumerLayers', request: { layers: { spatialLayer: 0 } } });
    off = true;
    view.update();
    await until(() => asked.length === 2);
    expect(asked[1]).toMatchObject({ name: 'setConsumerPaused', request: { paused: true } });
  });

  it('enters again after a lost line, publishes anew by itself, and receives anew', async () => {
    here = [video('v1')];
    const room = client();
    const view = new RoomView(room, () => ({ state: 'playing' }));
    await room.enter();
    await room.publish(track('audio'), 'microphone');
    await until(() => view.tracks.length === 1);
    asked = [];
    const again = next(room, 'entered');
    lines[0].disconnect(true);
    await again;
    await until(() => names().includes('produce') && names().includes('receive'));
    expect(asked.find(({ name }) => name === 'produce')?.request).toMatchObject({ source: 'microphone' satisfies MediaSource });
    expect(room.publications).toHaveLength(1);
    expect(passes).toBeGreaterThan(0);
    expect(new Set(asked.map(({ token }) => token)).size).toBe(1); // the pass was still good
  });

  it('goes on with the same seat and media when a guest’s line is lost, and says what the node did not hear', async () => {
    here = [video('v1'), video('v2')];
    const room = client(() => Promise.resolve(pass(300, 'guest')));
    const view = new RoomView(room, () => ({ state: 'playing' }));
    await room.enter();
    await room.publish(track('audio'), 'microphone');
    await room.publish(track('video'), 'camera');
    await until(() => view.tracks.length === 2);
    const [microphone, camera] = room.publications.map(({ producer }) => producer!.id);
    const kept = view.tracks[0].track;
    const mine = room.room!.peerId;
    const own = (producerId: string, source: MediaSource): ProducerInfo => ({ producerId, peerId: mine, kind: source === 'camera' ? 'video' : 'audio', source, paused: false });
    here = [video('v1'), own(microphone, 'microphone'), own(camera, 'camera')];
    asked = [];
    room.on('state', state => {
      if (state === 'waiting') void Promise.all([room.setPaused('microphone', true), room.unpublish('camera')]);
    });
    lines[0].disconnect(true);
    await next(room, 'resumed');
    expect([room.room!.peerId, lines[1].handshake.auth.resume]).toEqual([mine, mine]);
    await until(() => names().includes('closeProducer') && names().includes('setConsumerPaused'));
    const told = (name: string) => asked.filter(one => one.name === name).map(({ request }) => request);
    expect([told('setProducerPaused'), told('closeProducer')]).toEqual([[{ producerId: microphone, paused: true }], [{ producerId: camera }]]);
    expect(names().filter(name => ['createTransport', 'receive', 'produce', 'consume'].includes(name))).toEqual([]);
    expect(view.tracks.map(({ track: each }) => each)).toEqual([kept]); // v2 has ended meanwhile
  });

  it('takes back what it publishes while its line is being made again: the node hears of it after', async () => {
    const room = client(() => Promise.resolve(pass(300, 'guest')));
    await room.enter();
    await room.publish(track('audio'), 'microphone');
    const { id } = room.publications[0].producer!;
    here = [{ producerId: id, peerId: room.room!.peerId, kind: 'audio', source: 'microphone', paused: false }];
    let letIn: () => void = () => undefined;
    late = new Promise(done => { letIn = done; });
    asked = [];
    lines[0].disconnect(true);
    await until(() => lines.length === 2);
    await new Promise(done => setTimeout(done, 50)); // it is connected, and not in
    await room.unpublish('microphone');
    expect(names()).toEqual([]);
    letIn();
    await until(() => names().includes('closeProducer'));
    expect(asked[0].request).toEqual({ producerId: id });
  });

  it('keeps the line of the present entry when an earlier one fails after it', async () => {
    let make: () => void = () => undefined;
    mockDevice = new Promise(done => { make = done; });
    const room = client();
    const entered = next(room, 'entered');
    const first = expect(room.enter()).rejects.toMatchObject({ code: 'lineLost' });
    await until(() => lines.length === 1);
    await new Promise(done => setTimeout(done, 50)); // it waits for its device
    lines[0].disconnect(true);
    await until(() => lines.length === 2);
    await new Promise(done => setTimeout(done, 50));
    make();
    await Promise.all([first, entered]);
    await new Promise(done => setTimeout(done, 50));
    expect([room.state, lines.length, lines[1].connected]).toEqual(['open', 2, true]);
  });

  it('makes everything anew when the seat was not kept', async () => {
    const room = client(() => Promise.resolve(pass(300, 'guest')));
    await room.enter();
    await room.publish(track('audio'), 'microphone');
    keeps = false;
    asked = [];
    lines[0].disconnect(true);
    await next(room, 'entered');
    await until(() => names().includes('produce'));
    expect(room.publications).toHaveLength(1);
  });

  it('asks for another pass when the node is not there any more', async () => {
    const room = client(async () => ({ ...pass(300, 'guest'), ...(lines.length === 0 && passes === 1 ? { nodeUrl: 'http://127.0.0.1:9' } : {}) }));
    passes = 0;
    await room.enter();
    expect([room.state, passes]).toEqual(['open', 2]);
  });

  it('asks for another pass when the room has moved, and leaves for good when it is over', async () => {
    const room = client();
    await room.enter();
    const before = lines[0].handshake.auth.token as string;
    const again = next(room, 'entered');
    lines[0].emit('roomClosed', { reason: 'moved' });
    await again;
    expect(lines[1].handshake.auth.token).not.toBe(before);
    const closed = next(room, 'closed');
    lines[1].emit('roomClosed', { reason: 'ended' });
    expect(await closed).toEqual(['ended', null]);
    expect(room.state).toBe('closed');
  });

  it('gives up at once when the API says no, and tries on when it does not answer', async () => {
    const no = client(() => Promise.reject(new ApiError('banned', '', 403, 'r')));
    const closed = next(no, 'closed');
    await expect(no.enter()).rejects.toThrow(ApiError);
    expect((await closed)[0]).toBe('refused');
    let tries = 0;
    const later = client(() => (tries++ ? Promise.resolve(pass()) : Promise.reject(new ApiError('offline', '', 0, 'r'))));
    await later.enter();
    expect([tries, later.state]).toEqual([2, 'open']);
  });

  it('renews its pass before it ends, and shows another for other sources', async () => {
    const room = client(() => Promise.resolve(pass(passes % 2 ? 300 : 11.2)));
    passes = 0; // the next is the short one
    await room.enter();
    await until(() => names().includes('renewToken') && room.sources.length > 0);
    expect(room.sources).toEqual(['microphone']);
    expect(room.role).toBe('guest');
  });

  it('takes another seat when the pass is another person’s, who signed in meanwhile, and sends from there', async () => {
    const room = client();
    await room.enter();
    refuse.add('renewToken');
    const theirs = { ...pass(), role: 'guest' as const, sources: ['microphone' as const] };
    await room.renew(theirs);
    expect([room.state, room.role, lines.length, lines[0].connected]).toEqual(['open', 'guest', 2, false]);
    expect(lines[1].handshake.auth).toMatchObject({ token: theirs.token });
    expect(lines[1].handshake.auth.resume).toBeUndefined(); // the seat before was not theirs
    await room.publish(track('audio'), 'microphone');
    expect(asked.find(({ name }) => name === 'produce')?.token).toBe(theirs.token);
  });

  it('says when sources are taken away, and sends nothing of them any more', async () => {
    const room = client();
    await room.enter();
    await room.publish(track('audio'), 'microphone');
    const taken = next(room, 'sourcesTaken');
    lines[0].emit('sourcesTaken', { sources: ['microphone'], reason: '下麦' });
    expect(await taken).toEqual([['microphone'], '下麦']);
    expect(room.publications).toEqual([]);
  });

  it('tells the caller when the node refuses a track, and keeps none', async () => {
    const room = client();
    await room.enter();
    refuse.add('produce');
    await expect(room.publish(track('video'), 'camera', { simulcast: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect(room.publications).toEqual([]);
  });

  it('tells the node what was unmuted while it was being asked', async () => {
    const room = client();
    await room.enter();
    const published = room.publish(track('audio'), 'microphone', { paused: true });
    await until(() => names().includes('createTransport'));
    await room.setPaused('microphone', false);
    await published;
    await until(() => names().includes('setProducerPaused'));
    const told = (name: string) => asked.find(one => one.name === name)?.request;
    expect([told('produce')?.paused, told('setProducerPaused')?.paused]).toEqual([true, false]);
  });
});
