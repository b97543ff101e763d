import { once } from 'node:events';
import type { types } from 'mediasoup';
import type { CloseReason } from './close-reason.js';
import type { ProduceOptions } from './producer.js';
import { Room, type RoomOptions } from './room.js';
import type { Transport } from './transport.js';
import { WorkerPool } from './worker-pool.js';

/** Real workers; the peers here only negotiate. What media does is in key-frames.spec.ts and in the browser tests. */
describe('Room', () => {
  let pool: WorkerPool;
  beforeEach(async () => {
    pool = await WorkerPool.start({ count: 2, listen: [{ address: '127.0.0.1' }], firstPort: 0 });
  });
  afterEach(() => pool.close());

  const open = (options: Partial<RoomOptions> = {}) => Room.open(pool, { id: 'room', ...options });
  const sender = (room: Room) => room.createTransport({ peerId: 'host', direction: 'send' });
  const viewer = (room: Room, n = 0) => room.createTransport({ peerId: `viewer-${n}`, direction: 'recv' });
  const codec = { mimeType: 'video/H264', payloadType: 102, clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' } };
  const camera = (ssrc = 1234): ProduceOptions => ({ kind: 'video', source: 'camera', rtpParameters: { mid: '0', codecs: [codec], encodings: [{ ssrc }] } });
  const watch = (transport: Transport, room: Room, producerId: string) => transport.consume({ producerId, rtpCapabilities: room.rtpCapabilities });
  /** Every end of a thing, in order. */
  const endsOf = (thing: { on(event: 'closed', listener: (reason: CloseReason) => void): unknown }) => {
    const ends: CloseReason[] = [];
    thing.on('closed', (reason) => ends.push(reason));
    return ends;
  };

  it('prefers H.264, then VP8', async () => {
    const room = await open();
    const video = room.rtpCapabilities.codecs!.filter(({ kind, mimeType }) => kind === 'video' && !mimeType.endsWith('/rtx'));
    expect(video.map(({ mimeType }) => mimeType)).toEqual(['video/H264', 'video/VP8']);
    expect(video[0]!.parameters).toMatchObject({ 'profile-level-id': '42e01f', 'packetization-mode': 1 });
  });

  it('tells a peer what it needs to connect, over the port of the worker', async () => {
    const room = await open();
    const { params } = await sender(room);
    expect(params.iceParameters).toMatchObject({ iceLite: true, usernameFragment: expect.any(String), password: expect.any(String) });
    expect(params.dtlsParameters.fingerprints.map(({ algorithm }) => algorithm)).toContain('sha-256');
    expect(params.iceCandidates.map(({ protocol }) => protocol).sort()).toEqual(['tcp', 'udp']);
    const another = await viewer(room);
    expect(another.params.iceCandidates.map(({ port }) => port)).toEqual(params.iceCandidates.map(({ port }) => port));
  });

  it('offers TCP alone to whom UDP is blocked', async () => {
    const room = await open();
    const { params } = await room.createTransport({ peerId: 'viewer', direction: 'recv', forceTcp: true });
    expect(params.iceCandidates.map(({ protocol, tcpType }) => [protocol, tcpType])).toEqual([['tcp', 'passive']]);
  });

  it('keeps what a WHIP offer says of mid and rid, and lets a viewer choose layers', async () => {
    const room = await open();
    const rids = ['low', 'middle', 'high'];
    const rtpParameters: types.RtpParameters = {
      mid: '7',
      codecs: [codec],
      encodings: rids.map((rid) => ({ rid, scalabilityMode: 'L1T2' })),
      headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 }, { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 }],
    };
    const producer = await (await sender(room)).produce({ kind: 'video', source: 'camera', rtpParameters });
    expect([producer.type, producer.rtpParameters.mid, producer.rtpParameters.encodings!.map(({ rid }) => rid)]).toEqual(['simulcast', '7', rids]);
    const consumer = await (await viewer(room)).consume({
      producerId: producer.id, rtpCapabilities: room.rtpCapabilities, preferredLayers: { spatialLayer: 0, temporalLayer: 0 },
    });
    expect([consumer.type, consumer.rtpParameters.encodings!.length]).toEqual(['simulcast', 1]);
    await consumer.setPreferredLayers({ spatialLayer: 2 });
    await expect(consumer.setPreferredLayers({ spatialLayer: 'x' as unknown as number })).rejects.toThrow(TypeError);
  });

  it('starts consumers paused', async () => {
    const room = await open();
    const producer = await (await sender(room)).produce(camera());
    const consumer = await watch(await viewer(room), room, producer.id);
    expect(consumer.paused).toBe(true);
    // Nothing is asked of the publisher before the viewer has a line.
    const resuming = consumer.resume();
    expect(consumer.paused).toBe(false);
    const late = await watch(await viewer(room), room, producer.id);
    const early = late.resume();
    await late.pause();
    room.close();
    await Promise.all([resuming, early]);
    expect(late.paused).toBe(true);
  });

  it('tells viewers of a pause', async () => {
    const room = await open();
    const producer = await (await sender(room)).produce(camera());
    const consumer = await watch(await viewer(room), room, producer.id);
    const paused = once(consumer, 'producerPaused');
    await producer.pause();
    await paused;
    expect(consumer.producerPaused).toBe(true);
  });

  it('spreads to another worker before a router is full, and pipes what is watched', async () => {
    const room = await open({ consumersPerRouter: 4 });
    const producer = await (await sender(room)).produce(camera());
    const viewers = await Promise.all(Array.from({ length: 10 }, (_, n) => viewer(room, n)));
    const consumers = await Promise.all(viewers.map((each) => watch(each, room, producer.id)));
    expect(room.load()).toMatchObject({ routers: 3, consumers: 12 }); // 10 viewers and two pipes
    expect(pool.alive.map(({ load }) => load.routers).sort()).toEqual([1, 2]);
    expect(new Set(consumers.map(({ producerId }) => producerId))).toEqual(new Set([producer.id]));
    const paused = viewers.map((_, n) => once(consumers[n]!, 'producerPaused'));
    await producer.pause();
    await Promise.all(paused);

    const ends = consumers.map(endsOf);
    const closed = consumers.map((each) => once(each, 'closed'));
    producer.close();
    await Promise.all(closed);
    expect(ends).toEqual(consumers.map(() => ['producerClosed']));
    expect(room.load()).toMatchObject({ consumers: 0, producers: 0 });
    expect(pool.alive.map(({ load }) => [load.consumers, load.producers])).toEqual([[0, 0], [0, 0]]);
  });

  it('fills a seat that became free before it opens another router', async () => {
    const room = await open({ consumersPerRouter: 2 });
    const [first] = await Promise.all([viewer(room, 1), viewer(room, 2)]);
    first!.close();
    await viewer(room, 3);
    expect(room.load().routers).toBe(1);
    await viewer(room, 4);
    expect(room.load().routers).toBe(2);
  });

  it('gives a viewer of many producers a router, however small the limit', async () => {
    const room = await open({ consumersPerRouter: 1 });
    const transport = await sender(room);
    const producers = [await transport.produce(camera(1)), await transport.produce({ ...camera(2), rtpParameters: { ...camera(2).rtpParameters, mid: '1' } })];
    const watching = await viewer(room);
    for (const { id } of producers) await watch(watching, room, id);
    expect(watching.consumers()).toHaveLength(2);
  });

  it('closes all the way down, once', async () => {
    const room = await open({ consumersPerRouter: 1 });
    const publishing = await sender(room);
    const producer = await publishing.produce(camera());
    const viewers = [await viewer(room, 1), await viewer(room, 2)];
    const consumers = await Promise.all(viewers.map((each) => watch(each, room, producer.id)));
    const gone: string[] = [];
    room.on('producerClosed', (id) => gone.push(id));
    const below = [publishing, producer, ...viewers, ...consumers].map(endsOf);
    const own = endsOf(room as never);
    room.close();
    room.close();
    expect(own).toEqual(['closed']);
    expect(below.slice(0, 4)).toEqual([['parentClosed'], ['parentClosed'], ['parentClosed'], ['parentClosed']]);
    expect(below.slice(4).map((ends) => ends.length)).toEqual([1, 1]);
    expect(gone).toEqual([producer.id]);
    expect([room.transport(publishing.id), room.producers()]).toEqual([undefined, []]);
    await expect(sender(room)).rejects.toMatchObject({ code: 'roomClosed' });
    await expect(publishing.produce(camera())).rejects.toMatchObject({ code: 'transportClosed' });
    publishing.close();
    expect(below[0]).toHaveLength(1);
  });

  it('ends with its worker, and says so', async () => {
    const room = await open();
    const publishing = await sender(room);
    const producer = await publishing.produce(camera());
    const watching = await viewer(room);
    const consumer = await watch(watching, room, producer.id);
    const below = [publishing, producer, watching, consumer].map(endsOf);
    const closed = once(room, 'closed');
    const replaced = once(pool, 'replaced');
    process.kill(pool.alive.find(({ load }) => load.routers > 0)!.worker.pid, 'SIGKILL');
    expect(await closed).toEqual(['workerDied']);
    expect(below).toEqual([['workerDied'], ['workerDied'], ['workerDied'], ['workerDied']]);
    // At once on the worker that is left, and not only when the dead one has been replaced.
    expect((await open()).closed).toBe(false);
    await replaced;
    expect(pool.alive).toHaveLength(2);
  });

  it('loses only the viewers of a worker that did not carry the publisher', async () => {
    const room = await open({ consumersPerRouter: 1 });
    const publishing = await sender(room);
    const producer = await publishing.produce(camera());
    const origin = pool.alive.find(({ load }) => load.producers > 0)!;
    const [near, far] = [await viewer(room, 1), await viewer(room, 2)];
    await watch(far, room, producer.id);
    const lost = once(far, 'closed');
    process.kill(pool.alive.find((each) => each !== origin)!.worker.pid, 'SIGKILL');
    expect(await lost).toEqual(['workerDied']);
    expect([room.closed, near.closed, producer.closed]).toEqual([false, false, false]);
    const again = await viewer(room, 2);
    expect((await watch(again, room, producer.id)).closed).toBe(false);
  });

  it('answers by a code what cannot be', async () => {
    const room = await open();
    const publishing = await sender(room);
    const watching = await viewer(room);
    await expect(watch(watching, room, 'nobody')).rejects.toMatchObject({ code: 'producerMissing' });
    const producer = await publishing.produce(camera());
    await expect(watching.consume({ producerId: producer.id, rtpCapabilities: { codecs: [] } })).rejects.toMatchObject({ code: 'cannotConsume' });
    const other = { ...camera(9).rtpParameters, codecs: [{ ...codec, mimeType: 'video/AV1' }] };
    await expect(publishing.produce({ ...camera(), rtpParameters: other })).rejects.toMatchObject({ code: 'badParameters' });
    await expect(room.addPlainConsumer('nobody', { ip: '127.0.0.1', port: 9, rtcpPort: 9 })).rejects.toMatchObject({ code: 'producerMissing' });
  });
});
