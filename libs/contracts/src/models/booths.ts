import type { BoothApplicationStatus } from '../words.js';
import type { Id, Instant } from './common.js';
import type { Place, Zone } from './fairs.js';

export interface BoothApplication {
  id: Id; fairId: Id; fairName: string; organisationId: Id; organisationName: string; contactName: string; wish: string;
  status: BoothApplicationStatus; reason: string | null; createdAt: Instant; decidedAt: Instant | null;
  licence: 'missing' | 'pending' | 'approved' | 'expired'; boothNumber: string | null;
}
export interface ApplyForBooth { contactName: string; wish?: string }
/** With `boothId`, an approval places the employer at once. */
export interface DecideBoothApplication { approved: boolean; reason?: string; boothId?: Id }

export interface Booth extends Place {
  id: Id; fairId: Id; zoneId: Id; number: string;
  organisation: { id: Id; name: string; jobCount: number } | null;
}
/** What a booth's QR leads to: `/b/<leadCode>`; shown to its employer and the organiser only. */
export interface BoothCode { boothId: Id; leadCode: string; url: string }
export interface BoothInput extends Place { zoneId: Id; number: string }
/** Rows × columns of booths of one size, numbered `A-01`… from the zone's letter, placed inside the zone. */
export interface LayOutBooths { zoneId: Id; count: number }
export interface MoveBooth extends Partial<Place> { zoneId?: Id; number?: string }
/** null: the booth becomes free. */
export interface AssignBooth { organisationId: Id | null }
export interface FloorPlan { width: number; height: number; zones: Zone[]; booths: Booth[] }

export interface BoothPage {
  booth: Booth; fair: { id: Id; name: string; status: string; startsAt: Instant; endsAt: Instant };
  organisation: { id: Id; name: string; about: string; verifiedBy: string | null; verifiedAt: Instant | null };
  jobIds: Id[];
}
export interface LeaveLead { note?: string; consent: true }
export interface Lead { id: Id; fairId: Id; boothNumber: string; candidate: { name: string; phone: string }; note: string; createdAt: Instant }
