import type { Ticket } from '#libs/contracts';

/** What a ticket is worth at `now` (epoch ms), by what the server last said: it opens, not yet, no more, or was taken back. */
export type Standing = 'good' | 'early' | 'over' | 'cancelled' | 'revoked' | 'fairCancelled';

export function standingOf(ticket: Pick<Ticket, 'status' | 'validFrom' | 'validUntil' | 'fair'>, now: number): Standing {
  if (ticket.status === 'cancelled') return 'cancelled';
  if (ticket.status === 'revoked') return 'revoked';
  if (ticket.fair.status === 'cancelled') return 'fairCancelled';
  if (Date.parse(ticket.validUntil) <= now || ticket.fair.status === 'closed' || ticket.fair.status === 'archived') return 'over';
  return Date.parse(ticket.validFrom) > now ? 'early' : 'good';
}
