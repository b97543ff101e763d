/**
 * Gates without a network. A device takes a signed snapshot and a lease (a share of the free places), decides alone, and
 * uploads in order when it is heard again. Everything counted: inside + held passes an approved number only by an
 * override, a correction, a lowered number or an entry reported without a place.
 */
import type { Direction } from '../passage.rules.js';
import type { FairStatus, GateDirection, RefusalReason, TicketKind, TicketStatus } from '../words.js';
import type { ZoneStatus } from './attendance.js';
import type { Id, Instant } from './common.js';
import type { TicketKey } from './tickets.js';

export interface DeviceKey { publicKey: string }

/** `signature`: Ed25519 (base64url) by the ticket key `keyId` of the UTF-8 bytes of `FWO1.` + `snapshot`; `snapshot` is JSON of OfflineSnapshot. */
export interface SignedOffline { keyId: number; signature: string; snapshot: string }
export interface OfflineSnapshot {
  deviceId: Id; fairId: Id; gateId: Id;
  /** Asked for as `since` the next time. */
  position: number;
  /** true: this is everything; false: merge `tickets` by key, and with them `groups`; take the rest as it is. */
  whole: boolean;
  /** The server's clock. */
  madeAt: Instant;
  keys: TicketKey[];
  fair: { status: FairStatus; startsAt: Instant; endsAt: Instant; timeZone: string };
  /** `path`: the venue first, the gate's own zone last. */
  gate: { zoneId: Id; direction: GateDirection; path: Id[] };
  rules: { reEntry: boolean };
  /** Of the whole fair; their order is that of `at` in `tickets`. */
  zones: ZoneStatus[];
  /** Hex. A short code is found by the first 8 bytes of SHA-256(salt bytes + its eight digits in ASCII). */
  salt: string;
  profiles: OfflineProfile[];
  /**
   * Base64 of 23 bytes a ticket, big-endian: 0..7 key (the last 8 bytes of the ticket's UUID) · 8..15 short code's hash ·
   * 16..17 place in `profiles` · 18 `at`: 0 not inside, n the deepest zone is zones[n - 1], 255 in several zones ·
   * 19..20 persons inside the venue · 21..22 persons who have come in this day so far (each once more when re-entering).
   */
  tickets: string;
  /**
   * Of those of `tickets` whose persons are not all in the same zones. A ticket that is in `tickets` of news and not here has
   * none any more: its bytes say it all.
   */
  groups: OfflineGroup[];
}
/** How many of a ticket's persons are in each zone: `at` has [n, persons], the zone is zones[n - 1]. `key`: the ticket's, in hex. */
export interface OfflineGroup { key: string; at: [number, number][] }
/** What many tickets have in common. Instants bound the entry; `size`: persons that one code lets in. */
export interface OfflineProfile { kind: TicketKind; status: TicketStatus; size: number; zoneIds: Id[]; validFrom: Instant; validUntil: Instant }

/**
 * `sequence`: 1, 2, 3… of this device, one more for each new question; a repetition of the same question keeps `id` and
 * `sequence`. `previous`: the lease in hand, and how many of its places this device has used in all (without a network, and
 * by answered scans with `leaseUsed`); it ends with this question. `places: 0`: only gives back.
 */
export interface AskLease { id: Id; sequence: number; places: number; previous?: { leaseId: Id; used: number } }
/** `lease: null`: nothing can be granted now; `why` says so. Without a lease a device without a network lets out, and nobody in. */
export interface LeaseAnswer { lease: Lease | null; why: 'full' | 'locked' | 'stopped' | 'exitOnly' | 'fairNotOpen' | 'gaveBack' | null }
export interface Lease {
  leaseId: Id; gateId: Id;
  /** Persons. */
  places: number;
  /** Milliseconds on the device's own monotonic clock, counted from before it asked. A reboot ends the lease. */
  durationMs: number;
  /** Each entry takes one place for all of these. */
  zoneIds: Id[];
}

/**
 * A person without a ticket, entered at the gate without a network. `signature`: Ed25519 (base64url) by the device's key of
 * the UTF-8 text `FWW1.` + [ticketId, fairId, gateId, persons, madeAt].join('.').
 */
export interface OfflineWalkIn { ticketId: Id; persons: number; madeAt: Instant; signature: string }
export interface OfflineRecord {
  /** Made by the device: the same id twice is one record. A scan that was sent and not answered keeps its id. */
  id: Id;
  /** 1, 2, 3… of this device, without gaps. */
  sequence: number;
  direction: Direction;
  /** Persons; 1 unless told. */
  count?: number;
  /** What was read; null with a walk-in. */
  code: string | null;
  walkIn: OfflineWalkIn | null;
  /** By the device's wall clock, as it stood. */
  happenedAt: Instant;
  /** Server's clock minus device's, milliseconds, as last measured before the record. */
  offsetMs: number;
  /** Milliseconds since the record by the device's running time, which may rest while it sleeps; null after a reboot. */
  agoMs: number | null;
  leaseId: Id | null;
  admitted: boolean;
  reason: RefusalReason | null;
}
/** At most 200 records, in order. `sentAt`: the device's wall clock now. */
export interface UploadScans { sentAt: Instant; records: OfflineRecord[] }
export const conflictKinds = [
  'twice', // the ticket was inside already: one ticket is one presence, the later body holds a place until somebody decides
  'notValid', // unknown, or by then revoked or cancelled: the device could not know
  'wrongZone',
  'locked', // let in while the zone was locked, the fair stopped or not open, though that be over when the record comes
  'noPlace', // let in without a place of a lease
] as const;
export type ConflictKind = (typeof conflictKinds)[number];
export interface UploadedRecord {
  id: Id; sequence: number;
  /** `conflict`: kept and counted by the rule, and the organiser is told; `quarantined`: a revoked device's, kept for review. */
  outcome: 'accepted' | 'duplicate' | 'conflict' | 'quarantined';
  conflict: ConflictKind | null;
}
export interface UploadAnswer {
  records: UploadedRecord[];
  /** Up to here nothing is missing; records after a gap are kept as well. */
  contiguous: number;
  /** Server's clock minus device's, milliseconds; `wrong`: a minute and more. */
  clock: { offsetMs: number; wrong: boolean };
  /** The device was revoked: it shows the error `deviceRevoked`, stops, and may forget what was uploaded. */
  revoked: boolean;
}

/** A list of conflicts names so many, the newest. */
export const mostConflicts = 500;
/** Two records that cannot both be right, or one that the server would have refused. */
export interface GateConflict {
  id: Id; kind: ConflictKind; raisedAt: Instant;
  /** The record that is in question, and for `twice` the one that holds the entry. */
  record: ConflictRecord; other: ConflictRecord | null;
  ticket: { id: Id; shortCode: string; kind: TicketKind } | null;
  /** Persons; `placeHeld`: their places are kept in the counters until somebody decides. */
  persons: number; placeHeld: boolean;
  /** null: open. `explained`: a later upload (an exit between the two) showed that there is none. */
  decision: 'samePerson' | 'anotherPerson' | 'noted' | 'explained' | 'swept' | null;
  decidedAt: Instant | null;
  /** A name. */
  decidedBy: string | null; reason: string | null;
}
export interface ConflictRecord { scanId: Id; gateName: string; deviceName: string; happenedAt: Instant; recordedAt: Instant; offline: boolean }
/** `anotherPerson`: a second body is inside and is counted from now on; `samePerson`: its place is free again; `noted`: nothing to count. */
export interface DecideConflict { decision: 'samePerson' | 'anotherPerson' | 'noted'; reason: string }

export interface QuarantinedRecord {
  id: Id; deviceId: Id; deviceName: string; gateName: string;
  /** The number of the ticket that it names, true or not; null: a person without a ticket, or a code that we do not know. */
  shortCode: string | null;
  direction: Direction; persons: number; admitted: boolean; happenedAt: Instant; receivedAt: Instant;
  decision: 'accepted' | 'rejected' | null; reason: string | null;
}
export interface DecideQuarantine { ids: Id[]; accept: boolean; reason: string }

/** `outstanding`: the device may use it; `reported`: used and not uploaded yet; `presumed`: ended without a report, may be inside. */
export type LeaseStatus = 'outstanding' | 'reported' | 'presumed' | 'settled';
export interface GateLease {
  id: Id; gateId: Id; gateName: string; deviceId: Id; deviceName: string; status: LeaseStatus;
  /** Persons: granted, known to be used, still held. */
  places: number; used: number; held: number;
  grantedAt: Instant; endsAt: Instant; recalledAt: Instant | null; settledBy: string | null; reason: string | null;
}
/** A device that is dead or stolen: so many of the held persons did come in; they are counted by hand, the rest is free again. */
export interface SettleLease { persons: number; reason: string }

/** By hand, with name and reason: `persons` more (or fewer) in the zone and around it; or one ticket's presence, in or out. */
export interface CorrectZone { id: Id; persons: number; shortCode?: string; reason: string }
export interface GateCorrection {
  id: Id; zoneId: Id; zoneName: string; persons: number; shortCode: string | null; reason: string;
  /** A name; null: the system, or a gate's upload. */
  by: string | null; at: Instant;
}
/** The day is over: whoever is still counted is out. */
export interface SweepFair { reason: string }
export interface SweptFair { persons: number; zones: ZoneStatus[] }
/** A day's end: so many were still counted. `by`: a name; null: each night's own. */
export interface GateSweep { id: Id; persons: number; reason: string; by: string | null; at: Instant }

/** `leaseMinutes`: how long a gate may go on without a network; `leaseShare`: of the free places, per cent, that all gates together may hold. */
export interface GateRules { reEntry: boolean; leaseMinutes: number; leaseShare: number }
