import type { CrowdLevel } from '../crowd.js';
import type { GateDirection, RefusalReason, TicketKind } from '../words.js';
import type { Id, Instant } from './common.js';

/** An organiser makes it, a device uses it: eight letters and digits, ten minutes, once. */
export interface PairingCode { code: string; gateId: Id; expiresAt: Instant }
export interface PairDevice { code: string; name: string }
export interface PairedDevice { deviceToken: string; device: GateContext }
/** What the scanner page needs to know of where it stands. */
export interface GateContext {
  deviceId: Id; deviceName: string; serverTime: Instant;
  gate: { id: Id; name: string; direction: GateDirection; deskHint: string; zoneId: Id; zoneName: string };
  fair: { id: Id; name: string; venueName: string; startsAt: Instant; endsAt: Instant; timeZone: string; status: string };
  zones: ZoneStatus[];
}
export interface ScanInput {
  /** UUID made by the device before the first try: the same id twice is one scan. */
  id: Id;
  direction: 'entry' | 'exit';
  /** What was read: a ticket code, or eight digits. At most 512 characters; anything is answered, nothing is thrown. */
  code: string;
  happenedAt: Instant;
}
export interface ScanResult {
  scanId: Id; admitted: boolean; direction: 'entry' | 'exit';
  reason: RefusalReason | null;
  override: boolean;
  ticket: { id: Id; shortCode: string; kind: TicketKind } | null;
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
}
export interface SetZoneLock { locked: boolean; reason: string }
export interface SetFairStop { stopped: boolean; reason: string }
export interface SetZoneCapacity { approvedNumber: number; reason: string }
/** 人工放行: `code` is the ticket's code or short code. `id` as in ScanInput. */
export interface OverrideEntry { id: Id; gateId: Id; code: string; reason: string }
export interface RevokeDevice { reason: string }
