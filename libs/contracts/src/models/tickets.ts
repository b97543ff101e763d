import type { FairStatus, TicketKind, TicketStatus } from '../words.js';
import type { Id, Instant } from './common.js';

export interface Ticket {
  id: Id; fairId: Id; kind: TicketKind; status: TicketStatus;
  /** Eight digits; shown as `2071 5530`. */
  shortCode: string;
  /** What the QR holds (ticket-code format: libs/tickets). */
  code: string;
  validFrom: Instant; validUntil: Instant; zoneIds: Id[]; revokedReason: string | null; createdAt: Instant;
  /** Persons that it lets in; absent: one. */
  size?: number;
  fair: { name: string; campaign: string; venueName: string; venueAddress: string; startsAt: Instant; endsAt: Instant; timeZone: string; status: FairStatus };
}
/** `requestKey`: made by the client, so that a repeated tap is one ticket. */
export interface RegisterTicket { requestKey?: string }
export interface RevokeTicket { reason: string }
/** At the gate, for somebody with no phone: the ticket is printed. */
export interface WalkIn { requestKey: string; zoneIds?: Id[]; /** A person with children: 1–10, one ticket for all of them; 1 unless told. */ persons?: number }
/** The organiser's list: no names; the person is looked up only where needed, and that is audited. */
export interface TicketRow { id: Id; kind: TicketKind; status: TicketStatus; shortCode: string; createdAt: Instant; inside: boolean; size?: number }
export interface TicketQuery { q?: string; status?: TicketStatus; after?: string; limit?: number }
/** Passes for staff, employers, children and groups; `size` with `group`: persons that one code lets in (a bus), 2–500. */
export interface IssuePasses { kind: 'staff' | 'employer' | 'child' | 'group'; count: number; size?: number; zoneIds?: Id[] }
/** For devices: the keys that sign ticket codes, raw Ed25519, base64url. */
export interface TicketKey { id: number; publicKey: string }
