import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Database, DomainError, Health, Log } from '#libs/platform';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { LocalBus } from './bus.js';
import { projector, reactor, type Consumer } from './consumer.js';
import { Consumers } from './consumers.js';
import { Feed } from './feed.js';
import { Relay } from './relay.js';
import { Events } from './store.js';

let testing: TestDatabase;
const log = Log.named('test');
const opened: { stop(): Promise<void> }[] = [];
const fairId = randomUUID();

/** A process of its own, with its consumers. A bus of its own, too: it learns of the others by polling alone. */
async function startProcess(...list: Consumer[]) {
  const database = new Database({ url: testing.url, connections: 6 });
  const bus = new LocalBus();
  const relay = new Relay(database, bus, log);
  const feed = new Feed(database, bus, log);
  const health = new Health();
  const consumers = new Consumers(database, feed, relay, health, log);
  list.forEach((consumer) => consumers.add(consumer));
  await feed.start();
  await consumers.start();
  relay.start();
  let ended = false;
  const stop = async () => {
    if (ended) return;
    ended = true;
    await relay.stop();
    await consumers.stop();
    await feed.stop();
    await database.close();
  };
  opened.push({ stop });
  const events = new Events(database, relay);
  const append = (from: number, count = 1) => database.transaction((tx) => events.appendMany(tx,
    Array.from({ length: count }, (_, n) => ({
      type: 'zone.capacityChanged' as const, scope: { kind: 'fair' as const, id: fairId }, data: { fairId, zoneId: fairId, from: from + n, to: 0, reason: '' },
    }))));
  return { database, consumers, events, health, append, stop };
}

/** Counts into a table and fails where it is told to. */
const counting = (name: string, fails: (from: number) => boolean = () => false, batches: number[] = []) => projector({
  name, types: ['zone.capacityChanged'],
  async project(tx, events) {
    batches.push(events.length);
    for (const { data } of events) {
      await tx.refusalTotal.upsert({
        where: { fairId_reason: { fairId, reason: name } }, create: { fairId, reason: name, count: 1 }, update: { count: { increment: 1 } },
      });
      if (fails(data.from)) throw new Error(`cannot take ${data.from}`);
    }
  },
});
const counted = async (name: string) => (await testing.database.read.refusalTotal.findUnique({ where: { fairId_reason: { fairId, reason: name } } }))?.count ?? 0;

beforeEach(async () => {
  testing = await testDatabase();
  await testing.database.read.relayState.create({ data: { id: 1 } });
});
afterEach(async () => {
  for (const part of opened.splice(0)) await part.stop();
  await testing.close();
});

describe('a projector', () => {
  it('is looked at by who waits for it, who goes on when it has come so far, or has waited long enough', async () => {
    const { consumers, append } = await startProcess(counting('asked'));
    expect([consumers.takes('asked', 'zone.capacityChanged'), consumers.takes('asked', 'fair.created')]).toEqual([true, false]);
    await append(0, 3);
    await consumers.reached('asked', 3, 60_000);
    expect(await counted('asked')).toBe(3);
    await consumers.reached('asked', 4, 1); // nothing more comes
    expect(consumers.states()).toEqual([{ name: 'asked', position: 3, stopped: false }]);
    expect(() => consumers.reached('nobody', 1, 1)).toThrow('no consumer nobody');
  });

  it('counts each event once on three processes, while events keep coming', async () => {
    const processes = [await startProcess(counting('p')), await startProcess(counting('p')), await startProcess(counting('p'))];
    for (let n = 0; n < 30; n += 1) {
      await Promise.all(processes.map(({ append }) => append(n, 7)));
      await pause(5);
    }
    await Promise.all(processes.map(({ consumers }) => consumers.settled()));
    expect(await counted('p')).toBe(630);
  });

  it('goes on where a process that was killed in the middle of a batch left', async () => {
    const first = await startProcess(counting('p'));
    await first.append(0, 10);
    await first.consumers.settled();
    // Killed: its transaction is cut in the middle.
    let reached = (): void => {};
    const inside = new Promise<void>((resolve) => { reached = resolve; });
    await first.stop();
    const dying = await startProcess(projector({
      name: 'p', types: ['zone.capacityChanged'],
      async project(tx) {
        await tx.refusalTotal.updateMany({ data: { count: { increment: 1_000 } } });
        reached();
        await pause(60);
        await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())::text`;
      },
    }));
    await dying.append(10, 5);
    await inside;
    await dying.stop();
    const second = await startProcess(counting('p'));
    await second.consumers.settled();
    expect(await counted('p')).toBe(15);
  });

  it('that is new reads the whole log, in batches', async () => {
    const first = await startProcess();
    await first.append(0, 1_200);
    await first.consumers.settled();
    const batches: number[] = [];
    const second = await startProcess(counting('late', undefined, batches));
    await second.consumers.settled();
    expect(await counted('late')).toBe(1_200);
    expect(batches).toEqual([500, 500, 200]);
  });

  it('that a rush has nothing for comes along in its row all the same, on two processes, and then misses nothing', async () => {
    const seen: number[] = [];
    const make = () => projector({ name: 'idle', types: ['fair.stopChanged'], async project(_tx, events) { seen.push(...events.map(({ position }) => position)); } });
    const [one, other] = [await startProcess(make()), await startProcess(make())];
    const row = async () => Number((await testing.database.read.consumer.findUniqueOrThrow({ where: { name: 'idle' } })).position);
    const stopped = async () => { await one.database.transaction((tx) => one.events.append(tx, 'fair.stopChanged', { kind: 'fair', id: fairId }, { fairId, stopped: true, reason: '' })); };
    await stopped();
    await one.consumers.settled();
    await one.append(0, 12_000);
    while (await row() < 12_000 - 10_000) await pause(20); // never further behind
    await stopped();
    await Promise.all([one, other].map(({ consumers }) => consumers.settled()));
    await other.append(0, 12_000);
    while (await row() < 24_000 - 10_000) await pause(20);
    await stopped();
    await Promise.all([one, other].map(({ consumers }) => consumers.settled()));
    expect(seen).toEqual([1, 12_002, 24_003]);
  }, 60_000);

  it('that fails for a while is tried again and skips nothing', async () => {
    let failures = 2;
    const one = await startProcess(counting('p', (from) => from === 7 && failures-- > 0));
    await one.append(0, 10);
    await one.consumers.settled();
    expect(await counted('p')).toBe(10);
  });

  it('that meets a poison event takes all before it, stops alone, and is seen in readiness', async () => {
    jest.useFakeTimers({ advanceTimers: 30, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance', 'Date'] });
    try {
      const one = await startProcess(counting('p', (from) => from === 37), counting('healthy'));
      await one.append(0, 60);
      await expect(one.consumers.settled()).rejects.toThrow('cannot take 37');
      expect(await counted('p')).toBe(37);
      expect(await counted('healthy')).toBe(60);
      const { ok, checks } = await one.health.state();
      expect(ok).toBe(true); // everything else goes on: the gates above all
      expect(checks['consumer p']).toEqual({ ok: true, degraded: true, detail: expect.stringContaining('cannot take 37') });
      expect(checks['consumer healthy']).toEqual({ ok: true });
      await one.append(60, 3);
      await one.stop();
      // Mended, and started again: it goes on with the very event.
      const two = await startProcess(counting('p'));
      await two.consumers.settled();
      expect(await counted('p')).toBe(63);
    } finally {
      jest.useRealTimers();
    }
  }, 30_000);
});

describe('a reactor', () => {
  it('is told of each event at least once, by one process at a time, and not of what was before it', async () => {
    const before = await startProcess();
    await before.append(0, 5);
    await before.consumers.settled();
    const seen: number[] = [];
    const make = () => reactor({ name: 'r', types: ['zone.capacityChanged'], react: async (event) => { seen.push(event.data.from); } });
    const processes = [await startProcess(make()), await startProcess(make())];
    await processes[0]!.append(100, 50);
    await Promise.all(processes.map(({ consumers }) => consumers.settled()));
    expect(seen).toEqual(Array.from({ length: 50 }, (_, n) => 100 + n));
  });

  it('that fails is told again of that event, and not of those before it', async () => {
    const seen: number[] = [];
    let failures = 2;
    const one = await startProcess(reactor({
      name: 'r', types: ['zone.capacityChanged'],
      async react({ data: { from } }) {
        seen.push(from);
        if (from === 2 && failures-- > 0) throw new Error('not yet');
      },
    }));
    await one.append(0, 4);
    await one.consumers.settled();
    expect(seen).toEqual([0, 1, 2, 2, 2, 3]);
  });

  it('is not stopped by what is merely away, however often it fails', async () => {
    let away = 9;
    const seen: number[] = [];
    const one = await startProcess(reactor({
      name: 'r', types: ['zone.capacityChanged'],
      async react({ data: { from } }) {
        if (away-- > 0) throw new DomainError('unavailable');
        seen.push(from);
      },
    }));
    const real = setTimeout;
    const hurried = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) => real(run, ms <= 5_000 ? Math.min(ms, 5) : ms)) as typeof setTimeout);
    try {
      await one.append(0, 2);
      await one.consumers.settled();
    } finally {
      hurried.mockRestore();
    }
    expect(seen).toEqual([0, 1]);
  });

  it('of many never takes all connections while its reaction waits for one', async () => {
    let seen = 0;
    const many = Array.from({ length: 12 }, (_, n) => reactor({
      name: `r${n}`, types: ['zone.capacityChanged'],
      react: async () => {
        await pause(20);
        await one.database.transaction((tx) => tx.refusalTotal.count());
        seen += 1;
      },
    }));
    const one = await startProcess(...many);
    await one.append(0, 1);
    await one.consumers.settled();
    expect(seen).toBe(12);
  });
});

describe('consumers', () => {
  it('have names of their own, and are added before the start', async () => {
    const one = await startProcess(counting('p'));
    expect(() => one.consumers.add(counting('q'))).toThrow(/too late/);
    const fresh = new Consumers(one.database, {} as Feed, {} as Relay, one.health, log);
    fresh.add(counting('p'));
    expect(() => fresh.add(counting('p'))).toThrow(/Two consumers/);
  });
});
