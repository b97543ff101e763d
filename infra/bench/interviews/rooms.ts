/** Rooms of two, each showing themselves to the other: Fairwind's on its worker pool, and bare mediasoup doing the same. */
import { availableParallelism } from 'node:os';
import { createWorker, type types } from 'mediasoup';
import { Room, WorkerPool } from '#libs/sfu';
import type { Load } from '../sfu/load.js';
import { connect, dtlsOf, published, watched } from '../sfu/rtp.js';

/** A transport of one direction, ready for its peer. */
type Ready = Pick<types.WebRtcTransport, 'iceCandidates' | 'iceParameters'>;

export interface Rooms {
  pids: number[];
  /** The load's first publisher and first viewer; two of each a room. */
  publishers: number;
  viewers: number;
  /** Opens one more room. */
  add(): Promise<void>;
  close(): void;
}

const AT_ONCE = 5;

/** @param most rooms that there will be */
async function prepared(load: Load, most: number, pids: number[], open: (n: number) => Promise<{ sending: Ready; receiving: Ready }[]>, close: () => void): Promise<Rooms> {
  const { first: publishers } = await load.addPeers(2 * most);
  const { first: viewers } = await load.addPeers(2 * most);
  let count = 0;
  return {
    pids, publishers, viewers, close,
    async add() {
      const n = count++;
      const sides = await open(n);
      sides.forEach(({ sending, receiving }, side) => {
        connect(load, publishers + 2 * n + side, sending);
        connect(load, viewers + 2 * n + side, receiving);
      });
      await load.ready(publishers + 2 * n, 2);
      await load.ready(viewers + 2 * n, 2);
    },
  };
}

export async function fairwindRooms(load: Load, most: number): Promise<Rooms> {
  const pool = await WorkerPool.start({ count: availableParallelism(), listen: [{ address: '127.0.0.1' }], firstPort: 0 });
  return prepared(load, most, pool.alive.map(({ worker }) => worker.pid), async (n) => {
    const room = await Room.open(pool, { id: `room-${n}` });
    const sides = await Promise.all([0, 1].map(async (side) => {
      const peerId = `peer-${side}`;
      const [sending, receiving] = await Promise.all([room.createTransport({ peerId, direction: 'send' }), room.createTransport({ peerId, direction: 'recv' })]);
      await Promise.all([sending.connect(dtlsOf(load)), receiving.connect(dtlsOf(load))]);
      const producer = await sending.produce({ kind: 'video', source: 'camera', rtpParameters: published });
      return { sending, receiving, producer };
    }));
    for (const [side, { receiving }] of sides.entries()) {
      const consumer = await receiving.consume({ producerId: sides[1 - side]!.producer.id, rtpCapabilities: watched(room.rtpCapabilities) });
      void consumer.resume();
    }
    return sides.map(({ sending, receiving }) => ({ sending: sending.params as Ready, receiving: receiving.params as Ready }));
  }, () => pool.close());
}

export async function bareRooms(load: Load, most: number): Promise<Rooms> {
  const listen = { ip: '127.0.0.1' };
  const workers = await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    const worker = await createWorker({ logLevel: 'warn' });
    return { worker, server: await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ...listen }, { protocol: 'tcp', ...listen }] }) };
  }));
  return prepared(load, most, workers.map(({ worker }) => worker.pid), async (n) => {
    const { worker, server: webRtcServer } = workers[n % workers.length]!;
    const router = await worker.createRouter({ mediaCodecs: [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }] });
    const sides = await Promise.all([0, 1].map(async () => {
      const [sending, receiving] = await Promise.all([router.createWebRtcTransport({ webRtcServer }), router.createWebRtcTransport({ webRtcServer })]);
      await Promise.all([sending.connect({ dtlsParameters: dtlsOf(load) }), receiving.connect({ dtlsParameters: dtlsOf(load) })]);
      return { sending, receiving, producer: await sending.produce({ kind: 'video', rtpParameters: published }) };
    }));
    for (const [side, { receiving }] of sides.entries()) await receiving.consume({ producerId: sides[1 - side]!.producer.id, rtpCapabilities: watched(router.rtpCapabilities) });
    return sides;
  }, () => { for (const { worker } of workers) worker.close(); });
}

export interface Climb { step: number; most: number; warm: number; length: number; kbps: number }
export interface Height { rooms: number; cpuARoom: number }

/** Adds rooms until more than a hundredth of the packets is lost, twice in a row: the most rooms that were well carried, and the CPU of one, as a share of a core. */
export async function climb(load: Load, rooms: Rooms, { step, most, warm, length, kbps }: Climb): Promise<Height> {
  let best: Height = { rooms: 0, cpuARoom: 0 };
  for (let count = 0; count < most;) {
    for (let n = 0; n < step; n += AT_ONCE) {
      for (let one = 0; one < Math.min(AT_ONCE, step - n); one++) await rooms.add();
    }
    count += step;
    let fit = false;
    for (let tries = 0; tries < 2 && !fit; tries++) {
      const { sent, received, silent, cpu } = await load.measureRooms({ ...rooms, count: 2 * count }, kbps, warm, length);
      fit = silent === 0 && received >= sent * 0.99;
      if (fit) best = { rooms: count, cpuARoom: cpu / (length / 1_000) / count };
    }
    if (!fit) break;
  }
  return best;
}
