import { Injectable } from '@nestjs/common';
import { DomainError, Database, type Ticket, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs, type FairRow } from '#libs/fairs';
import { insertTicket, takePlace } from './ticket-store.js';
import { validityOf } from './validity.rules.js';

/** Candidates' registration; the quota is exact: never one too many, never one too few. */
@Injectable()
export class Registration {
  constructor(private readonly database: Database, private readonly events: Events, private readonly fairs: Fairs) {}

  /**
   * Registers a person for a fair. The same person, or the same `requestKey`, is the same ticket; a cancelled one becomes
   * valid again, unless this is a late repetition of the request that had made it. A revoked one stays revoked.
   * Throws `notFound`, `registrationClosed`, `quotaFull`.
   */
  async register(accountId: string, fairId: string, requestKey?: string): Promise<Ticket> {
    const fair = await this.fairs.requireVisible({ role: 'anyone' }, fairId);
    const key = requestKey === undefined ? null : `${fairId}:${accountId}:${requestKey}`;
    return this.database.transaction((tx) => this.registerIn(tx, accountId, fair, key));
  }

  private async registerIn(tx: Tx, accountId: string, fair: FairRow, requestKey: string | null): Promise<Ticket> {
    const before = await tx.ticket.findUnique({ where: { fairId_accountId: { fairId: fair.id, accountId } } });
    if (before && (before.status !== 'cancelled' || (requestKey !== null && before.requestKey === requestKey))) return before;
    const facts = { ...validityOf('visitor', fair), requestKey };
    const ticket = before
      ? await this.revive(tx, before.id, facts)
      : await insertTicket(tx, { fairId: fair.id, accountId, kind: 'visitor', zoneIds: [], ...facts });
    // Another request of the same person was quicker and has committed: its ticket is the ticket.
    if (!ticket) return tx.ticket.findUniqueOrThrow({ where: { fairId_accountId: { fairId: fair.id, accountId } } });

    const place = await takePlace(tx, fair.id);
    if (!place) throw await this.refusal(tx, fair.id);
    await this.events.append(tx, 'ticket.registered', { kind: 'fair', id: fair.id },
      { fairId: fair.id, ticketId: ticket.id, accountId, kind: 'visitor' }, { actorId: accountId });
    const moved = place.startsAt.getTime() !== fair.startsAt.getTime() || place.endsAt.getTime() !== fair.endsAt.getTime();
    return moved ? tx.ticket.update({ where: { id: ticket.id }, data: validityOf('visitor', place) }) : ticket;
  }

  private async revive(tx: Tx, id: string, facts: { validFrom: Date; validUntil: Date; requestKey: string | null }): Promise<Ticket | null> {
    const [revived] = await tx.ticket.updateManyAndReturn({ where: { id, status: 'cancelled' }, data: { ...facts, status: 'valid' } });
    return revived ?? null;
  }

  private async refusal(tx: Tx, fairId: string): Promise<DomainError> {
    const { status, endsAt, quota, registered } = await this.fairs.require(fairId, tx);
    const open = (status === 'published' || status === 'open') && endsAt > new Date();
    return open && quota !== null && registered >= quota ? new DomainError('quotaFull', { quota }) : new DomainError('registrationClosed');
  }
}
