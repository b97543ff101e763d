import { randomUUID } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { AnyEnvelope } from '#libs/contracts';
import { Database } from '#libs/platform';
import { testModule, type TestModule } from '../../../test/support/module.js';
import { Bus } from './bus.js';
import { Consumers, Events, eventsModule, Feed, Relay, type AnyDraft } from './index.js';

const draft = (fairId: string, n = 0): AnyDraft =>
  ({ type: 'zone.capacityChanged', scope: { kind: 'fair', id: fairId }, data: { fairId, zoneId: fairId, from: n, to: n + 1, reason: '试' } });
const numbers = (events: AnyEnvelope[]) => events.map((event) => (event.data as { from: number }).from);

let testing: TestModule;
let events: Events, feed: Feed, consumers: Consumers, database: Database;

@Injectable()
class First { constructor(readonly events: Events, readonly feed: Feed) {} }
@Injectable()
class Second { constructor(readonly events: Events, readonly feed: Feed) {} }
@Module({ imports: [eventsModule], providers: [First] })
class FirstModule {}
@Module({ imports: [eventsModule], providers: [Second] })
class SecondModule {}

beforeAll(async () => {
  testing = await testModule({ imports: [FirstModule, SecondModule, eventsModule] });
  ({ database } = testing);
  events = testing.module.get(Events, { strict: false });
  feed = testing.module.get(Feed, { strict: false });
  consumers = testing.module.get(Consumers, { strict: false });
});
afterAll(() => testing.close());

describe('events', () => {
  it('appended through one module are heard through another: two importing modules make one bus', async () => {
    const [first, second] = [testing.module.get(First, { strict: false }), testing.module.get(Second, { strict: false })];
    const heard: AnyEnvelope[] = [];
    const stop = second.feed.follow((batch) => heard.push(...batch));
    await database.transaction((tx) => first.events.appendMany(tx, [draft(randomUUID(), 4)]));
    await consumers.settled();
    stop();
    expect(numbers(heard)).toEqual([4]);
    expect(first.feed).toBe(second.feed);
    expect(first.events).toBe(second.events);
    const modules = [...testing.module.get(ModulesContainer).values()];
    expect(modules.filter((module) => [...module.providers.keys()].includes(Bus))).toHaveLength(1);
  });

  it('come to a listener in order, with every field', async () => {
    const fairId = randomUUID();
    const actorId = randomUUID();
    const heard: AnyEnvelope[] = [];
    const stop = feed.follow((batch) => heard.push(...batch));
    const happenedAt = new Date('2026-03-07T01:00:00.123Z');
    const before = feed.head();
    await database.transaction((tx) => events.append(tx, 'fair.updated', { kind: 'fair', id: fairId }, { fairId }, { actorId, happenedAt }));
    await consumers.settled();
    stop();
    expect(heard).toEqual([{
      id: expect.stringMatching(/^[0-9a-f-]{36}$/), position: before + 1, type: 'fair.updated', scope: { kind: 'fair', id: fairId }, actorId,
      data: { fairId }, happenedAt: '2026-03-07T01:00:00.123Z', recordedAt: expect.stringMatching(/Z$/),
    }]);
    expect(await feed.since(before)).toEqual(heard);
  });

  it('of a transaction that rolls back are never seen', async () => {
    const fairId = randomUUID();
    const failing = database.transaction(async (tx) => {
      await events.appendMany(tx, [draft(fairId)]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await consumers.settled();
    expect(await feed.since(0, { scopeId: fairId })).toEqual([]);
  });

  it('appended as a list keep its order, and time is the database’s unless told', async () => {
    const fairId = randomUUID();
    await database.transaction((tx) => events.appendMany(tx, Array.from({ length: 300 }, (_, n) => draft(fairId, n))));
    await consumers.settled();
    const read = await feed.since(0, { scopeId: fairId });
    expect(numbers(read)).toEqual(Array.from({ length: 300 }, (_, n) => n));
    expect(Math.abs(Date.parse(read[0]!.happenedAt) - Date.parse(read[0]!.recordedAt))).toBeLessThan(5_000); // both in one statement
  });

  it('get gapless positions however their transactions overlap, and no reader skips a late one', async () => {
    const fairId = randomUUID();
    const start = await feed.latest();
    const heard: AnyEnvelope[] = [];
    const stop = feed.follow((batch) => heard.push(...batch));
    // The first draws its seq early and commits last.
    let release = (): void => {};
    const held = new Promise<void>((resolve) => { release = resolve; });
    const slow = database.transaction(async (tx) => {
      await events.appendMany(tx, [draft(fairId, 1_000)]);
      await held;
    });
    await Promise.all(Array.from({ length: 60 }, (_, n) => database.transaction((tx) => events.appendMany(tx, [draft(fairId, n), draft(fairId, n + 100)]))));
    await consumers.settled();
    release();
    await slow;
    await consumers.settled();
    stop();
    expect(heard.map((event) => event.position)).toEqual(Array.from({ length: 121 }, (_, n) => start + 1 + n));
    expect(numbers(heard).at(-1)).toBe(1_000);
    expect(await feed.since(start)).toEqual(heard);
  });

  it('text that would break SQL or JSON travels unharmed', async () => {
    const fairId = randomUUID();
    const reason = `'; DROP TABLE "Event"; -- \\ " \u2028 招聘会 😀 </script>`;
    await database.transaction((tx) => events.append(tx, 'fair.stopChanged', { kind: 'fair', id: fairId }, { fairId, stopped: true, reason }));
    await consumers.settled();
    expect((await feed.since(0, { scopeId: fairId }))[0]!.data).toEqual({ fairId, stopped: true, reason });
  });

  it('since answers a page, some types, all but some types, or up to a position', async () => {
    const fairId = randomUUID();
    const scope = { kind: 'fair', id: fairId } as const;
    await database.transaction(async (tx) => {
      for (let n = 0; n < 3; n += 1) {
        await events.append(tx, 'fair.updated', scope, { fairId });
        await events.appendMany(tx, [draft(fairId, n)]);
      }
    });
    await consumers.settled();
    const all = await feed.since(0, { scopeId: fairId });
    expect(all).toHaveLength(6);
    expect(await feed.since(0, { scopeId: fairId, limit: 2 })).toEqual(all.slice(0, 2));
    expect(await feed.since(0, { scopeId: fairId, types: ['fair.updated'] })).toHaveLength(3);
    expect(numbers(await feed.since(0, { scopeId: fairId, without: ['fair.updated'] }))).toEqual([0, 1, 2]);
    expect(await feed.since(all[1]!.position, { scopeId: fairId, until: all[3]!.position })).toEqual(all.slice(2, 4));
    const newest = all.toReversed();
    // Remembered, and (more than there are) read from the log: the same.
    for (const recent of [2, 6, 7]) expect(await feed.recent({ scopeId: fairId, limit: recent })).toEqual(newest.slice(0, recent));
    expect(numbers(await feed.recent({ scopeId: fairId, limit: 2, types: ['zone.capacityChanged'], until: all[4]!.position }))).toEqual([1, 0]);
    expect(numbers(await feed.recent({ scopeId: fairId, limit: 3, without: ['fair.updated'] }))).toEqual([2, 1, 0]);
  });
});

describe('the feed', () => {
  const hint = (from: number, batch: AnyEnvelope[]) =>
    testing.module.get(Bus, { strict: false }).publish({ kind: 'relayed', from, to: from + batch.length - 1, events: batch });

  it('reads the log when messages were lost, came twice, or came in the wrong order', async () => {
    const fairId = randomUUID();
    const heard: AnyEnvelope[] = [];
    const stop = feed.follow((batch) => heard.push(...batch));
    const bus = testing.module.get(Bus, { strict: false });
    const publish = jest.spyOn(bus, 'publish').mockImplementation(() => {}); // every message is lost
    for (let n = 0; n < 5; n += 1) await database.transaction((tx) => events.appendMany(tx, [draft(fairId, n)]));
    const relay = testing.module.get(Relay, { strict: false });
    for (let end = Date.now() + 5_000; (await feed.since(0, { scopeId: fairId })).length < 5 && Date.now() < end;) {
      relay.wake();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    publish.mockRestore();
    const log = await feed.since(0, { scopeId: fairId });
    hint(log[4]!.position, [log[4]!]);
    hint(log[1]!.position, [log[1]!]);
    hint(log[1]!.position, [log[1]!]);
    await consumers.settled();
    stop();
    expect(heard).toEqual(log);
  });

  it('goes on when one of its listeners throws', async () => {
    const fairId = randomUUID();
    const heard: AnyEnvelope[] = [];
    const stops = [feed.follow(() => { throw new Error('a bad listener'); }), feed.follow((batch) => heard.push(...batch))];
    await database.transaction((tx) => events.appendMany(tx, [draft(fairId), draft(fairId, 1)]));
    await consumers.settled();
    stops.forEach((stop) => stop());
    expect(numbers(heard)).toEqual([0, 1]);
  });
});
