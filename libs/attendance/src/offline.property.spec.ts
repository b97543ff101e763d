import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Audit } from '#libs/identity';
import { TicketCodes } from '#libs/tickets';
import { testHall, type HallGate, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { long, runs, seed } from '../../../test/support/runs.js';
import { Leases, Scans, Uploads, ZoneCommands } from './index.js';
import { ScanBatch } from './scan-batch.js';

const PEOPLE = 8;
const GATES = 4;

let hall: TestHall;
let servers: GateServer[];
let commands: ZoneCommands;
const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });
const pause = () => new Promise((resolve) => setTimeout(resolve, 3));

beforeAll(async () => {
  hall = await testHall();
  servers = Array.from({ length: 2 }, () => ({
    scans: new Scans(new ScanBatch(hall.database, part(Events), part(Audit)), part(TicketCodes), hall.database, part(Fairs)), uploads: part(Uploads), leases: part(Leases),
  }));
  commands = part(ZoneCommands);
});
afterAll(() => hall.close());

const who = fc.nat(PEOPLE - 1);
const gate = fc.nat(GATES - 1);
const direction = fc.constantFrom('entry' as const, 'entry' as const, 'exit' as const);
const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('offline' as const), who, gate, direction }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('online' as const), who, gate, direction, heard: fc.nat(4).map((n) => n > 0), again: fc.nat(3).map((n) => n === 0), server: fc.nat(1) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('ask' as const), gate, places: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('upload' as const), gate, most: fc.integer({ min: 1, max: 5 }), lost: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), gate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), gate, by: fc.oneof(fc.integer({ min: -7_200_000, max: -60_000 }), fc.integer({ min: 60_000, max: 7_200_000 })) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lock' as const), zone: fc.nat(2), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('override' as const), who, gate: fc.nat(2) }) },
);
type Place = 'out' | 'venue' | 'A' | 'B';

describe(`gates without a network (seed ${seed})`, () => {
  it('end with the truth’s count, and no zone is ever above its number without an override', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: long ? 60 : 40 }), fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 5 }), fc.array(fc.integer({ min: -7_200_000, max: 7_200_000 }), { minLength: GATES, maxLength: GATES }),
      async (steps, approved, approvedA, skews) => {
        const fair = await hall.fair({ approved, approvedA, approvedB: approved });
        await hall.database.read.gateRules.create({ data: { fairId: fair.id, leaseShare: 80 } });
        const doors: HallGate[] = [fair.door, fair.door, fair.gateA, fair.gateB];
        const gates = await Promise.all(doors.map(async (door, n) => new OfflineGate(await hall.device(fair, door), skews[n])));
        const wasSet = new Set<number>();
        const tickets = await hall.tickets(fair, PEOPLE);
        const zoneOf: Place[] = ['venue', 'venue', 'A', 'B'];
        const stands: Place[] = Array.from({ length: PEOPLE }, () => 'out');
        const within = (zone: Place) => stands.filter((at) => (zone === 'venue' ? at !== 'out' : at === zone)).length;
        const zones: [Place, string, number][] = [['venue', fair.venue, approved], ['A', fair.zoneA, approvedA], ['B', fair.zoneB, approved]];
        /** The most that a zone may have: its number, or what an override has made of it, until it has come down again. */
        const most = new Map<Place, number>(zones.map(([name, , number]) => [name, number]));
        const states = async () => new Map((await hall.database.read.zoneState.findMany({ where: { fairId: fair.id } })).map((state) => [state.zoneId, state]));
        const may = (person: number, zone: Place, way: 'entry' | 'exit') =>
          way === 'exit' ? (zone === 'venue' ? stands[person] !== 'out' : stands[person] === zone) : zone === 'venue' ? stands[person] === 'out' : stands[person] !== zone;
        const goes = (person: number, zone: Place, way: 'entry' | 'exit') => { stands[person] = way === 'entry' ? zone : zone === 'venue' ? 'out' : 'venue'; };

        for (const each of steps) {
          await pause();
          if (each.do === 'offline' || each.do === 'online') {
            const zone = zoneOf[each.gate]!;
            if (!may(each.who, zone, each.direction)) continue;
            const at = gates[each.gate]!;
            const { code } = tickets[each.who]!;
            const admitted = each.do === 'offline' ? at.offline(code, each.direction) : await at.online(servers[each.server]!, code, each.direction, { heard: each.heard, again: each.again ? servers[1 - each.server] : undefined });
            if (admitted) goes(each.who, zone, each.direction);
          } else if (each.do === 'ask') await gates[each.gate]!.ask(servers[0]!, each.places);
          else if (each.do === 'upload') await gates[each.gate]!.upload(servers[0]!, each.most, each.lost);
          else if (each.do === 'expire') {
            const at = gates[each.gate]!;
            at.leaseEnds();
            if (at.leaseId) await hall.database.transaction((tx) => part(Leases).expire(tx, at.leaseId!));
          } else if (each.do === 'clock') {
            // Twice between two contacts, one cannot be told from sleep.
            if (!wasSet.has(each.gate)) gates[each.gate]!.setClock(each.by);
            wasSet.add(each.gate);
          }
          else if (each.do === 'lock') await commands.setLock(fair.organiser, zones[each.zone]![1], { locked: each.on, reason: '试' });
          else {
            const door = [fair.door, fair.gateA, fair.gateB][each.gate]!;
            const zone = (['venue', 'A', 'B'] as const)[each.gate]!;
            if (!may(each.who, zone, 'entry')) continue;
            const answer = await servers[0]!.scans.override(fair.organiser, fair.id, { id: randomUUID(), gateId: door.id, code: tickets[each.who]!.code, reason: '试' });
            if (answer.override) for (const name of new Set<Place>(['venue', zone])) most.set(name, most.get(name)! + 1);
            if (answer.admitted) goes(each.who, zone, 'entry');
          }
          const now = await states();
          for (const [name, id, number] of zones) {
            const { inside, held } = now.get(id)!;
            expect(within(name)).toBeLessThanOrEqual(most.get(name)!);
            expect(held).toBeGreaterThanOrEqual(0);
            expect(inside + held).toBeLessThanOrEqual(most.get(name)!);
            most.set(name, Math.max(number, inside + held, within(name)));
          }
        }

        // The network is back: the last gate first, its newest records before its oldest, some twice.
        for (const at of [...gates].reverse()) {
          await at.ask(servers[0]!, 0);
          const all = [...at.queue];
          const late = all.slice(Math.floor(all.length / 2));
          at.queue.splice(0, all.length, ...late);
          await at.upload(servers[0]!);
          at.queue.push(...all);
          await at.upload(servers[0]!);
        }
        const end = await states();
        for (const [name, id] of zones) {
          const { inside, held, entered, left, bodies } = end.get(id)!;
          expect([name, inside]).toEqual([name, within(name)]);
          expect([name, held, bodies, entered - left]).toEqual([name, 0, 0, inside]);
          expect(await hall.database.read.presence.count({ where: { zoneId: id } })).toBe(inside);
        }
        expect(await hall.database.read.gateConflict.findMany({ where: { fairId: fair.id, decision: null, kind: 'twice' } })).toEqual([]);
        for (const { deviceId } of gates.map(({ device }) => device)) {
          const records = await hall.database.read.deviceUpload.count({ where: { deviceId } });
          expect((await hall.database.read.device.findUniqueOrThrow({ where: { id: deviceId } })).uploadSequence).toBe(records);
        }
      },
    ), { ...runs(10, 2_000), endOnFailure: !long });
  }, long ? 1_800_000 : 120_000);
});
