/** The two systems on mediasoup: Fairwind's room, and what a careful engineer would write without it. */
import { createWorker } from 'mediasoup';
import { Room, WorkerPool } from '#libs/sfu';
import type { Load } from './load.js';
import { connect, dtlsOf, published, watched } from './rtp.js';
import { inBatches, type System } from './system.js';

const AT_ONCE = 20;

/** A room of ours, on one worker or spread evenly over more. */
export async function fairwind(load: Load, count: number, workers = 1): Promise<System> {
  const pool = await WorkerPool.start({ count: workers, listen: [{ address: '127.0.0.1' }], firstPort: 0 });
  // The origin carries a pipe to each of the others beside its viewers.
  const room = await Room.open(pool, { id: 'bench', consumersPerRouter: workers === 1 ? count : count / workers + workers - 1 });
  const { first: publisher } = await load.addPeers(1 + count);
  const sending = await room.createTransport({ peerId: 'host', direction: 'send' });
  await sending.connect(dtlsOf(load));
  connect(load, publisher, sending.params);
  const producer = await sending.produce({ kind: 'video', source: 'camera', rtpParameters: published });
  await inBatches(count, AT_ONCE, async (n) => {
    const transport = await room.createTransport({ peerId: `viewer-${n}`, direction: 'recv' });
    await transport.connect(dtlsOf(load));
    const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: watched(room.rtpCapabilities) });
    const resumed = consumer.resume(); // waits for the line
    connect(load, publisher + 1 + n, transport.params);
    await resumed;
  });
  await load.ready(publisher, 1 + count);
  const { routers, consumers } = room.load();
  if (routers !== workers || consumers !== count + workers - 1) throw new Error(`the room lies on ${routers} routers with ${consumers} consumers`);
  return { pids: pool.alive.map(({ worker }) => worker.pid), publisher, first: publisher + 1, count, close: () => pool.close() };
}

/** The same work without Fairwind: one worker, one router, one WebRtcServer. */
export async function bare(load: Load, count: number): Promise<System> {
  const worker = await createWorker({ logLevel: 'warn' });
  const listen = { ip: '127.0.0.1' };
  const webRtcServer = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ...listen }, { protocol: 'tcp', ...listen }] });
  const router = await worker.createRouter({ mediaCodecs: [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }] });
  const { first: publisher } = await load.addPeers(1 + count);
  const sending = await router.createWebRtcTransport({ webRtcServer });
  await sending.connect({ dtlsParameters: dtlsOf(load) });
  connect(load, publisher, sending);
  const producer = await sending.produce({ kind: 'video', rtpParameters: published });
  await inBatches(count, AT_ONCE, async (n) => {
    const transport = await router.createWebRtcTransport({ webRtcServer });
    await transport.connect({ dtlsParameters: dtlsOf(load) });
    await transport.consume({ producerId: producer.id, rtpCapabilities: watched(router.rtpCapabilities) });
    connect(load, publisher + 1 + n, transport);
  });
  await load.ready(publisher, 1 + count);
  return { pids: [worker.pid], publisher, first: publisher + 1, count, close: () => worker.close() };
}
