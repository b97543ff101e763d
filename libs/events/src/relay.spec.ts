import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnyEnvelope } from '#libs/contracts';
import { Database, Log } from '#libs/platform';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { redisForTests } from '../../../test/support/services.js';
import { Bus, LocalBus, type BusMessage } from './bus.js';
import { Feed } from './feed.js';
import { RedisBus } from './redis-bus.js';
import { Relay } from './relay.js';
import { Events, type AnyDraft } from './store.js';

let testing: TestDatabase;
let logId: string;
const log = Log.named('test');
const opened: { stop(): Promise<void> }[] = [];

/** One process of an installation: its own pool, relay, bus and feed over the same database. */
async function startProcess(bus: Bus, { relay: relays = true } = {}) {
  const database = new Database({ url: testing.url, connections: 4 });
  const relay = new Relay(database, bus, log);
  const feed = new Feed(database, bus, log);
  const events = new Events(database, relay);
  await bus.open(logId);
  const heard: AnyEnvelope[] = [];
  feed.follow((batch) => heard.push(...batch));
  await feed.start();
  if (relays) relay.start();
  let ended = false;
  const stop = async () => {
    if (ended) return;
    ended = true;
    await relay.stop();
    await feed.stop();
    await bus.close();
    await database.close();
  };
  opened.push({ stop });
  const append = (n: number) => database.transaction((tx) => events.appendMany(tx, [changed(n)]));
  /** As group commits do: positions come with the COMMIT, if they can. */
  const appendAtOnce = (...numbers: number[]) => database.rawTransaction(async (tx, last) => { last(events.appendMany(tx, numbers.map(changed), { atOnce: true })); });
  return { database, relay, feed, events, bus, heard, append, appendAtOnce, stop };
}

function changed(from: number): AnyDraft {
  const fairId = randomUUID();
  return { type: 'zone.capacityChanged', scope: { kind: 'fair', id: fairId }, data: { fairId, zoneId: fairId, from, to: 0, reason: '' } };
}

const numbers = (events: AnyEnvelope[]) => events.map(({ data }) => (data as { from: number }).from);
const waiting = () => testing.database.read.event.count({ where: { position: null } });

const redisBus = async () => new RedisBus(await redisForTests(), log);

async function until(condition: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  for (const end = Date.now() + ms; !(await condition());) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await pause(10);
  }
}

beforeEach(async () => {
  testing = await testDatabase();
  logId = (await testing.database.read.relayState.create({ data: { id: 1 } })).logId;
});
afterEach(async () => {
  for (const part of opened.splice(0)) await part.stop();
  await testing.close();
});

describe('the relay', () => {
  it('on three processes at once gives each position once; every process hears all of them in order', async () => {
    const processes = await Promise.all([0, 1, 2].map(async () => startProcess(await redisBus())));
    await Promise.all(processes.flatMap(({ append }, p) => Array.from({ length: 100 }, (_, n) => append(p * 100 + n))));
    await until(() => processes.every(({ heard }) => heard.length === 300));
    const positions = Array.from({ length: 300 }, (_, n) => n + 1);
    for (const { heard } of processes) expect(heard.map((event) => event.position)).toEqual(positions);
    expect(await testing.database.read.event.count({ where: { position: null } })).toBe(0);
  });

  it('killed between commit and publish has lost nothing: the others and the next start read the log', async () => {
    class MuteBus extends LocalBus { override publish(): void {} }
    const dying = await startProcess(new MuteBus());
    const other = await startProcess(await redisBus(), { relay: false });
    await dying.append(1);
    await dying.append(2);
    await until(async () => (await other.feed.latest()) === 2);
    await dying.stop();
    await until(() => other.heard.length === 2);
    expect(other.heard.map((event) => event.position)).toEqual([1, 2]);
    const next = await startProcess(await redisBus());
    expect(next.feed.head()).toBe(2);
    await next.append(3);
    await until(() => next.heard.length === 1 && other.heard.length === 3);
    expect(other.heard.map((event) => event.position)).toEqual([1, 2, 3]);
  });

  it('of a process that died before it could run is done by another one', async () => {
    const dead = await startProcess(await redisBus(), { relay: false });
    await dead.append(1);
    const alive = await startProcess(await redisBus());
    await until(() => alive.heard.length === 1);
  });

  it('does not run while another holds the lock, and needs no new hint afterwards', async () => {
    const one = await startProcess(await redisBus());
    let release = (): void => {};
    const held = new Promise<void>((resolve) => { release = resolve; });
    const holder = testing.database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT pg_try_advisory_xact_lock(${0x66_77_45_56}::bigint)`;
      await held;
    });
    await pause(50);
    const tries = jest.spyOn(one.relay, 'relayOnce');
    // What it asks only when nobody has given a hint, twice a second.
    const polls = jest.spyOn(one.relay as unknown as { waiting: () => Promise<boolean> }, 'waiting');
    await one.append(1);
    polls.mockClear();
    await until(() => tries.mock.calls.length >= 3);
    expect(one.heard).toHaveLength(0);
    release();
    await holder;
    await until(() => one.heard.length === 1);
    expect(polls).not.toHaveBeenCalled();
  });

  it('announces a batch that is too long to send, and readers take it from the log', async () => {
    const one = await startProcess(await redisBus());
    const sent: BusMessage[] = [];
    one.bus.subscribe((message) => sent.push(message));
    const database = one.database;
    await database.transaction((tx) => new Events(database, one.relay).appendMany(tx, Array.from({ length: 400 }, () => {
      const fairId = randomUUID();
      return { type: 'fair.stopChanged' as const, scope: { kind: 'fair' as const, id: fairId }, data: { fairId, stopped: true, reason: '满'.repeat(1_000) } };
    })));
    await until(() => one.heard.length === 400);
    expect(sent).toContainEqual({ kind: 'relayed', from: 1, to: 400, events: [] });
  });

  it('goes on by itself when the database was away', async () => {
    const one = await startProcess(await redisBus());
    await one.append(1);
    await until(() => one.heard.length === 1);
    // Every connection of the process is cut, in the middle of what it does.
    await testing.database.read.$queryRaw`
      SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await until(() => one.append(2).then(() => true, () => false));
    await until(() => one.heard.length === 2, 8_000);
  });
});

describe('facts that get their positions at once', () => {
  it('need no relay, and every process hears them', async () => {
    const one = await startProcess(await redisBus(), { relay: false });
    const other = await startProcess(await redisBus(), { relay: false });
    await one.appendAtOnce(1, 2, 3);
    await other.appendAtOnce(4);
    expect(await waiting()).toBe(0);
    for (const { heard } of [one, other]) {
      await until(() => heard.length === 4);
      expect(numbers(heard)).toEqual([1, 2, 3, 4]);
      expect(heard.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
      expect(heard).toEqual(await one.feed.since(0));
    }
  });

  it('wait behind an older one that waits', async () => {
    const one = await startProcess(new LocalBus(), { relay: false });
    await one.append(1);
    await one.appendAtOnce(2);
    expect(await waiting()).toBe(2);
    one.relay.start();
    await until(() => one.heard.length === 2);
    await one.appendAtOnce(3);
    await until(() => one.heard.length === 3);
    expect(numbers(one.heard)).toEqual([1, 2, 3]);
  });

  it('wait while another transaction gives positions, and are not seen before what it gave', async () => {
    const [one, other] = [await startProcess(new LocalBus()), await startProcess(new LocalBus(), { relay: false })];
    let release = (): void => {};
    const held = new Promise<void>((resolve) => { release = resolve; });
    const slow = one.database.rawTransaction(async (tx) => {
      await one.events.appendMany(tx, [changed(1)], { atOnce: true });
      await held;
    });
    await until(async () => (await testing.database.read.$queryRaw<unknown[]>`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${0x66_77_45_56}::oid`).length === 1);
    await other.appendAtOnce(2);
    expect(await waiting()).toBe(1);
    expect(other.heard).toEqual([]);
    release();
    await slow;
    await until(() => one.heard.length === 2);
    expect(numbers(one.heard)).toEqual([1, 2]);
  });

  it('that are rolled back leave no gap', async () => {
    const one = await startProcess(new LocalBus(), { relay: false });
    await one.appendAtOnce(1);
    await expect(one.database.rawTransaction(async (tx) => {
      await one.events.appendMany(tx, [changed(2), changed(3)], { atOnce: true });
      throw new Error('changed my mind');
    })).rejects.toThrow('changed my mind');
    await one.appendAtOnce(4);
    await until(() => one.heard.length === 2);
    expect(one.heard.map(({ position, data }) => [position, (data as { from: number }).from])).toEqual([[1, 1], [2, 4]]);
  });

  it('and those of the relay are one log without gaps, in the order of their causes, on three processes', async () => {
    const processes = await Promise.all([0, 1, 2].map(async () => startProcess(await redisBus())));
    // Each has three who write one after the other, now one way and now the other: what one wrote before lies before.
    await Promise.all(processes.flatMap(({ append, appendAtOnce }, p) => [0, 1, 2].map(async (writer) => {
      for (let n = 0; n < 40; n += 1) {
        const number = (p * 3 + writer) * 1_000 + n;
        await (Math.random() < 0.3 ? append(number) : appendAtOnce(number));
      }
    })));
    await until(() => processes.every(({ heard }) => heard.length === 360));
    for (const { heard } of processes) {
      expect(heard.map(({ position }) => position)).toEqual(Array.from({ length: 360 }, (_, n) => n + 1));
      for (let writer = 0; writer < 9; writer += 1) {
        const own = numbers(heard).filter((number) => Math.floor(number / 1_000) === writer);
        expect(own).toEqual(own.toSorted((a, b) => a - b));
      }
    }
    expect(await waiting()).toBe(0);
  });
});

describe('the Redis bus', () => {
  it('comes back when its connections were cut; what was sent meanwhile is read from the log', async () => {
    const one = await startProcess(await redisBus());
    const two = await startProcess(await redisBus());
    await one.append(1);
    await until(() => two.heard.length === 1);
    const { createClient } = await import('redis');
    const admin = createClient({ url: await redisForTests() });
    await admin.connect();
    await admin.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    await admin.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
    await one.append(2);
    await until(() => one.heard.length === 2 && two.heard.length === 2);
    await until(() => one.bus.state().up && two.bus.state().up);
    await one.append(3);
    await until(() => two.heard.length === 3);
    admin.destroy();
  });

  it('does not hear another installation on the same Redis', async () => {
    const here = await redisBus();
    const there = await redisBus();
    await here.open(logId);
    await there.open(randomUUID());
    const heard: string[] = [];
    here.subscribe(() => heard.push('here'));
    there.subscribe(() => heard.push('there'));
    there.publish({ kind: 'appended' });
    await until(() => heard.length === 1);
    await pause(50);
    expect(heard).toEqual(['there']);
    await Promise.all([here.close(), there.close()]);
  });

  it('refuses to start without its Redis', async () => {
    const lost = new RedisBus('redis://127.0.0.1:1', log);
    await expect(lost.open(logId)).rejects.toThrow(/REDIS_URL/);
  }, 10_000);
});
