import type * as words from '#libs/contracts';
import type { Ticket } from '#libs/platform';
import type { FairRow } from '#libs/fairs';

/** A ticket as its holder sees it. */
export function ticketView(ticket: Ticket, fair: FairRow, code: string): words.Ticket {
  return {
    id: ticket.id,
    fairId: ticket.fairId,
    kind: ticket.kind,
    status: ticket.status,
    shortCode: ticket.shortCode,
    code,
    validFrom: ticket.validFrom.toISOString(),
    validUntil: ticket.validUntil.toISOString(),
    zoneIds: ticket.zoneIds,
    revokedReason: ticket.revokedReason,
    createdAt: ticket.createdAt.toISOString(),
    ...(ticket.size > 1 && { size: ticket.size }),
    fair: {
      name: fair.name,
      campaign: fair.campaign,
      venueName: fair.venueName,
      venueAddress: fair.venueAddress,
      startsAt: fair.startsAt.toISOString(),
      endsAt: fair.endsAt.toISOString(),
      timeZone: fair.timeZone,
      status: fair.status,
    },
  };
}

/** A ticket in the organiser's list: no person. */
export function ticketRow(ticket: Ticket, inside: boolean): words.TicketRow {
  const { id, kind, status, shortCode, createdAt, size } = ticket;
  return { id, kind, status, shortCode, createdAt: createdAt.toISOString(), inside, ...(size > 1 && { size }) };
}
