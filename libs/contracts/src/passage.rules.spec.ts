import type { RefusalReason } from './words.js';
import { decidePassage, type Passage, type TicketFacts, type ZoneFacts } from './passage.rules.js';

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
  const decision = decidePassage(passage(facts));
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
    expect(decidePassage(passage({ at: 'A', presences: inside('venue', 'A') }))).toEqual({ admitted: false, reason: 'alreadyInside', first: { zoneId: 'A', gateId: 'g', since: now } });
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
      expect(decidePassage(passage({ override, zones: zones(zone('venue', null, facts)) }))).toMatchObject({ admitted: true, override: true, enter: ['venue'], leave: [] });
    }
    expect(decidePassage(passage({ at: 'B', override, ticket: ticket({ zoneIds: ['A'] }) }))).toMatchObject({ admitted: true, override: true });
    expect(decidePassage(passage({ override }))).toMatchObject({ admitted: true, override: false });
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
