import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { BoothsModule } from '#libs/booths';
import { Corrections, Leases, Scans, Uploads } from '#libs/attendance';
import { Consumers, Events, type AnyDraft } from '#libs/events';
import { OfflineGate } from '../../../test/support/offline-gate.js';
import { scanOf, testHall, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { Dashboard, InsightsModule } from './index.js';

let hall: TestHall;
const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });

beforeAll(async () => { hall = await testHall([BoothsModule, InsightsModule]); });
afterAll(() => hall.close());

const visitors = async (fair: TestFair, now = new Date()) => {
  await part(Consumers).settled();
  return (await part(Dashboard).crowd(fair.id, { now })).data.visitorsToday;
};
const append = (drafts: AnyDraft[]) => hall.database.transaction((tx) => part(Events).appendMany(tx, drafts));

describe('visitors today', () => {
  it('are the persons of a ticket for several, as many as came in with it, and no more than it is for', async () => {
    const fair = await hall.fair();
    const door = await hall.device(fair, fair.door);
    const [bus] = await hall.tickets(fair, 1, { kind: 'group', size: 40 });
    const [family] = await hall.tickets(fair, 1, { kind: 'walkIn', size: 3 });
    const pass = async (of: typeof bus, count: number, direction: 'entry' | 'exit' = 'entry') => {
      expect(await part(Scans).scan(door, { ...scanOf(of!.code, direction), count })).toMatchObject({ admitted: true });
      return visitors(fair);
    };
    expect(await pass(bus, 25)).toBe(25);
    expect(await pass(family, 3)).toBe(28);
    expect(await pass(bus, 25, 'exit')).toBe(28);
    expect(await pass(bus, 30)).toBe(43);
    expect(await pass(family, 3, 'exit')).toBe(43);
    expect(await pass(family, 3)).toBe(43);
  });

  it('are those too whom a gate without a network let in, or somebody counted in by hand', async () => {
    const fair = await hall.fair();
    const gate = new OfflineGate(await hall.device(fair, fair.gateA));
    const server = { scans: part(Scans), uploads: part(Uploads), leases: part(Leases) };
    await gate.ask(server, 10);
    const [one, other] = await hall.tickets(fair, 2, { kind: 'group', size: 12 });
    expect(gate.offline(one!.code, 'entry', randomUUID(), 10)).toBe(true);
    await gate.upload(server);
    expect(await visitors(fair)).toBe(10);
    await part(Corrections).correct(fair.organiser, fair.venue, { id: randomUUID(), persons: 4, shortCode: other!.ticket.shortCode, reason: '没扫上' });
    expect(await visitors(fair)).toBe(14);
  });

  it('are not whom the gate sent away, because the answer came too late', async () => {
    const fair = await hall.fair();
    const gate = new OfflineGate(await hall.device(fair, fair.door));
    const server = { scans: part(Scans), uploads: part(Uploads), leases: part(Leases) };
    const [bus] = await hall.tickets(fair, 1, { kind: 'group', size: 40 });
    const [one] = await hall.tickets(fair, 1);
    await gate.online(server, bus!.code, 'entry', { count: 12 });
    await gate.online(server, one!.code, 'entry');
    await gate.online(server, one!.code, 'exit');
    for (const [code, count] of [[bus!.code, 8], [one!.code, 1]] as const) expect(await gate.online(server, code, 'entry', { count, heard: false })).toBe(false);
    expect(await visitors(fair)).toBe(21);
    await gate.upload(server);
    // The other had been in before.
    expect(await visitors(fair)).toBe(13);
    // Of the day of the passage, whenever the gate tells it.
    const [voided] = await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: 'checkIn.voided' } });
    expect(new Date((voided!.data as { passedAt: string }).passedAt).getTime()).toBeLessThan(voided!.happenedAt.getTime());
  });

  it('come out the same however the events fall into batches, and whatever is taken back the next day', async () => {
    const sizes = [1, 3, 40];
    const step = fc.record({ ticket: fc.nat(2), persons: fc.integer({ min: 1, max: 20 }), back: fc.boolean(), cut: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      const fair = await hall.fair();
      const scope = { kind: 'fair', id: fair.id } as const;
      const ids = sizes.map(() => randomUUID());
      const entries = sizes.map((): number[] => []);
      const [noon, nextDay] = [new Date('2026-03-07T04:00:00Z'), new Date('2026-03-08T00:30:00Z')];
      let batch: AnyDraft[] = [];
      for (const { ticket, persons: asked, back, cut } of steps) {
        const [size, ticketId] = [sizes[ticket]!, ids[ticket]!];
        const voided = back ? entries[ticket]!.pop() : undefined;
        const persons = voided ?? Math.min(asked, size);
        if (voided === undefined) entries[ticket]!.push(persons);
        const zones = [{ zoneId: fair.venue, change: voided === undefined ? persons : -persons, inside: 0 }];
        batch.push(voided === undefined
          ? { type: 'checkIn.recorded', scope, happenedAt: noon, data: {
            fairId: fair.id, checkInId: randomUUID(), scanId: randomUUID(), ticketId, gateId: fair.door.id, direction: 'entry', first: false, override: false, persons, zones, ...(size > 1 && { size }) } }
          : { type: 'checkIn.voided', scope, happenedAt: nextDay, data: { fairId: fair.id, checkInId: randomUUID(), ticketId, zones, reason: 'answeredTooLate', passedAt: noon.toISOString() } });
        if (!cut) continue;
        await append(batch);
        await part(Consumers).settled();
        batch = [];
      }
      await append(batch);
      const persons = entries.map((each, n) => Math.min(sizes[n]!, each.reduce((sum, some) => sum + some, 0)));
      expect(await visitors(fair, noon)).toBe(persons.reduce((sum, some) => sum + some, 0));
      expect(await visitors(fair, nextDay)).toBe(0);
    }), { numRuns: 12 });
  }, 60_000);
});
