import fc from 'fast-check';
import type { RefusalReason } from '#libs/contracts';
import { decide, type Passage, type TicketFacts, type ZoneFacts } from './check-in.rules.js';
import { runs, seed } from '../../../test/support/runs.js';
import { Hall, type GateFacts, type ZoneCount } from './hall.js';

const now = new Date('2026-03-07T02:00:00Z');
const HOUR = 3_600_000;

const zone = (id: string, parentId: string | null, facts: Partial<ZoneFacts> = {}): ZoneFacts =>
  ({ id, parentId, name: id, approvedNumber: 10, inside: 0, earlyLocked: false, stopped: false, ...facts });
const zones = (...changed: ZoneFacts[]) => new Map([zone('venue', null), zone('A', 'venue'), zone('B', 'venue'), zone('A1', 'A'), ...changed].map((each) => [each.id, each]));
const ticket = (facts: Partial<TicketFacts> = {}): TicketFacts => ({
  id: 't', shortCode: '20715530', kind: 'visitor', status: 'valid', zoneIds: [],
  validFrom: new Date(now.getTime() - HOUR), validUntil: new Date(now.getTime() + HOUR), ...facts,
});
const inside = (...zoneIds: string[]) => zoneIds.map((zoneId) => ({ zoneId, gateId: 'g', since: now }));
const passage = (facts: Partial<Passage> & { at?: string } = {}): Passage => ({
  direction: 'entry', gate: { zoneId: facts.at ?? 'venue', direction: 'both' }, fairStatus: 'open', zones: zones(), ticket: ticket(), presences: [], now, override: false, ...facts,
});
const verdict = (facts: Parameters<typeof passage>[0]): RefusalReason | [enter: string, leave: string] => {
  const decision = decide(passage(facts));
  return decision.admitted ? [decision.enter.join(), decision.leave.join()] : decision.reason;
};

describe('an entry', () => {
  it('counts the zone and what lies around it, and moves out of a sibling', () => {
    expect(verdict({ at: 'venue' })).toEqual(['venue', '']);
    expect(verdict({ at: 'A' })).toEqual(['venue,A', '']);
    expect(verdict({ at: 'A', presences: inside('venue') })).toEqual(['A', '']);
    expect(verdict({ at: 'B', presences: inside('venue', 'A', 'A1') })).toEqual(['B', 'A,A1']);
    expect(verdict({ at: 'A1', presences: inside('venue', 'A') })).toEqual(['A1', '']);
  });

  it('is refused to somebody who is there already, with the first entry', () => {
    expect(verdict({ at: 'venue', presences: inside('venue', 'A') })).toBe('alreadyInside');
    expect(decide(passage({ at: 'A', presences: inside('venue', 'A') }))).toEqual({ admitted: false, reason: 'alreadyInside', first: { zoneId: 'A', gateId: 'g', since: now } });
  });

  it('is refused for what is wrong with the ticket, each with its own reason', () => {
    for (const reason of ['unreadable', 'forged', 'unknownTicket', 'wrongFair'] as const) expect(verdict({ ticket: reason })).toBe(reason);
    expect(verdict({ ticket: ticket({ status: 'revoked' }) })).toBe('revoked');
    expect(verdict({ ticket: ticket({ status: 'cancelled' }) })).toBe('cancelled');
    expect(verdict({ ticket: ticket({ validFrom: new Date(now.getTime() + 1) }) })).toBe('notYetValid');
    expect(verdict({ ticket: ticket({ validFrom: now }) })).toEqual(['venue', '']);
    expect(verdict({ ticket: ticket({ validUntil: now }) })).toBe('expired');
    expect(verdict({ at: 'B', ticket: ticket({ zoneIds: ['A'] }) })).toBe('wrongZone');
    // The way to its zone is open, and what lies in it.
    expect(verdict({ at: 'venue', ticket: ticket({ zoneIds: ['A'] }) })).toEqual(['venue', '']);
    expect(verdict({ at: 'A1', ticket: ticket({ zoneIds: ['A'] }) })).toEqual(['venue,A,A1', '']);
    expect(verdict({ at: 'B', ticket: ticket({ zoneIds: ['venue'] }) })).toEqual(['venue,B', '']);
  });

  it('is refused at an exit, and while the fair is not open; who builds up comes from publishing on', () => {
    expect(verdict({ gate: { zoneId: 'venue', direction: 'exit' } })).toBe('wrongDirection');
    for (const fairStatus of ['draft', 'published', 'closed', 'archived', 'cancelled'] as const) expect(verdict({ fairStatus })).toBe('fairNotOpen');
    expect(verdict({ fairStatus: 'published', ticket: ticket({ kind: 'staff' }) })).toEqual(['venue', '']);
    expect(verdict({ fairStatus: 'closed', ticket: ticket({ kind: 'staff' }) })).toBe('fairNotOpen');
  });

  it('is refused where one more would be one too many, in any zone that would rise, for staff too', () => {
    const full = { inside: 10 };
    expect(verdict({ at: 'A', zones: zones(zone('A', 'venue', full)) })).toBe('zoneFull');
    expect(verdict({ at: 'A', zones: zones(zone('venue', null, full)), ticket: ticket({ kind: 'staff' }) })).toBe('zoneFull');
    // Who is in the venue already does not make it fuller.
    expect(verdict({ at: 'A', zones: zones(zone('venue', null, full)), presences: inside('venue') })).toEqual(['A', '']);
    expect(verdict({ at: 'A', zones: zones(zone('A', 'venue', { inside: 9 })) })).toEqual(['venue,A', '']);
    expect(verdict({ at: 'A', zones: zones(zone('A', 'venue', { inside: 12 })) })).toBe('zoneFull');
    expect(verdict({ zones: zones(zone('venue', null, { approvedNumber: 0 })) })).toBe('zoneFull');
    expect(verdict({ at: 'A', zones: zones(zone('A', 'venue', { earlyLocked: true })) })).toBe('zoneLocked');
    expect(verdict({ at: 'A', zones: zones(zone('venue', null, { stopped: true })), presences: inside('venue') })).toBe('fairStopped');
  });

  it('by override goes past full, locked, stopped and wrong zone, and says whether it was needed', () => {
    const override = true;
    for (const facts of [{ inside: 10 }, { earlyLocked: true }, { stopped: true }]) {
      expect(decide(passage({ override, zones: zones(zone('venue', null, facts)) }))).toEqual({ admitted: true, override: true, enter: ['venue'], leave: [] });
    }
    expect(decide(passage({ at: 'B', override, ticket: ticket({ zoneIds: ['A'] }) }))).toMatchObject({ admitted: true, override: true });
    expect(decide(passage({ override }))).toMatchObject({ admitted: true, override: false });
  });

  it('by override stays refused with a ticket that is not good, and for somebody who is in', () => {
    const override = true;
    for (const reason of ['unreadable', 'forged', 'unknownTicket', 'wrongFair'] as const) expect(verdict({ override, ticket: reason })).toBe(reason);
    for (const status of ['revoked', 'cancelled'] as const) expect(verdict({ override, ticket: ticket({ status }) })).toBe(status);
    expect(verdict({ override, ticket: ticket({ validUntil: now }) })).toBe('expired');
    expect(verdict({ override, fairStatus: 'closed' })).toBe('fairNotOpen');
    expect(verdict({ override, presences: inside('venue') })).toBe('alreadyInside');
  });
});

describe('an exit', () => {
  const exit = { direction: 'exit' } as const;

  it('leaves the zone with what lies in it, and at a door everything', () => {
    expect(verdict({ ...exit, at: 'A', presences: inside('venue', 'A', 'A1') })).toEqual(['', 'A,A1']);
    expect(verdict({ ...exit, at: 'venue', presences: inside('venue', 'A', 'A1') })).toEqual(['', 'venue,A,A1']);
    expect(verdict({ ...exit, at: 'venue' })).toBe('notInside');
    expect(verdict({ ...exit, at: 'B', presences: inside('venue', 'A') })).toBe('notInside');
    expect(verdict({ ...exit, gate: { zoneId: 'venue', direction: 'entry' }, presences: inside('venue') })).toBe('wrongDirection');
  });

  it('works for whoever is inside, whatever became of ticket, fair and lock', () => {
    const presences = inside('venue');
    for (const status of ['revoked', 'cancelled'] as const) expect(verdict({ ...exit, presences, ticket: ticket({ status }) })).toEqual(['', 'venue']);
    expect(verdict({ ...exit, presences, ticket: ticket({ validUntil: new Date(0) }) })).toEqual(['', 'venue']);
    for (const fairStatus of ['closed', 'cancelled', 'archived'] as const) expect(verdict({ ...exit, presences, fairStatus })).toEqual(['', 'venue']);
    expect(verdict({ ...exit, presences, zones: zones(zone('venue', null, { stopped: true, earlyLocked: true, inside: 99 })) })).toEqual(['', 'venue']);
  });
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
      const start: ZoneCount[] = gates.map(({ zoneId }, n) => ({ ...zone(zoneId, { venue: null, A: 'venue', B: 'venue', A1: 'A' }[zoneId]!), approvedNumber: approved[n]!, entered: 0, left: 0 }));
      const hall = new Hall({ fair: { id: 'f', status: 'open' }, zones: start, gates, tickets: people.map((id) => ({ ...ticket({ id, shortCode: id }), entered: false })), presences: [], now });
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
          const { decision, moves } = hall.pass({ direction: each.direction, gate, ticket: hall.ticket(who)!, happenedAt: now, override: each.override });
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
