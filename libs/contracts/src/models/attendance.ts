import type { CrowdLevel } from '../crowd.js';
import type { GateDirection, RefusalReason, TicketKind } from '../words.js';
import type { Id, Instant } from './common.js';

/** An organiser makes it, a device uses it: eight letters and digits, ten minutes, once. */
export interface PairingCode { code: string; gateId: Id; expiresAt: Instant }
export interface PairDevice {
  code: string; name: string;
  /** The device's own Ed25519 key, raw (32 bytes) in base64url: it signs walk-ins made without a network. Later with `PUT /devices/me/key`. */
  publicKey?: string;
}
export interface PairedDevice { deviceToken: string; device: GateContext }
/** What the scanner page needs to know of where it stands. */
export interface GateContext {
  deviceId: Id; deviceName: string; serverTime: Instant;
  gate: { id: Id; name: string; direction: GateDirection; deskHint: string; zoneId: Id; zoneName: string };
  fair: { id: Id; name: string; venueName: string; startsAt: Instant; endsAt: Instant; timeZone: string; status: string };
  zones: ZoneStatus[];
  /** The device's own lease, while the server asks for it back: it gives back (`places: 0`) what it has not used. Absent: it may keep it. */
  recalledLeaseId?: Id;
}
export interface ScanInput {
  /** UUID made by the device before the first try: the same id twice is one scan. */
  id: Id;
  direction: 'entry' | 'exit';
  /** What was read: a ticket code, or eight digits. At most 512 characters; anything is answered, nothing is thrown. */
  code: string;
  happenedAt: Instant;
  /** Persons who pass now with this one code; 1 unless told. More than one only with a ticket for several. */
  count?: number;
  /**
   * The device has put places of this lease aside for `count` persons, to be taken if the zone is full for everybody else.
   * `leaseUsed` of the answer says whether they were; until there is an answer they stay aside.
   */
  leaseId?: Id;
}
export interface ScanResult {
  scanId: Id; admitted: boolean; direction: 'entry' | 'exit';
  reason: RefusalReason | null;
  override: boolean;
  ticket: { id: Id; shortCode: string; kind: TicketKind } | null;
  /** A ticket for several persons: how many it is for, how many are in the venue now, how many may still come. Absent for one. */
  group?: { size: number; inside: number; remaining: number };
  /** A place of the device's own lease was taken; absent: none. */
  leaseUsed?: boolean;
  /** With `alreadyInside`: when and where the first entry was. */
  previous: { at: Instant; gateName: string } | null;
  /** With `wrongZone`: the zones that the ticket opens. */
  allowedZones: string[];
  /** The gate's zone after this scan. */
  zone: { name: string; inside: number; approvedNumber: number; level: CrowdLevel };
  recordedAt: Instant;
}
export interface ZoneStatus {
  zoneId: Id; parentId: Id | null; letter: string; name: string; inside: number; approvedNumber: number; level: CrowdLevel;
  earlyLocked: boolean; stopped: boolean; reason: string | null;
  /** Places that are kept for persons whom gates without a network have let in, or may: `inside + held` passes `approvedNumber` only as offline.ts says. Absent: none. */
  held?: number;
}
export interface SetZoneLock { locked: boolean; reason: string }
export interface SetFairStop { stopped: boolean; reason: string }
export interface SetZoneCapacity { approvedNumber: number; reason: string }
/** 人工放行: `code` is the ticket's code or short code. `id` as in ScanInput. */
export interface OverrideEntry { id: Id; gateId: Id; code: string; reason: string }
export interface RevokeDevice { reason: string }
