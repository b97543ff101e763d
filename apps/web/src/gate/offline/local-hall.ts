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

/** What is known of one ticket's persons. `left`: zones that they were seen to leave here. */
export interface Known { presences: PresenceFacts[]; arrived: number; left: string[] }
/**
 * A passage: what it changed, and what is so after it. It is kept with its record, and told again on a newer snapshot; `after` is right
 * there whether that snapshot has the passage already or not.
 */
export interface Effect { key: string; changes: ZoneChange[]; after: Known }
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

/** Of a group whose ticket is newer than the snapshot, and whose code is from before codes told how many it is for, only the server knows. */
const MOST_IN_GROUP = 500;
const sizeOf = (kind: TicketKind): number => (kind === 'group' ? MOST_IN_GROUP : 1);

export class LocalHall {
  readonly book: TicketBook;
  readonly zones: Zones;
  private readonly known = new Map<string, Known>();

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
    const { ticketKind: kind, validFrom, validUntil, size = sizeOf(kind) } = read;
    return { key, booked: null, facts: { id: key, shortCode: '', kind, status: 'valid', zoneIds: [], validFrom, validUntil, size, arrived: this.of(key, null).arrived } };
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
    const effect = this.effect((ticket as FoundTicket).key, decision.changes, held!, at);
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
    return this.effect(key, changes, held, new Date(at));
  }

  apply({ key, after }: Effect): void {
    this.known.set(key, after);
  }

  private effect(key: string, changes: ZoneChange[], before: Known, at: Date): Effect {
    const presences = new Map(before.presences.map(presence => [presence.zoneId, presence]));
    const left = new Set(before.left);
    let { arrived } = before;
    for (const { zoneId, change } of changes) {
      const was = presences.get(zoneId);
      const persons = Math.max(0, (was ? was.persons ?? 1 : 0) + change);
      if (persons === 0) presences.delete(zoneId);
      else presences.set(zoneId, was && change <= 0 ? { ...was, persons } : { zoneId, gateId: this.gateId, since: at, persons });
      if (change > 0) left.delete(zoneId);
      else if (persons === 0) left.add(zoneId);
      if (zoneId === this.venueId && change > 0) arrived += change;
    }
    return { key, changes, after: { presences: [...presences.values()], arrived, left: [...left] } };
  }

  /** Persons of a ticket in the venue, as far as it is known here. */
  insideOf({ key, booked }: FoundTicket): number {
    return this.of(key, booked).presences.find(({ zoneId }) => zoneId === this.venueId)?.persons ?? 0;
  }

  /** Persons in a zone: the snapshot's number and what has changed here. */
  inside(zoneId: string): number {
    const personsAt = ({ presences }: Known) => presences.find(presence => presence.zoneId === zoneId)?.persons ?? 0;
    const more = [...this.known].reduce((sum, [key, now]) => sum + personsAt(now) - personsAt(this.booked(this.book.byKey(key))), 0);
    return Math.max(0, (this.zones.get(zoneId)?.inside ?? 0) + more);
  }

  private found(booked: BookedTicket, shortCode: string): FoundTicket {
    const { key, profile } = booked;
    const { arrived } = this.of(key, booked);
    return { key, booked, facts: { ...profile, id: key, shortCode, arrived, validFrom: new Date(profile.validFrom), validUntil: new Date(profile.validUntil) } };
  }

  private of(key: string, booked: BookedTicket | null): Known {
    return this.known.get(key) ?? this.booked(booked);
  }

  private booked(booked: BookedTicket | null): Known {
    if (!booked || booked.inside === 0) return { presences: [], arrived: booked?.arrived ?? 0, left: [] };
    const since = new Date(this.snapshot.facts.madeAt);
    // Of those who are in several zones a snapshot that does not say how many in which says only that they are in the venue.
    const path = booked.zoneId ? pathTo(this.zones, booked.zoneId) : this.venueId ? [this.venueId] : [];
    const perZone = booked.perZone ?? new Map(path.map(zoneId => [zoneId, booked.inside]));
    return { presences: [...perZone].map(([zoneId, persons]) => ({ zoneId, gateId: '', since, persons })), arrived: booked.arrived, left: [] };
  }

  /** The presences of somebody who wants out: theirs, or, where none is known, those that they must have. */
  private mayLeave(held: Known, count: number, at: Date): PresenceFacts[] {
    const { zoneId } = this.snapshot.facts.gate;
    const there = held.presences.find(presence => presence.zoneId === zoneId)?.persons ?? 0;
    if (there >= count || held.left.includes(zoneId)) return held.presences;
    const path = pathTo(this.zones, zoneId);
    const elsewhere = held.presences.filter(presence => !path.includes(presence.zoneId));
    return [...elsewhere, ...path.map(each => {
      const was = held.presences.find(presence => presence.zoneId === each);
      return { zoneId: each, gateId: '', since: at, ...was, persons: Math.max(was?.persons ?? 0, count) };
    })];
  }
}
