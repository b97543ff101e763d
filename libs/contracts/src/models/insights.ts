import type { CrowdLevel } from '../crowd.js';
import type { RefusalReason } from '../words.js';
import type { ZoneStatus } from './attendance.js';
import type { Id, Instant } from './common.js';

/** How full a hall is, for anyone (phone, wall): no names, no gates' details. */
export interface CrowdSnapshot {
  fairId: Id; fairName: string; status: string;
  venue: ZoneStatus; zones: ZoneStatus[];
  /** Inside the venue, but in no zone of its own: zones + unzoned = venue. */
  unzoned: number;
  visitorsToday: number; applications: number;
  /** Gates whose devices have been silent: their name and since when. Every sum that holds them is stale. */
  silentGates: { name: string; since: Instant }[];
  /** Of zones that fill: the venue first. Absent: not known yet. */
  forecast?: ZoneForecast[];
}
/**
 * When a zone will be full if it goes on like this. `perMinute`: persons more a minute since the first passage of the last ten minutes
 * (a handful is taken as fewer); `alarm`: within 15 minutes (ends when it is 25 or more, so that it does not flicker).
 */
export interface ZoneForecast { zoneId: Id; perMinute: number; minutesToFull: number; fullAt: Instant; alarm: boolean }
export interface GateStat {
  gateId: Id; name: string; zoneName: string; entered: number; left: number; refused: number; perMinute: number;
  lastScanAt: Instant | null; devices: number; devicesOnline: number;
  /** Its devices were heard from within the last 10 s. */
  silentSince: Instant | null;
}
export interface ArrivalPoint { minute: Instant; entered: number; left: number; inside: number }
export interface DeskAlert { id: Id; zoneId: Id; zoneName: string; letter: string; level: Exclude<CrowdLevel, 'flow'>; inside: number; approved: number; raisedAt: Instant; clearedAt: Instant | null }
/** One line of the live feed. */
export type FeedLine =
  | { kind: 'admitted'; position: number; at: Instant; gateName: string; direction: 'entry' | 'exit'; override: boolean }
  | { kind: 'refused'; position: number; at: Instant; gateName: string; reason: RefusalReason }
  | { kind: 'command'; position: number; at: Instant; what: 'lock' | 'unlock' | 'stop' | 'resume' | 'capacity' | 'override' | 'reschedule' | 'status' | 'correction' | 'sweep'; subject: string; reason: string; actorName: string | null };
/** Of a fair: in a room or at the table now, ended, called in vain; and decided as intents to hire (达成意向) or for a next round. */
export interface InterviewTotals { running: number; held: number; missed: number; intents: number; nextRounds: number }
export interface DeskSnapshot extends CrowdSnapshot {
  interviews: InterviewTotals;
  entered: number; left: number; peakInside: number; peakAt: Instant | null; refused: number; registered: number; leads: number;
  gates: GateStat[]; arrivals: ArrivalPoint[]; booths: { boothNumber: string; organisationName: string; applications: number; leads: number }[];
  refusals: { reason: RefusalReason; count: number }[];
  alerts: DeskAlert[]; feed: FeedLine[];
  /** What waits for the organiser at the gates; absent: nothing. */
  offline?: { conflicts: number; quarantined: number; presumedPersons: number; clocksWrong: number };
}
