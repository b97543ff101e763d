import { createHash } from 'node:crypto';
import { pathTo, type ConflictKind, type OfflineRecord, type RefusalReason, type ScanResult, type UploadedRecord } from '#libs/contracts';
import type { AnyDraft } from '#libs/events';
import { newId } from '#libs/platform';
import type { ReadCode } from '#libs/tickets';
import type { FairCourse } from './fair-course.rules.js';
import type { GateFacts, Hall, HallLease, KnownTicket, Move } from './hall.js';
import { scanResult } from './scan-result.js';
import type { BatchWrites, KnownScan } from './scan-store.js';
import { difference, walk, type Excess, type PassageRecord, type Walked } from './timeline.rules.js';
import { objectionTo } from './upload-objection.js';

/** A record as it was read: its code, and when it happened by our clock. */
export interface ReadRecord { record: OfflineRecord; id: string; read: ReadCode; codeHash: string; at: Date; order: number; walkInHolds: boolean }
export interface UploadFacts {
  hall: Hall;
  fairId: string;
  deviceId: string;
  gate: GateFacts;
  known: readonly KnownScan[];
  /** Records that this device has uploaded before. */
  seen: ReadonlySet<string>;
  /** Records of the tickets so far, none that are void or swept. */
  past: ReadonlyMap<string, PassageRecord[]>;
  sweeps: readonly number[];
  /** What was true at the fair when a record happened. */
  course: FairCourse;
  /** By scan that the server has admitted with a place of a lease of this device: that lease. */
  usedLeases: ReadonlyMap<string, string>;
}
/** A conflict to be written: open, or with so many persons fewer (0: explained). */
export interface ConflictWrite { scanId: string; kind: ConflictKind; ticketId: string | null; otherScanId: string | null; persons: number; held: number; heldZoneIds: string[] }

/** What a conflict keeps so far; `decided`: somebody has said what it was. */
export type HeldByConflict = Pick<ConflictWrite, 'held' | 'heldZoneIds'> & { decided: boolean };

/** The id under which an admission is kept whose question the server had refused, too late to be heard. */
export const laterId = (id: string): string =>
  createHash('sha256').update(`${id}:offline`).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');

const nowhere: Walked = { presences: [], entered: new Map(), left: new Map(), excess: new Map() };

/** Carries out what a device has decided without us, in memory: record by record, in its own order. */
export class UploadBatch implements Pick<BatchWrites, 'scans' | 'checkIns'> {
  readonly scans: BatchWrites['scans'] = [];
  readonly checkIns: BatchWrites['checkIns'] = [];
  readonly drafts: AnyDraft[] = [];
  /** By scan. */
  readonly conflicts = new Map<string, ConflictWrite>();
  /** Check-ins that did not take place after all. */
  readonly voided: string[] = [];
  /** Persons without a ticket that we know. */
  readonly bodies: { zoneId: string; persons: number; order: number; at: Date; id: string }[] = [];
  private readonly spared = new Set<string>();
  private readonly knownScans: Map<string, KnownScan>;
  private readonly walked = new Map<string, Walked>();
  private readonly past: Map<string, PassageRecord[]>;

  /** @param held what the tickets' conflicts keep, by scan */
  constructor(private readonly facts: UploadFacts, private readonly held: ReadonlyMap<string, HeldByConflict>) {
    this.knownScans = new Map(facts.known.map((scan) => [scan.id, scan]));
    this.past = new Map([...facts.past].map(([id, records]) => [id, [...records]]));
  }

  take(item: ReadRecord): UploadedRecord {
    const { id, record } = item;
    const answer = (outcome: UploadedRecord['outcome'], conflict: ConflictKind | null = null): UploadedRecord => ({ id, sequence: record.sequence, outcome, conflict });
    const known = this.knownScans.get(id);
    if (known && (known.fairId !== this.facts.fairId || known.result.admitted === record.admitted)) {
      if (!this.facts.seen.has(id)) this.spare(record, known);
      return answer('duplicate');
    }
    if (known && !record.admitted) {
      this.undo(known);
      return answer('accepted');
    }
    const scanId = known ? laterId(id) : id;
    if (this.knownScans.has(scanId)) return answer('duplicate'); // was taken before, under its other id
    const conflict = record.admitted ? this.admitted(item, scanId) : this.refused(item, scanId);
    return answer(conflict ? 'conflict' : 'accepted', conflict);
  }

  private ticketOf({ read, record, walkInHolds }: ReadRecord): KnownTicket | Exclude<RefusalReason, 'alreadyInside'> {
    const { hall, fairId } = this.facts;
    if (record.walkIn) return walkInHolds ? hall.ticket(record.walkIn.ticketId.toLowerCase()) ?? 'unknownTicket' : 'forged';
    if (read.kind === 'refused') return read.reason;
    if (read.kind === 'shortCode') return hall.ticketByShortCode(read.shortCode) ?? 'unknownTicket';
    return read.fairId === fairId ? hall.ticket(read.ticketId) ?? 'unknownTicket' : 'wrongFair';
  }

  private refused(item: ReadRecord, scanId: string): null {
    const ticket = this.ticketOf(item);
    const known = typeof ticket === 'string' ? null : ticket;
    const reason = item.record.reason ?? 'unreadable';
    this.keep(item, scanId, known, { admitted: false, reason, first: null }, []);
    this.tell(item, { type: 'scan.refused', data: { fairId: this.facts.fairId, scanId, gateId: this.facts.gate.id, direction: item.record.direction, reason, ticketId: known?.id ?? null } });
    return null;
  }

  private admitted(item: ReadRecord, scanId: string): ConflictKind | null {
    const { hall, gate, fairId } = this.facts;
    const { record, at, order } = item;
    const persons = record.count ?? 1;
    const ticket = this.ticketOf(item);
    const lease = this.leaseOf(record);
    const taken = record.direction === 'entry' && lease ? this.place(lease, persons) : 0;
    // The day of the record is over: whoever came in then is out.
    const over = this.facts.sweeps.some((sweep) => sweep > order);
    const missing = record.direction === 'entry' && taken < persons && !over;
    if (typeof ticket === 'string') {
      this.keep(item, scanId, null, { admitted: true }, []);
      if (record.direction === 'exit' || over) return null;
      // Somebody is inside, whatever their paper was: they are counted, as persons without a ticket.
      this.bodies.push({ id: newId(), zoneId: gate.zoneId, persons, order, at });
      const zones = hall.countBodies(pathTo(hall.zones, gate.zoneId), persons);
      this.tell(item, { type: 'presence.corrected', data: { fairId, correctionId: this.bodies.at(-1)!.id, zoneId: gate.zoneId, gateId: gate.id, persons, ticketId: null, reason: '', zones, order } });
      return this.raise(item, { scanId, kind: 'notValid', ticketId: null, otherScanId: null, persons, held: 0, heldZoneIds: [] });
    }
    const checkInId = newId();
    const before = this.now(ticket);
    const records = [...this.past.get(ticket.id) ?? [], { id: checkInId, scanId, direction: record.direction, zoneId: gate.zoneId, gateId: gate.id, persons, since: at, order }];
    this.past.set(ticket.id, records);
    const moves = this.rewalk(ticket, before, lease && { lease, free: over ? 0 : taken });
    const arrived = hall.arrived(moves);
    ticket.arrived += arrived;
    const first = record.direction === 'entry' && hall.firstEntry(ticket.id);
    this.keep(item, scanId, ticket, { admitted: true }, moves);
    this.checkIns.push({ id: checkInId, scanId, zoneId: gate.zoneId, gateId: gate.id, ticketId: ticket.id, direction: record.direction, persons, arrived, order, offline: true, mark: null, happenedAt: at.toISOString() });
    this.tell(item, { type: 'checkIn.recorded', data: {
      fairId, checkInId, scanId, ticketId: ticket.id, gateId: gate.id, direction: record.direction, zones: moves, first, override: false,
      ...(persons > 1 && { persons }), ...(ticket.size > 1 && { size: ticket.size }), zoneId: gate.zoneId, order, offline: true } });
    const own = this.conflicts.get(scanId);
    if (own && own.persons > 0) return own.kind;
    const kind = missing ? 'noPlace' : this.objection(item, ticket);
    return kind === null ? null : this.raise(item, { scanId, kind, ticketId: ticket.id, otherScanId: null, persons, held: 0, heldZoneIds: [] });
  }

  /**
   * The server admitted, and its answer came too late: the gate has sent the person away. A place that this took goes back to its own
   * lease, not to a later one of the device, which the device fills without it: kept while the lease is outstanding (the device may give
   * it away), presumed (it may have), or reported (it has said how many it used, and not counted this one, so that one of its records to
   * come would find no place). Of a settled lease nothing more is expected: the place is free.
   */
  private undo({ id, result }: KnownScan): void {
    const { hall, fairId } = this.facts;
    const ticket = result.ticket && hall.ticket(result.ticket.id);
    const record = ticket && this.past.get(ticket.id)?.find(({ scanId }) => scanId === id);
    if (!ticket || !record) return;
    const before = this.now(ticket);
    this.past.set(ticket.id, this.past.get(ticket.id)!.filter((each) => each !== record));
    const zones = this.rewalk(ticket, before, null);
    const lease = hall.leases.get(this.facts.usedLeases.get(id) ?? '');
    if (lease && lease.status !== 'settled') hall.takePlaces(lease, -record.persons);
    this.voided.push(record.id);
    this.drafts.push({ type: 'checkIn.voided', scope: { kind: 'fair', id: fairId }, actorId: this.facts.deviceId,
      data: { fairId, checkInId: record.id, ticketId: ticket.id, zones, reason: 'answeredTooLate', passedAt: record.since.toISOString() } });
  }

  /** The server had let them in without a place, unheard; the gate has used one for the same persons: it is free again. */
  private spare(record: OfflineRecord, { id, result }: KnownScan): void {
    const lease = this.leaseOf(record);
    const first = ![...this.spared, ...this.scans.map((scan) => scan.id)].includes(id);
    this.spared.add(id);
    if (first && lease && record.admitted && record.direction === 'entry' && !result.leaseUsed) this.place(lease, record.count ?? 1);
  }

  private now(ticket: KnownTicket): Walked {
    return this.walked.get(ticket.id) ?? this.walkOf(ticket);
  }

  private walkOf({ id, size }: KnownTicket): Walked {
    const records = this.past.get(id) ?? [];
    return records.length === 0 ? nowhere : walk(this.facts.hall.zones, size, records, this.facts.sweeps);
  }

  /** Walks the ticket's day anew, moves the counters by what is different, and opens and closes its conflicts. */
  private rewalk(ticket: KnownTicket, before: Walked, place: { lease: HallLease; free: number } | null): Move[] {
    const { hall } = this.facts;
    const after = this.walkOf(ticket);
    this.walked.set(ticket.id, after);
    const moves = difference(before, after).map(({ zoneId, change }) => hall.count(zoneId, change));
    hall.settle(ticket.id, after.presences);
    for (const id of new Set([...before.excess.keys(), ...after.excess.keys()])) {
      const [was, is] = [before.excess.get(id), after.excess.get(id)];
      if (was?.persons === is?.persons) continue;
      this.change(ticket, (is ?? was)!, is?.holder ?? null, is?.persons ?? 0, (is?.persons ?? 0) - (was?.persons ?? 0), place);
    }
    return moves;
  }

  private change(ticket: KnownTicket, { scanId, zoneId }: Excess, otherScanId: string | null, persons: number, more: number, place: { lease: HallLease; free: number } | null): void {
    const { hall } = this.facts;
    const known = this.conflicts.get(scanId) ?? this.held.get(scanId);
    const conflict: ConflictWrite = { scanId, kind: 'twice', ticketId: ticket.id, otherScanId, persons, held: known?.held ?? 0, heldZoneIds: known?.heldZoneIds ?? [] };
    const keep = (way: string[], kept: number) => {
      if (kept === 0) return;
      hall.hold(conflict.heldZoneIds, -conflict.held);
      conflict.held += kept;
      conflict.heldZoneIds = way;
      hall.hold(way, conflict.held);
    };
    if (more > 0) {
      // The second body has taken a place: it stays kept, until somebody says whose it is.
      const lent = place ? Math.min(more, place.free) : 0;
      if (place && lent > 0) {
        place.free -= lent;
        // On the way to where they stand, as far as the places are on it: those of another gate's lease may not be.
        keep(pathTo(hall.zones, zoneId).filter((id) => place.lease.zoneIds.includes(id) && (conflict.held === 0 || conflict.heldZoneIds.includes(id))), lent);
      }
      // One that was taken for the same person, who had come further in, has lost its place to whoever came next: it gets another, if there is one.
      if (!this.held.get(scanId)?.decided && !this.isOver(ticket, scanId)) {
        const way = conflict.held > 0 ? conflict.heldZoneIds : pathTo(hall.zones, zoneId);
        keep(way, Math.min(more - lent, hall.room(way)));
      }
    }
    if (more < 0) {
      const freed = Math.max(0, conflict.held - persons);
      hall.hold(conflict.heldZoneIds, -freed);
      conflict.held -= freed;
    }
    this.conflicts.set(scanId, conflict);
  }

  /** Whether the day of a ticket's record has been ended. */
  private isOver(ticket: KnownTicket, scanId: string): boolean {
    const record = this.past.get(ticket.id)?.find((each) => each.scanId === scanId);
    return record !== undefined && this.facts.sweeps.some((sweep) => sweep > record.order);
  }

  /** Places of the lease; of one that was settled by hand the persons who were counted then. */
  private place(lease: HallLease, persons: number): number {
    const { hall } = this.facts;
    const taken = hall.takePlaces(lease, persons);
    const counted = Math.min(persons - taken, lease.bodies);
    if (counted > 0) {
      lease.bodies -= counted;
      lease.used += counted;
      hall.touchLease(lease);
      const zones = hall.countBodies(lease.zoneIds, -counted);
      const order = hall.now.getTime() * 1_000;
      const body = { id: newId(), zoneId: lease.zoneIds.at(-1)!, persons: -counted, order, at: hall.now };
      this.bodies.push(body);
      this.drafts.push({ type: 'presence.corrected', scope: { kind: 'fair', id: this.facts.fairId }, actorId: this.facts.deviceId,
        data: { fairId: this.facts.fairId, correctionId: body.id, zoneId: body.zoneId, gateId: this.facts.gate.id, persons: -counted, ticketId: null, reason: '', zones, order } });
    }
    if (lease.held === 0 && lease.status !== 'outstanding') lease.status = 'settled';
    return taken + counted;
  }

  private leaseOf({ leaseId }: OfflineRecord): HallLease | null {
    const lease = leaseId === null ? undefined : this.facts.hall.leases.get(leaseId.toLowerCase());
    return lease && lease.deviceId === this.facts.deviceId ? lease : null;
  }

  private objection({ record, at, order }: ReadRecord, ticket: KnownTicket): ConflictKind | null {
    if (record.direction === 'exit') return null;
    const { hall, gate, course, sweeps } = this.facts;
    const began = Math.max(0, ...sweeps.filter((sweep) => sweep < order));
    const earlier = (this.past.get(ticket.id) ?? []).filter((each) => each.order > began && each.order < order);
    const { presences, entered } = walk(hall.zones, ticket.size, earlier, []);
    const arrived = entered.get(pathTo(hall.zones, gate.zoneId)[0]!) ?? 0;
    return objectionTo({ order, at, count: record.count ?? 1, gate, ticket: { ...ticket, arrived }, presences }, hall, course);
  }

  private raise(_: ReadRecord, conflict: ConflictWrite): ConflictKind {
    this.conflicts.set(conflict.scanId, conflict);
    return conflict.kind;
  }

  private keep(item: ReadRecord, scanId: string, ticket: KnownTicket | null, verdict: { admitted: true } | { admitted: false; reason: RefusalReason; first: null }, moves: Move[]): void {
    const { hall, gate, deviceId, fairId } = this.facts;
    const { record, codeHash, at } = item;
    const decision = verdict.admitted ? { admitted: true as const, override: false, leaseUsed: false, enter: [], leave: [], changes: [] } : verdict;
    const result: ScanResult = scanResult({ id: scanId, direction: record.direction }, hall, gate, { decision, ticket, moves, first: false });
    const reason = verdict.admitted ? null : verdict.reason;
    this.scans.push({ id: scanId, gateId: gate.id, deviceId, ticketId: ticket?.id ?? null, direction: record.direction, codeHash, admitted: record.admitted, reason, result, happenedAt: at.toISOString() });
    this.knownScans.set(scanId, { id: scanId, fairId, result });
  }

  private tell({ at }: ReadRecord, fact: Pick<AnyDraft, 'type' | 'data'>): void {
    this.drafts.push({ ...fact, scope: { kind: 'fair', id: this.facts.fairId }, actorId: this.facts.deviceId, happenedAt: at } as AnyDraft);
  }
}
