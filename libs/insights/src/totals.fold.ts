import type { EventsOf } from '#libs/events';
import { dayOf, type FairClock } from './fair-clocks.js';

export const totalsTypes = [
  'checkIn.recorded', 'checkIn.voided', 'presence.corrected', 'presence.swept', 'scan.refused', 'ticket.registered', 'ticket.cancelled', 'ticket.revoked',
  'application.submitted', 'application.statusChanged', 'lead.collected',
] as const;
export type TotalsEvent = EventsOf<(typeof totalsTypes)[number]>;
type CheckIn = EventsOf<'checkIn.recorded'>;
type Voiding = EventsOf<'checkIn.voided'>;
type Correction = EventsOf<'presence.corrected'>;
type Sweep = EventsOf<'presence.swept'>;
type Moves = CheckIn['data']['zones'];

/** What is to be added to each row, and for `inside` and `peak` what it is then. */
export interface FairChange {
  fairId: string; registered: number; visitors: number; entered: number; left: number; refused: number; applications: number; leads: number;
  /** After the last event that moved it; null: nothing did. */
  inside: number | null;
  peakInside: number; peakAt: string | null; position: number;
}
export interface ZoneChange { zoneId: string; fairId: string; entered: number; left: number; inside: number }
export interface MinuteChange { fairId: string; minute: string; entered: number; left: number; swept: number }
export interface GateMinuteChange { gateId: string; fairId: string; minute: string; entered: number; left: number; refused: number }
export interface GateChange { gateId: string; fairId: string; entered: number; left: number; refused: number; lastScanAt: string }
export interface RefusalChange { fairId: string; reason: string; count: number }
export interface BoothChange { fairId: string; organisationId: string; applications: number; leads: number }
export interface DayChange { fairId: string; day: string; entered: number; left: number }
/** Persons came into the venue with a ticket for `size` on a day (below 0: fewer did), those who come again too. */
export interface Visit { fairId: string; day: string; ticketId: string; entered: number; size: number }

/** Rows of one table by their key, each made at its first change. */
class Changes<Row extends object> {
  private readonly rows = new Map<string, Row>();

  at(key: string, fresh: () => Row): Row {
    const row = this.rows.get(key) ?? fresh();
    this.rows.set(key, row);
    return row;
  }

  list(): Row[] { return [...this.rows.values()]; }
}

/**
 * A batch of events, folded in memory: however many check-ins it holds, each table is written with one statement. Times
 * are `happenedAt`, so that a late upload lands in its own minute; the order is the log's.
 */
export class TotalsFold {
  private readonly byFair = new Changes<FairChange>();
  private readonly byZone = new Changes<ZoneChange>();
  private readonly byMinute = new Changes<MinuteChange>();
  private readonly byGateMinute = new Changes<GateMinuteChange>();
  private readonly byGate = new Changes<GateChange>();
  private readonly byReason = new Changes<RefusalChange>();
  private readonly byBooth = new Changes<BoothChange>();
  private readonly byDay = new Changes<DayChange>();
  private readonly byVisit = new Changes<Visit>();

  /** @param clocks of every fair in the batch; a fair that is missing has no venue to count in */
  constructor(private readonly clocks: ReadonlyMap<string, FairClock>) {}

  get fairs() { return this.byFair.list(); }
  get zones() { return this.byZone.list(); }
  get minutes() { return this.byMinute.list(); }
  get gateMinutes() { return this.byGateMinute.list(); }
  get gates() { return this.byGate.list(); }
  get refusals() { return this.byReason.list(); }
  get booths() { return this.byBooth.list(); }
  get days() { return this.byDay.list(); }
  get visits() { return this.byVisit.list(); }

  add(event: TotalsEvent): void {
    const { fairId } = event.data;
    if (fairId === null) return; // an application outside any fair
    const fair = this.fair(fairId, event.position);
    switch (event.type) {
      case 'checkIn.recorded': return this.checkIn(event, fair);
      case 'checkIn.voided': this.moves(event.data.zones, event.happenedAt, fair); return this.unvisit(event);
      case 'presence.corrected': this.moves(event.data.zones, event.happenedAt, fair); return this.visit(event);
      case 'presence.swept': return this.sweep(event, fair);
      case 'scan.refused': {
        fair.refused += 1;
        this.gate(fairId, event.data.gateId, event.happenedAt, 'refused');
        this.byReason.at(`${fairId} ${event.data.reason}`, () => ({ fairId, reason: event.data.reason, count: 0 })).count += 1;
        return;
      }
      // 报名: places that people took for themselves; walk-ins and staff are seen at the gate.
      case 'ticket.registered': fair.registered += event.data.kind === 'visitor' ? 1 : 0; return;
      case 'ticket.cancelled': fair.registered -= event.data.placeFreed ?? true ? 1 : 0; return;
      case 'ticket.revoked': fair.registered -= event.data.placeFreed ? 1 : 0; return;
      case 'application.submitted': return this.application(fair, event.data.organisationId, 1);
      case 'application.statusChanged': return event.data.status === 'withdrawn' ? this.application(fair, event.data.organisationId, -1) : undefined;
      case 'lead.collected': fair.leads += 1; this.booth(fairId, event.data.organisationId).leads += 1; return;
    }
  }

  private checkIn(event: CheckIn, fair: FairChange): void {
    const { data, happenedAt } = event;
    if (data.first) fair.visitors += 1;
    this.gate(data.fairId, data.gateId, happenedAt, data.direction === 'entry' ? 'entered' : 'left', data.persons);
    this.moves(data.zones, happenedAt, fair);
    this.visit(event);
  }

  /** Whoever comes into the venue. Persons without a ticket are nobody's visit. */
  private visit({ data: { fairId, ticketId, zones, size }, happenedAt }: CheckIn | Correction): void {
    if (ticketId !== null) this.visitors(fairId, ticketId, zones.filter(({ change }) => change > 0), happenedAt, size);
  }

  /** Whoever was let in and sent away. What goes up by it is who has not left after all. */
  private unvisit({ data: { fairId, ticketId, zones, passedAt }, happenedAt }: Voiding): void {
    this.visitors(fairId, ticketId, zones.filter(({ change }) => change < 0), passedAt ?? happenedAt);
  }

  private visitors(fairId: string, ticketId: string, zones: Moves, at: string, size = 1): void {
    const clock = this.clocks.get(fairId);
    const venue = zones.find(({ zoneId }) => zoneId === clock?.venueId);
    if (!clock || !venue) return;
    const day = dayOf(at, clock.timeZone);
    this.day(fairId, day); // its number moves
    const visit = this.byVisit.at(`${fairId} ${day} ${ticketId}`, () => ({ fairId, day, ticketId, entered: 0, size }));
    visit.entered += venue.change;
    visit.size = Math.max(visit.size, size);
  }

  private moves(zones: Moves, happenedAt: string, fair: FairChange): void {
    const { fairId } = fair;
    const clock = this.clocks.get(fairId);
    for (const { zoneId, change, inside } of zones) {
      const way = change > 0 ? 'entered' : 'left';
      const persons = Math.abs(change);
      this.zone(fairId, zoneId, inside)[way] += persons;
      if (zoneId !== clock?.venueId) continue;
      fair[way] += persons;
      fair.inside = inside;
      if (inside > fair.peakInside) Object.assign(fair, { peakInside: inside, peakAt: happenedAt });
      this.minute(fairId, happenedAt)[way] += persons;
      this.day(fairId, dayOf(happenedAt, clock.timeZone))[way] += persons;
    }
  }

  /** Nobody walked out: who is inside is told, and the curve falls. */
  private sweep({ data: { fairId, zones }, happenedAt }: Sweep, fair: FairChange): void {
    const venueId = this.clocks.get(fairId)?.venueId;
    for (const { zoneId, change, inside } of zones) {
      this.zone(fairId, zoneId, inside);
      if (zoneId !== venueId) continue;
      fair.inside = inside;
      this.minute(fairId, happenedAt).swept -= change;
    }
  }

  private zone(fairId: string, zoneId: string, inside: number): ZoneChange {
    return Object.assign(this.byZone.at(zoneId, () => ({ zoneId, fairId, entered: 0, left: 0, inside })), { inside });
  }

  private minute(fairId: string, happenedAt: string): MinuteChange {
    const minute = minuteOf(happenedAt);
    return this.byMinute.at(`${fairId} ${minute}`, () => ({ fairId, minute, entered: 0, left: 0, swept: 0 }));
  }

  private day(fairId: string, day: string): DayChange {
    return this.byDay.at(`${fairId} ${day}`, () => ({ fairId, day, entered: 0, left: 0 }));
  }

  private gate(fairId: string, gateId: string, happenedAt: string, what: 'entered' | 'left' | 'refused', persons = 1): void {
    const minute = minuteOf(happenedAt);
    this.byGateMinute.at(`${gateId} ${minute}`, () => ({ gateId, fairId, minute, entered: 0, left: 0, refused: 0 }))[what] += persons;
    const gate = this.byGate.at(gateId, () => ({ gateId, fairId, entered: 0, left: 0, refused: 0, lastScanAt: happenedAt }));
    gate[what] += persons;
    if (happenedAt > gate.lastScanAt) gate.lastScanAt = happenedAt;
  }

  private application(fair: FairChange, organisationId: string, by: 1 | -1): void {
    fair.applications += by;
    this.booth(fair.fairId, organisationId).applications += by;
  }

  private booth(fairId: string, organisationId: string): BoothChange {
    return this.byBooth.at(`${fairId} ${organisationId}`, () => ({ fairId, organisationId, applications: 0, leads: 0 }));
  }

  private fair(fairId: string, position: number): FairChange {
    const fair = this.byFair.at(fairId, () => ({
      fairId, registered: 0, visitors: 0, entered: 0, left: 0, refused: 0, applications: 0, leads: 0, inside: null, peakInside: 0, peakAt: null, position,
    }));
    fair.position = position;
    return fair;
  }
}

/** `2026-03-07T01:23:45.678Z` → `2026-03-07T01:23:00.000Z`. */
const minuteOf = (instant: string): string => `${instant.slice(0, 16)}:00.000Z`;
