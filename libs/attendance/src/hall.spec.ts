import fc from 'fast-check';
import type { TicketFacts, ZoneFacts } from '#libs/contracts';
import { runs, seed } from '../../../test/support/runs.js';
import { Hall, type GateFacts, type ZoneCount } from './hall.js';

const now = new Date('2026-03-07T02:00:00Z');
const HOUR = 3_600_000;

const zone = (id: string, parentId: string | null, facts: Partial<ZoneFacts> = {}): ZoneFacts =>
  ({ id, parentId, name: id, approvedNumber: 10, inside: 0, earlyLocked: false, stopped: false, ...facts });
const ticket = (facts: Partial<TicketFacts> = {}): TicketFacts => ({
  id: 't', shortCode: '20715530', kind: 'visitor', status: 'valid', zoneIds: [],
  validFrom: new Date(now.getTime() - HOUR), validUntil: new Date(now.getTime() + HOUR), ...facts,
});

describe(`any day at the gates (seed ${seed})`, () => {
  const gates: GateFacts[] = ['venue', 'A', 'B', 'A1'].map((zoneId) => ({ id: `g${zoneId}`, zoneId, name: zoneId, direction: 'both' }));
  const people = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
  const step = fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: fc.constant('pass' as const), who: fc.nat(people.length - 1), gate: fc.nat(gates.length - 1), direction: fc.constantFrom('entry' as const, 'exit' as const), override: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('capacity' as const), zone: fc.nat(3), to: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('lock' as const), zone: fc.nat(3), on: fc.boolean() }) },
  );

  it('ends with the count that a list of persons has, and no zone goes above its number without an override', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 120 }), fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }), (steps, approved) => {
      const start: ZoneCount[] = gates.map(({ zoneId }, n) => ({ ...zone(zoneId, { venue: null, A: 'venue', B: 'venue', A1: 'A' }[zoneId]!), approvedNumber: approved[n]!, entered: 0, left: 0, held: 0, bodies: 0 }));
      const hall = new Hall({ fair: { id: 'f', status: 'open' }, zones: start, gates, tickets: people.map((id) => ({ ...ticket({ id, shortCode: id }), entered: false, size: 1, arrived: 0, lastOrder: 0 })), presences: [], leases: [], devices: [], reEntry: true, now });
      // The naive model: in which zone each person stands, and the ways between.
      const around: Record<string, string[]> = { venue: ['venue'], A: ['venue', 'A'], B: ['venue', 'B'], A1: ['venue', 'A', 'A1'] };
      const out: Record<string, string | null> = { venue: null, A: 'venue', B: 'venue', A1: 'A' };
      const stands = new Map<string, string | null>(people.map((id) => [id, null]));
      const within = (zoneId: string) => [...stands.values()].filter((at) => at !== null && around[at]!.includes(zoneId)).length;

      for (const each of steps) {
        if (each.do === 'capacity') hall.zones.get(gates[each.zone]!.zoneId)!.approvedNumber = each.to;
        else if (each.do === 'lock') hall.zones.get(gates[each.zone]!.zoneId)!.earlyLocked = each.on;
        else {
          const who = people[each.who]!;
          const gate = gates[each.gate]!;
          const before = new Map([...hall.zones].map(([id, { inside: n }]) => [id, n]));
          const { decision, moves } = hall.pass({ direction: each.direction, gate, ticket: hall.ticket(who)!, happenedAt: now, override: each.override, count: 1, lease: null });
          const at = stands.get(who)!;
          const isIn = at !== null && around[at]!.includes(gate.zoneId);
          if (each.direction === 'exit') expect(decision.admitted).toBe(isIn);
          if (decision.admitted) stands.set(who, each.direction === 'entry' ? gate.zoneId : out[gate.zoneId]!);
          for (const { zoneId, inside: n } of moves) {
            expect(n).toBe(hall.zones.get(zoneId)!.inside);
            const rose = n > before.get(zoneId)!;
            if (rose && !(decision.admitted && decision.override)) expect(n).toBeLessThanOrEqual(hall.zones.get(zoneId)!.approvedNumber);
          }
        }
        for (const [id, { inside: n, entered, left }] of hall.zones) {
          expect(n).toBe(within(id));
          expect(entered - left).toBe(n);
        }
      }
      const { gone, come } = hall.changes();
      expect(gone).toEqual([]);
      expect(come.filter(({ zoneId }) => zoneId === 'venue').length).toBe(within('venue'));
    }), runs(300, 5_000));
  });
});
