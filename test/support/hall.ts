import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { ModuleMetadata } from '@nestjs/common';
import type { FairStatus, GateDirection, ScanResult, TicketKind } from '#libs/contracts';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { IdentityModule, type MemberActor } from '#libs/identity';
import { newId, type Database, type Ticket } from '#libs/platform';
import { TicketCodes, TicketsModule } from '#libs/tickets';
import { AttendanceModule, type DeviceActor } from '#libs/attendance';
import { testModule, type TestModule } from './module.js';

const HOUR = 3_600_000;

export interface HallGate { id: string; zoneId: string; direction: GateDirection }
/** A fair that stands in the database: a venue with the zones A and B, a door, and a gate into each zone. */
export interface TestFair {
  id: string; organiser: MemberActor;
  venue: string; zoneA: string; zoneB: string;
  door: HallGate; gateA: HallGate; gateB: HallGate;
}
export interface FairOptions {
  status?: FairStatus; approved?: number; approvedA?: number; approvedB?: number; quota?: number | null;
  /** Hours from now. */
  starts?: number; ends?: number;
}

/** Ways to put a fair into a database quickly. */
export interface HallMaker {
  fair(options?: FairOptions): Promise<TestFair>;
  tickets(fair: TestFair, count: number, facts?: Partial<Ticket>): Promise<{ ticket: Ticket; code: string }[]>;
  device(fair: TestFair, gate: HallGate): Promise<DeviceActor>;
}

/** The slices of the gate over a real database of their own. */
export type TestHall = TestModule & HallMaker;

/** What the gate's slices are made of. */
export const gateSlices = [eventsModule, IdentityModule, FairsModule, TicketsModule, AttendanceModule];

/** @param imports slices above attendance */
export async function testHall(imports: ModuleMetadata['imports'] = []): Promise<TestHall> {
  const testing = await testModule({ imports: [...gateSlices, ...imports] });
  return { ...testing, ...await hallMaker(testing.database, testing.module.get(TicketCodes, { strict: false })) };
}

export async function hallMaker({ read: db }: Database, codes: TicketCodes): Promise<HallMaker> {
  const organiserId = newId();
  await db.organisation.create({ data: { id: organiserId, kind: 'organiser', name: '澜江人社局', regionCode: '350100', department: '人社' } });

  return {
    async fair({ status = 'open', approved = 1_000, approvedA = approved, approvedB = approved, quota = null, starts = -1, ends = 6 } = {}) {
      const [id, venue, zoneA, zoneB] = [newId(), newId(), newId(), newId()];
      const at = (hours: number) => new Date(Date.now() + hours * HOUR);
      await db.fair.create({ data: { id, organiserId, name: '春风专场', channel: 'both', status, quota, regionCode: '350100', venueName: '澜江会展中心', startsAt: at(starts), endsAt: at(ends) } });
      await db.zone.createMany({ data: [
        { id: venue, fairId: id, name: '全场', approvedNumber: approved },
        { id: zoneA, fairId: id, parentId: venue, letter: 'A', name: 'A 区', approvedNumber: approvedA },
        { id: zoneB, fairId: id, parentId: venue, letter: 'B', name: 'B 区', approvedNumber: approvedB },
      ] });
      await db.zoneState.createMany({ data: [venue, zoneA, zoneB].map((zoneId) => ({ zoneId, fairId: id })) });
      const gate = (zoneId: string): HallGate => ({ id: newId(), zoneId, direction: 'both' });
      const [door, gateA, gateB] = [gate(venue), gate(zoneA), gate(zoneB)];
      await db.gate.createMany({ data: [{ ...door, fairId: id, name: '1 号门' }, { ...gateA, fairId: id, name: 'A 门' }, { ...gateB, fairId: id, name: 'B 门' }] });
      const organiser: MemberActor = { role: 'organiserAdmin', accountId: newId(), organisationId: organiserId };
      return { id, organiser, venue, zoneA, zoneB, door, gateA, gateB };
    },
    async tickets(fair, count, facts = {}) {
      const sign = await codes.signer();
      const first = randomInt(90_000_000);
      const now = Date.now();
      const made = await db.ticket.createManyAndReturn({
        data: Array.from({ length: count }, (_, n) => ({
          id: newId(), fairId: fair.id, accountId: null, kind: 'visitor' as TicketKind, shortCode: String(first + n).padStart(8, '0'), zoneIds: [],
          validFrom: new Date(now - 3 * HOUR), validUntil: new Date(now + 6 * HOUR), ...facts,
        })),
      });
      return made.map((ticket) => ({ ticket, code: sign(ticket) }));
    },
    async device(fair, gate) {
      const id = newId();
      await db.device.create({ data: { id, fairId: fair.id, gateId: gate.id, name: '手机', tokenHash: createHash('sha256').update(id).digest('hex') } });
      return { role: 'gateDevice', deviceId: id, fairId: fair.id, gateId: gate.id };
    },
  };
}

/** A scan's body. */
export const scanOf = (code: string, direction: 'entry' | 'exit' = 'entry', id: string = randomUUID()) =>
  ({ id, direction, code, happenedAt: new Date().toISOString() });

export const reasons = (results: ScanResult[]): (string | null)[] => results.map(({ reason }) => reason);
