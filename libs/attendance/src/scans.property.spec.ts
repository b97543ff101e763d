import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { RefusalReason, ScanResult } from '#libs/contracts';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Audit } from '#libs/identity';
import { TicketCodes } from '#libs/tickets';
import { areas, FairTruth, type Area, type Passing } from '../../../test/support/fair-truth.js';
import { scanOf, testHall, type TestHall } from '../../../test/support/hall.js';
import { long, runs, seed } from '../../../test/support/runs.js';
import type { DeviceActor } from './device-tokens.js';
import { ScanBatch } from './scan-batch.js';
import { Scans } from './scans.js';

const PEOPLE = 8;

type Wanted = Pick<Passing, 'ticket' | 'area' | 'way'>;
/** One scan, and every answer to it. */
interface Asked extends Wanted { scan: ReturnType<typeof scanOf>; device: DeviceActor; answers: ScanResult[] }

/** Why somebody may not pass, where all gates go both ways and nothing is locked. */
function refusal(truth: FairTruth, limits: Record<Area, number>, { ticket, area, way }: Wanted): RefusalReason | null {
  if (way === 'exit') return truth.of(ticket, area) > 0 ? null : 'notInside';
  if (truth.of(ticket, area) > 0) return 'alreadyInside';
  const full = (['venue', area] as const).some((each) => truth.of(ticket, each) === 0 && truth.within(each) >= limits[each]);
  return full ? 'zoneFull' : null;
}

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
  it('in any interleaving, through two processes, hear what is true, end with its count and never one over', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.array(move, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }),
      async (waves, approved, approvedA, approvedB) => {
        const fair = await hall.fair({ approved, approvedA, approvedB });
        const limits: Record<Area, number> = { venue: approved, A: approvedA, B: approvedB };
        const gates = { venue: fair.door, A: fair.gateA, B: fair.gateB };
        const devices = await Promise.all(areas.map((area) => hall.device(fair, gates[area])));
        const tickets = await hall.tickets(fair, PEOPLE);
        const truth = new FairTruth(['A', 'B']);
        for (const _ of tickets) truth.addTicket(1);
        const asked = new Map<string, Asked>();
        const ask = async ({ scan, device, answers }: Asked, process: number): Promise<void> => {
          answers.push(await processes[process % 2]!.scan(device, scan));
        };
        for (const wave of waves) {
          await Promise.all(wave.flatMap(({ who, gate, direction, process, repeats }) => {
            const scan = scanOf(tickets[who]!.code, direction, randomUUID());
            const one: Asked = { scan, device: devices[gate]!, answers: [], ticket: who, area: areas[gate]!, way: direction };
            asked.set(scan.id, one);
            return Array.from({ length: repeats + 1 }, (_, n) => ask(one, process + n));
          }));
        }
        // Whoever asks again later, when others have come and gone, hears the same.
        await Promise.all([...asked.values()].map((one, n) => ask(one, n)));
        for (const { answers: [first, ...again] } of asked.values()) for (const each of again) expect(each).toEqual(first);

        // The log says in which order they were decided; what each should have heard, a model that knows nothing of paths.
        const events = await hall.database.read.event.findMany({ where: { scopeId: fair.id, type: { in: ['checkIn.recorded', 'scan.refused'] } }, orderBy: { seq: 'asc' } });
        const inside = (zoneId: string) => truth.within(areas.find((area) => gates[area].zoneId === zoneId)!);
        for (const { type, data } of events) {
          const { scanId, zones = [] } = data as unknown as { scanId: string; zones?: { zoneId: string; inside: number }[] };
          const { answers: [answer], ticket, area, way } = asked.get(scanId)!;
          const reason = refusal(truth, limits, { ticket, area, way });
          expect([type, answer!.admitted, answer!.reason]).toEqual([reason ? 'scan.refused' : 'checkIn.recorded', reason === null, reason]);
          if (reason === null) truth.passes({ id: scanId, ticket, area, way, persons: 1 });
          expect(answer!.zone.inside).toBe(truth.within(area));
          for (const each of zones) expect(each.inside).toBe(inside(each.zoneId));
          for (const each of areas) expect(truth.within(each)).toBeLessThanOrEqual(limits[each]);
        }
        const states = await hall.database.read.zoneState.findMany({ where: { fairId: fair.id } });
        for (const state of states) {
          expect(state.inside).toBe(inside(state.zoneId));
          expect(state.entered - state.left).toBe(state.inside);
          expect(await hall.database.read.presence.count({ where: { zoneId: state.zoneId } })).toBe(state.inside);
        }
        // Every attempt was kept once, however often it was asked, and every admitted one, and no other, has one record.
        const kept = await hall.database.read.scan.findMany({ where: { fairId: fair.id } });
        expect(kept.map(({ id }) => id).sort()).toEqual([...asked.keys()].sort());
        expect(events).toHaveLength(asked.size);
        const checkIns = await hall.database.read.checkIn.findMany({ where: { fairId: fair.id } });
        const admitted = [...asked].flatMap(([id, { answers: [answer] }]) => (answer!.admitted ? id : []));
        expect(checkIns.map(({ scanId }) => scanId).sort()).toEqual(admitted.sort());
      },
    ), { ...runs(25, 2_000), endOnFailure: !long });
  }, long ? 600_000 : 60_000);
});
