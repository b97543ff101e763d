import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inOrder, type Benchmark, type Pair } from './benchmark.js';
import { goFirst } from './priority.js';
import { janus } from './sfu/janus.js';
import { janusIsThere } from './sfu/janus-client.js';
import { compile, Load } from './sfu/load.js';
import { bare, fairwind } from './sfu/mediasoup.js';
import { ensurePackages, needCompiler } from './sfu/packages.js';
import type { System } from './sfu/system.js';

const VIEWERS = 200;
const rates = [{ kbps: 600, name: '600 kbps' }, { kbps: 1_400, name: '1.4 Mbit/s' }];
/** Of each slice, milliseconds: of sending before the count, and of counting; and how often a pair goes round its systems. */
const times = { whole: { warm: 250, length: 900, rounds: 2 }, quick: { warm: 250, length: 500, rounds: 1 } };
/** A share of the packets. */
const MOST_LOST = 0.01;
type Times = (typeof times)['whole'];

/** CPU of one system over the slices of a pair, and what it forwarded with it. */
class Account {
  private cpu = 0;
  private received = 0;
  private seconds = 0;
  private complaint = '';
  /** Whether every slice went well. */
  fit = true;

  constructor(private readonly name: string) {}

  /** A slice in which packets were lost is not the same work: it is measured again, a few times. */
  async add(load: Load, system: System, kbps: number, { warm, length }: Times): Promise<void> {
    for (let tries = 0; tries < 5 && this.fit; tries++) {
      const slice = await load.measure(system, kbps, warm, length);
      const lost = 1 - slice.received / (slice.sent * system.count);
      if (lost <= MOST_LOST) {
        this.cpu += slice.cpu;
        this.received += slice.received;
        this.seconds += length / 1_000;
        return;
      }
      this.complaint = `${this.name} lost ${(lost * 100).toFixed(1)} % of its packets at ${kbps} kbps (${slice.silent} viewers got none)`;
    }
    if (this.fit) console.error(`  ${this.complaint}: left out of this pair`);
    this.fit = false;
  }

  /** Microseconds of CPU a forwarded packet. */
  get packet(): number {
    return (this.cpu * 1e6) / this.received;
  }

  /** Viewers that a whole core would carry at this price. */
  get viewersACore(): number {
    return (VIEWERS * this.seconds) / this.cpu;
  }
}

/** CPU to forward a packet to 200 viewers over WebRTC, SRTP on. */
export const sfu: Benchmark = {
  name: 'sfu',
  about: `one broadcast to ${VIEWERS} viewers over WebRTC, SRTP on (AES_CM_128_HMAC_SHA1_80 for all): CPU of the media process a forwarded packet`,
  floor: 'bare mediasoup doing the same; Debian’s Janus (video room) where it is named; for two workers, Fairwind on one',
  metrics: [
    ...rates.flatMap(({ name }): Benchmark['metrics'] => [
      { name: `${name} to bare mediasoup`, unit: 'us/packet', goal: { of: 'ratio', atMost: 1.03 } },
      { name: `${name} to Janus`, unit: 'us/packet', goal: { of: 'ratio', atMost: 0.6 } },
      { name: `${name}, viewers a core`, unit: 'viewers' },
    ]),
    { name: `over two workers to one`, unit: 'us/packet', goal: { of: 'ratio', atMost: 1.15 } },
  ],
  pairs: { whole: 9, quick: 2 },
  async open({ quick }) {
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-sfu-'));
    const close = () => rm(folder, { recursive: true, force: true });
    try {
      await needPackages();
      goFirst();
      const program = await compile('load.c', folder, 'load');
      const loopback = janusIsThere() ? await compile('loopback.c', folder, 'loopback.so') : undefined;
      return { pair: (oursFirst) => measurePair(oursFirst, program, folder, loopback, quick ? times.quick : times.whole), close };
    } catch (error) {
      await close();
      throw error;
    }
  },
};

async function needPackages(): Promise<void> {
  await needCompiler();
  const peer = await ensurePackages([{ package: 'janus', present: janusIsThere }], console.error);
  if (peer.missing.length > 0) console.error(`Without Janus: ${peer.sentence}`);
}

/** Without the peer the rest is still worth measuring. */
function leaveOut(error: unknown): undefined {
  console.error(`  Janus is left out of this pair: ${String(error)}`);
}

/**
 * All systems are started anew (a process can be lucky with its memory for as long as it lives) and then measured in
 * slices that follow one another closely, so that what drifts on the machine drifts under all of them.
 */
async function measurePair(oursFirst: boolean, program: string, folder: string, loopback: string | undefined, time: Times): Promise<Pair> {
  const load = await Load.start(program);
  const systems: System[] = [];
  const open = async (opening: Promise<System>) => {
    const system = await opening;
    systems.push(system);
    return system;
  };
  try {
    const { value: ours, floor } = await inOrder(oursFirst, () => open(fairwind(load, VIEWERS)), () => open(bare(load, VIEWERS)));
    const peer = loopback ? await open(janus(load, VIEWERS, join(folder, 'janus'), loopback)).catch(leaveOut) : undefined;
    const spread = await open(fairwind(load, VIEWERS, 2));
    const pair: Pair = {};
    for (const { kbps, name } of rates) {
      const [own, below, theirs, apart] = ['Fairwind', 'bare mediasoup', 'Janus', 'Fairwind on two workers'].map((each) => new Account(each)) as [Account, Account, Account, Account];
      const there = oursFirst ? [{ account: own, system: ours }, { account: below, system: floor }] : [{ account: below, system: floor }, { account: own, system: ours }];
      const others = [...(peer ? [{ account: theirs, system: peer }] : []), ...(kbps === rates[0]!.kbps ? [{ account: apart, system: spread }] : [])];
      for (let round = 0; round < time.rounds; round++) {
        for (const { account, system } of [...there, ...[...there].reverse(), ...others]) await account.add(load, system, kbps, time);
      }
      if (!own.fit) continue;
      if (below.fit) {
        pair[`${name} to bare mediasoup`] = { value: own.packet, floor: below.packet };
        pair[`${name}, viewers a core`] = { value: own.viewersACore, floor: below.viewersACore };
      }
      if (peer && theirs.fit) pair[`${name} to Janus`] = { value: own.packet, floor: theirs.packet };
      if (kbps === rates[0]!.kbps && apart.fit) pair['over two workers to one'] = { value: apart.packet, floor: own.packet };
    }
    return pair;
  } finally {
    for (const system of systems) await system.close();
    await load.close();
  }
}
