import { decidePassage, type ConflictKind, type PresenceFacts } from '#libs/contracts';
import { validityOf } from '#libs/tickets';
import type { FairCourse } from './fair-course.rules.js';
import type { GateFacts, Hall, KnownTicket } from './hall.js';

/** An entry that a gate has allowed by itself. `presences`: of its ticket just before, and `ticket.arrived`: with it that day before, as far as is known. */
export interface AllowedEntry { order: number; at: Date; count: number; gate: GateFacts; ticket: KnownTicket; presences: readonly PresenceFacts[] }

/**
 * What the server would have said against it, had it been asked then: by the fair, the locks and the ticket as they were at that
 * moment, whatever has become of them, and by the rule of re-entry. Full is not among it, because a lease is for that; a second body is told by the walk.
 */
export function objectionTo({ order, at, count, gate, ticket, presences }: AllowedEntry, { zones, fairStatus, reEntry }: Pick<Hall, 'zones' | 'fairStatus' | 'reEntry'>, course: FairCourse): ConflictKind | null {
  const then = new Map([...zones].map(([id, zone]) => [id, {
    ...zone, inside: 0, held: 0, approvedNumber: Infinity, earlyLocked: course.locked(id, order, zone.earlyLocked),
    stopped: zone.parentId === null && course.stopped(order, zone.stopped),
  }]));
  const moved = course.timesBefore(order);
  const decision = decidePassage({
    direction: 'entry', gate: { ...gate, direction: 'both' }, fairStatus: course.fairStatus(order, fairStatus), zones: then, presences, now: at, count, override: false, reEntry,
    ticket: { ...ticket, status: course.ticketStatus(ticket.id, order, ticket.status), ...(moved && validityOf(ticket.kind, moved)) },
  });
  if (decision.admitted) return null;
  const inside = presences.find(({ zoneId }) => zoneId === gate.zoneId)?.persons ?? 0;
  switch (decision.reason) {
    case 'alreadyInside': return null;
    case 'groupFull': return count + inside > ticket.size ? null : 'notValid'; // else they have left, and may not come again
    case 'wrongZone': return 'wrongZone';
    case 'zoneLocked': case 'fairStopped': case 'fairNotOpen': return 'locked';
    default: return 'notValid';
  }
}
