import type { Language } from '../errors.js';
import type { FairChannel, FairStatus, GateDirection } from '../words.js';
import type { Id, Instant, Page } from './common.js';
import type { CrowdSnapshot } from './insights.js';
import type { Job } from './jobs.js';

/** A rectangle on the floor plan, decimetres from the top-left corner. */
export interface Place { x: number; y: number; width: number; height: number }

export interface Zone extends Place { id: Id; parentId: Id | null; letter: string; name: string; approvedNumber: number }
/** `id` absent: a new zone. The root zone (the venue) has no letter and is always there. */
export interface ZoneInput extends Place { id?: Id; letter: string; name: string; approvedNumber: number }
export interface AgendaSession { id: Id; title: string; speaker: string; place: string; startsAt: Instant; endsAt: Instant }
export interface AgendaSessionInput { title: string; speaker?: string; place?: string; startsAt: Instant; endsAt: Instant }
export interface ScheduleChange {
  from: { startsAt: Instant; endsAt: Instant; venueName: string }; to: { startsAt: Instant; endsAt: Instant; venueName: string };
  reason: string; at: Instant;
}

export interface FairSummary {
  id: Id; name: string; campaign: string; theme: string; channel: FairChannel; status: FairStatus; isTemplate: boolean;
  venueName: string; venueAddress: string; regionCode: string; timeZone: string; startsAt: Instant; endsAt: Instant;
  organiserName: string; boothCount: number; jobCount: number;
}
export interface Fair extends FairSummary {
  organiserId: Id; description: string; statusReason: string | null; latitude: number | null; longitude: number | null;
  quota: number | null; registered: number;
  /** The venue: the root zone. Its approved number is that of the whole fair. */
  venue: Zone; zones: Zone[]; agenda: AgendaSession[]; changes: ScheduleChange[];
  /** Of `zones` and of `agenda` as they stand: given back when they are set, so that nobody overwrites what they have not seen. */
  zonesVersion: string; agendaVersion: string;
  /** What the organiser may do next, as the state machine says. */
  nextStatuses: FairStatus[];
}
export interface CreateFair {
  name: string; campaign?: string; theme?: string; description?: string; channel: FairChannel;
  venueName?: string; venueAddress?: string; regionCode: string; latitude?: number; longitude?: number;
  startsAt: Instant; endsAt: Instant; quota?: number | null;
  /** Approved number of the whole venue; 0 for a fair that is online only. */
  approvedNumber: number; isTemplate?: boolean;
}
export type UpdateFair = Partial<Omit<CreateFair, 'startsAt' | 'endsAt' | 'approvedNumber' | 'isTemplate'>>;
export interface CloneFair { name: string; startsAt: Instant; endsAt: Instant; asTemplate?: boolean }
export interface ChangeFairStatus { to: FairStatus; reason?: string }
export interface RescheduleFair { startsAt: Instant; endsAt: Instant; venueName?: string; venueAddress?: string; reason: string }
/** `version`: of what the change was made from; `changedMeanwhile` when it is another now. Without one the last wins. */
export interface SetZones { zones: ZoneInput[]; version?: string }
export interface SetAgenda { sessions: AgendaSessionInput[]; version?: string }
/**
 * What the server writes into the phone's first page, so that it need not ask: its fairs, as of `at` (to the minute, never
 * later than they were read), and what is shown of the fair of the day.
 */
export interface FirstView {
  at: Instant; fairs: Page<FairSummary>;
  /** Work in the region of the fair of the day, or from anywhere when that has none (`here` false) or there is no fair. */
  near?: { regionCode: string | null; regionName: string; here: boolean; jobs: Job[] };
  /** How full its hall is, made at `madeAt`. */
  crowd?: { madeAt: Instant; snapshot: CrowdSnapshot };
}
/** In which of its forms a page is served, by what the browser remembers. */
export interface ViewChoice { language: Language; largeText: boolean }
/** The phone's first page for the server, as apps/web builds it. */
export interface FirstPage {
  /** The fair that the page is about, null without one. */
  fairOfTheDay(view: Pick<FirstView, 'at' | 'fairs'>): FairSummary | null;
  /** The page's content as HTML, the same that its script would make. */
  render(view: FirstView, choice: ViewChoice): Promise<string>;
}
/** `q` searches name, venue and campaign. `day` is a day in China. */
export interface FairQuery { status?: FairStatus; regionCode?: string; channel?: FairChannel; q?: string; after?: string; limit?: number }

export interface Gate { id: Id; fairId: Id; zoneId: Id; zoneName: string; name: string; direction: GateDirection; deskHint: string; devices: Device[] }
export interface GateInput { zoneId: Id; name: string; direction: GateDirection; deskHint?: string }
export interface Device { id: Id; gateId: Id; name: string; pairedAt: Instant; lastSeenAt: Instant | null; revokedAt: Instant | null }
