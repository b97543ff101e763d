import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Audit } from '#libs/identity';
import { TicketCodes } from '#libs/tickets';
import { scanOf, testHall, type TestHall } from '../../../test/support/hall.js';
import { long, runs, seed } from '../../../test/support/runs.js';
import { ScanBatch } from './scan-batch.js';
import { Scans } from './scans.js';

const PEOPLE = 8;

let hall: TestHall;
let processes: Scans[];
const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });

beforeAll(async () => {
  hall = await testHall();
  processes = Array.from({ length: 2 }, () =>
    new Scans(new ScanBatch(hall.database, part(Events), part(Audit)), part(TicketCodes), hall.database, part(Fairs)));
});
afterAll(() => hall.close());

const move = fc.record({
  who: fc.nat(PEOPLE - 1), gate: fc.nat(2), direction: fc.constantFrom('entry' as const, 'exit' as const), process: fc.nat(1),
  /** How often the device asks, and through which process the repetition goes. */
  repeats: fc.constantFrom(0, 0, 0, 1, 2),
});

describe(`scans on the database (seed ${seed})`, () => {
  it('in any interleaving, through two processes, end with the truth’s count and never one over', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.array(move, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }),
      async (waves, approved, approvedA, approvedB) => {
        const fair = await hall.fair({ approved, approvedA, approvedB });
        const limits = new Map([[fair.venue, approved], [fair.zoneA, approvedA], [fair.zoneB, approvedB]]);
        const devices = await Promise.all([fair.door, fair.gateA, fair.gateB].map((gate) => hall.device(fair, gate)));
        const zones = [fair.venue, fair.zoneA, fair.zoneB];
        const tickets = await hall.tickets(fair, PEOPLE);
        for (const wave of waves) {
          await Promise.all(wave.flatMap(({ who, gate, direction, process, repeats }) => {
            const scan = scanOf(tickets[who]!.code, direction, randomUUID());
            return Array.from({ length: repeats + 1 }, (_, n) => processes[(process + n) % 2]!.scan(devices[gate]!, scan));
          }));
        }
        // The truth: the check-ins in the order in which they were recorded, walked by a model that knows nothing of paths.
        const events = await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: 'checkIn.recorded' }, orderBy: { seq: 'asc' } });
        const stands = new Map<string, string>();
        const inside = (zoneId: string) => (zoneId === fair.venue ? stands.size : [...stands.values()].filter((at) => at === zoneId).length);
        for (const { data } of events) {
          const { ticketId, gateId, direction, zones: moves } = data as unknown as { ticketId: string; gateId: string; direction: string; zones: { zoneId: string; inside: number }[] };
          const zoneId = zones[[fair.door, fair.gateA, fair.gateB].findIndex(({ id }) => id === gateId)]!;
          if (direction === 'entry') stands.set(ticketId, zoneId);
          else if (zoneId === fair.venue) stands.delete(ticketId);
          else stands.set(ticketId, fair.venue);
          for (const each of moves) expect(each.inside).toBe(inside(each.zoneId));
          for (const each of zones) expect(inside(each)).toBeLessThanOrEqual(limits.get(each)!);
        }
        const states = await hall.database.read.zoneState.findMany({ where: { fairId: fair.id } });
        for (const state of states) {
          expect(state.inside).toBe(inside(state.zoneId));
          expect(state.entered - state.left).toBe(state.inside);
          expect(await hall.database.read.presence.count({ where: { zoneId: state.zoneId } })).toBe(state.inside);
        }
        // Every attempt was kept once, however often it was asked, and every admitted one has one record.
        const asked = waves.flat().length;
        expect(await hall.database.read.scan.count({ where: { fairId: fair.id } })).toBe(asked);
        expect(await hall.database.read.checkIn.count({ where: { fairId: fair.id } })).toBe(events.length);
      },
    ), { ...runs(25, 2_000), endOnFailure: !long });
  }, long ? 600_000 : 60_000);
});
