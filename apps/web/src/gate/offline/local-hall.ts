/**
 * The fair as this device alone knows it: the last snapshot, and what has happened here since. It decides by the server's own
 * rules, in memory. What is added without a network:
 *  - an entry needs a place of the device's lease; the zones' free places are others' to give;
 *  - a code that the server signed is good even if the snapshot is older than the ticket; eight digits are only as good as it;
 *  - whoever wants out gets out, unless this device itself saw them leave: they may have come in elsewhere since the snapshot.
 */
import {
  decidePassage, entryChanges, exitChanges, pathTo,
  type Direction, type PresenceFacts, type RefusalReason, type TicketFacts, type TicketKind, type ZoneChange, type ZoneFacts, type Zones,
} from '#libs/contracts';
import { ticketKey, TicketBook, type BookedTicket, type Snapshot } from './snapshot';
import { readCode } from './ticket-code';
import { fromBase64url } from './ed25519';

/** What a passage has changed: kept with its record, so that it can be told again on a newer snapshot. */
export interface Effect { key: string; changes: ZoneChange[]; gateId: string; at: number }
export interface FoundTicket { key: string; facts: TicketFacts; /** null: the snapshot is older than the ticket. */ booked: BookedTicket | null }
export type Found = FoundTicket | 'unreadable' | 'forged' | 'unknownTicket' | 'wrongFair';
export interface LocalQuestion { ticket: Found; direction: Direction; count: number; at: Date; lease: { places: number; zoneIds: readonly string[] } | null }
export interface LocalAnswer {
  admitted: boolean;
  reason: RefusalReason | null;
  /** Places of the lease that it takes. */
  places: number;
  effect: Effect | null;
  /** With `alreadyInside`: the entry, if it was at this device. */
  first: PresenceFacts | null;
}
/** `left`: zones that they were seen to leave here. */
interface Known { presences: PresenceFacts[]; arrived: number; left: Set<string> }

/** Of a group whose ticket is newer than the snapshot nobody here knows how many it is for: the server will. */
const MOST_IN_GROUP = 500;
const withSize = (kind: TicketKind): number => (kind === 'group' ? MOST_IN_GROUP : 1);

export class LocalHall {
  readonly book: TicketBook;
  readonly zones: Zones;
  private readonly known = new Map<string, Known>();
  private readonly changed = new Map<string, number>();

  constructor(readonly snapshot: Snapshot, private readonly gateId: string, effects: Iterable<Effect> = []) {
    this.book = new TicketBook(snapshot);
    this.zones = new Map(snapshot.facts.zones.map(zone => [zone.zoneId, { ...zone, id: zone.zoneId } satisfies ZoneFacts]));
    for (const effect of effects) this.apply(effect);
  }

  get venueId(): string | null {
    return [...this.zones.values()].find(({ parentId }) => parentId === null)?.id ?? null;
  }

  /** Whose code this is. */
  find(text: string): Found {
    const { keys, fairId } = this.snapshot.facts;
    const read = readCode(text, keyId => {
      const key = keys.find(({ id }) => id === keyId);
      return key && fromBase64url(key.publicKey);
    });
    if (read.kind === 'refused') return read.reason;
    if (read.kind === 'shortCode') {
      const booked = this.book.byShortCode(read.shortCode);
      return booked ? this.found(booked, read.shortCode) : 'unknownTicket';
    }
    if (read.fairId !== fairId) return 'wrongFair';
    const key = ticketKey(read.ticketId);
    const booked = this.book.byKey(key);
    if (booked) return this.found(booked, '');
    const { ticketKind: kind, validFrom, validUntil } = read;
    return { key, booked: null, facts: { id: key, shortCode: '', kind, status: 'valid', zoneIds: [], validFrom, validUntil, size: withSize(kind), arrived: this.of(key, null).arrived } };
  }

  /** Somebody who is registered at this gate now. */
  newcomer(ticketId: string, persons: number, at: Date): FoundTicket {
    const key = ticketKey(ticketId);
    const validUntil = new Date(this.snapshot.facts.fair.endsAt);
    return { key, booked: null, facts: { id: key, shortCode: '', kind: 'walkIn', status: 'valid', zoneIds: [], validFrom: at, validUntil, size: persons, arrived: 0 } };
  }

  /** Decides one passage; nothing is changed before `apply`. */
  decide({ ticket, direction, count, at, lease }: LocalQuestion): LocalAnswer {
    const { gate, fair, rules } = this.snapshot.facts;
    const now = at;
    const held = typeof ticket === 'string' ? null : this.of(ticket.key, ticket.booked);
    const presences = held && direction === 'exit' ? this.mayLeave(held, count, at) : held?.presences ?? [];
    // Free places are the server's to give: here only the lease has some.
    const zones: Zones = new Map([...this.zones].map(([id, zone]) => [id, { ...zone, inside: zone.approvedNumber, held: 0 }]));
    const decision = decidePassage({
      direction, gate, fairStatus: fair.status, zones, ticket: typeof ticket === 'string' ? ticket : ticket.facts, presences, now, override: false,
      count, reEntry: rules.reEntry, lease,
    });
    if (!decision.admitted) {
      return { admitted: false, reason: decision.reason === 'zoneFull' ? 'noLease' : decision.reason, places: 0, effect: null, first: decision.first?.gateId ? decision.first : null };
    }
    const effect = { key: (ticket as FoundTicket).key, changes: decision.changes, gateId: this.gateId, at: at.getTime() };
    return { admitted: true, reason: null, places: decision.leaseUsed ? count : 0, effect, first: null };
  }

  /** What the server let through here: the same persons, on what is known here. */
  effectOf(ticketId: string, direction: Direction, count: number, at: number): Effect {
    const key = ticketKey(ticketId);
    const booked = this.book.byKey(key);
    const held = this.of(key, booked);
    const { zoneId } = this.snapshot.facts.gate;
    const size = Math.max(booked?.profile.size ?? 1, count);
    const changes = direction === 'entry' ? entryChanges(this.zones, pathTo(this.zones, zoneId), held.presences, size, count)
      : exitChanges(this.zones, zoneId, this.mayLeave(held, count, new Date(at)), count);
    return { key, changes, gateId: this.gateId, at };
  }

  apply({ key, changes, gateId, at }: Effect): void {
    const held = this.of(key, this.book.byKey(key));
    const persons = new Map(held.presences.map(presence => [presence.zoneId, presence.persons ?? 1]));
    for (const { zoneId, change } of changes) {
      if (!this.zones.has(zoneId)) continue; // of a zone that is no more
      const now = Math.max(0, (persons.get(zoneId) ?? 0) + change);
      const was = held.presences.find(presence => presence.zoneId === zoneId);
      held.presences = held.presences.filter(presence => presence !== was);
      if (now > 0) held.presences.push(was && change <= 0 ? { ...was, persons: now } : { zoneId, gateId, since: new Date(at), persons: now });
      if (change > 0) held.left.delete(zoneId);
      else if (now === 0) held.left.add(zoneId);
      this.changed.set(zoneId, (this.changed.get(zoneId) ?? 0) + change);
      if (this.zones.get(zoneId)!.parentId === null && change > 0) held.arrived += change;
    }
    this.known.set(key, held);
  }

  /** Persons of a ticket in the venue, as far as it is known here. */
  insideOf({ key, booked }: FoundTicket): number {
    return this.of(key, booked).presences.find(({ zoneId }) => zoneId === this.venueId)?.persons ?? 0;
  }

  /** Persons in a zone: the snapshot's number and what has changed here. */
  inside(zoneId: string): number {
    return Math.max(0, (this.zones.get(zoneId)?.inside ?? 0) + (this.changed.get(zoneId) ?? 0));
  }

  private found(booked: BookedTicket, shortCode: string): FoundTicket {
    const { key, profile } = booked;
    const { arrived } = this.of(key, booked);
    return { key, booked, facts: { ...profile, id: key, shortCode, arrived, validFrom: new Date(profile.validFrom), validUntil: new Date(profile.validUntil) } };
  }

  private of(key: string, booked: BookedTicket | null): Known {
    const here = this.known.get(key);
    if (here) return here;
    if (!booked || booked.inside === 0) return { presences: [], arrived: booked?.arrived ?? 0, left: new Set() };
    const since = new Date(this.snapshot.facts.madeAt);
    const path = booked.zoneId ? pathTo(this.zones, booked.zoneId) : this.venueId ? [this.venueId] : [];
    return { presences: path.map(zoneId => ({ zoneId, gateId: '', since, persons: booked.inside })), arrived: booked.arrived, left: new Set() };
  }

  /** The presences of somebody who wants out: theirs, or, where none is known, those that they must have. */
  private mayLeave(held: Known, count: number, at: Date): PresenceFacts[] {
    const { zoneId } = this.snapshot.facts.gate;
    const there = held.presences.find(presence => presence.zoneId === zoneId)?.persons ?? 0;
    if (there >= count || held.left.has(zoneId)) return held.presences;
    const path = pathTo(this.zones, zoneId);
    const elsewhere = held.presences.filter(presence => !path.includes(presence.zoneId));
    return [...elsewhere, ...path.map(each => {
      const was = held.presences.find(presence => presence.zoneId === each);
      return { zoneId: each, gateId: '', since: at, ...was, persons: Math.max(was?.persons ?? 0, count) };
    })];
  }
}
