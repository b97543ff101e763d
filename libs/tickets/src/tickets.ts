import { Injectable } from '@nestjs/common';
import type { Actor, Page, TicketRow, TicketStatus } from '#libs/contracts';
import { cursorOf, cursorPage, Database, DomainError, PAGE_ROWS, type Ticket, type Tx } from '#libs/platform';
import { Events } from '#libs/events';
import { Fairs, type FairRow } from '#libs/fairs';
import { actorId, Audit, type CandidateActor } from '#libs/identity';
import { TicketCodes } from './ticket-codes.js';
import { givePlaceBack } from './ticket-store.js';
import { TicketUses } from './ticket-uses.js';
import { ticketRow, ticketView } from './ticket-view.js';
import type * as words from '#libs/contracts';

/** A page's cursor: ids are UUID v7, so their order is that of making. */
const cursor = cursorOf(['id']);

export interface TicketFilter { q?: string; status?: TicketStatus; after?: string; limit?: number }

/** Tickets that exist: reading, cancelling, revoking. Making them: registration.ts and issuing.ts. */
@Injectable()
export class Tickets {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly codes: TicketCodes,
    private readonly uses: TicketUses,
    private readonly audit: Audit,
  ) {}

  /** Tickets as their holders see them, each with a code made now, in the order given. */
  async views(tickets: Ticket[]): Promise<words.Ticket[]> {
    const [sign, fairs] = await Promise.all([this.codes.signer(), this.fairs.byIds(tickets.map(({ fairId }) => fairId))]);
    return tickets.map((ticket) => ticketView(ticket, fairs.get(ticket.fairId)!, sign(ticket)));
  }

  /** A ticket of a fair that was just read. */
  async viewIn(fair: FairRow, ticket: Ticket): Promise<words.Ticket> {
    return ticketView(ticket, fair, (await this.codes.signer())(ticket));
  }

  async view(ticket: Ticket): Promise<words.Ticket> {
    return (await this.views([ticket]))[0]!;
  }

  /** A person's own tickets, the newest first. */
  async mine(accountId: string): Promise<words.Ticket[]> {
    return this.views(await this.database.read.ticket.findMany({ where: { accountId }, orderBy: { id: 'desc' } }));
  }

  /** The organiser's list, the newest first. `q`: the first digits of a short code. */
  async list(actor: Actor, fairId: string, { q, status, after, limit = PAGE_ROWS }: TicketFilter): Promise<Page<TicketRow>> {
    await this.fairs.requireOwn(actor, fairId);
    const digits = q?.replace(/\D/g, '');
    if (q && !digits) return { items: [], next: null };
    const [before] = cursor.read(after) ?? [];
    const tickets = await this.database.read.ticket.findMany({
      where: { fairId, status, ...(digits ? { shortCode: { startsWith: digits } } : {}), ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const page = cursorPage(tickets, limit, ({ id }) => cursor.write(id));
    return { ...page, items: await this.rows(page.items) };
  }

  /** The holder gives the ticket back; its place is free again. Twice is once. Throws `notFound`, `ticketAlreadyUsed`. */
  async cancel(actor: CandidateActor, ticketId: string): Promise<void> {
    const { fairId } = await this.require(ticketId, actor.accountId);
    await this.database.transaction(async (tx) => {
      await this.hold(tx, fairId);
      if (await this.uses.used(tx, ticketId)) throw new DomainError('ticketAlreadyUsed');
      await this.cancelIn(tx, ticketId, actor.accountId);
    });
  }

  /** 作废: nobody enters with it any more; who is inside can leave. Audited. Throws `notFound`, `reasonRequired`. */
  async revoke(actor: Actor, ticketId: string, reason: string): Promise<TicketRow> {
    if (reason === '') throw new DomainError('reasonRequired');
    const { fairId } = await this.require(ticketId);
    await this.fairs.requireOwn(actor, fairId);
    await this.database.transaction(async (tx) => {
      await this.hold(tx, fairId);
      const before = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId } });
      if (before.status === 'revoked') return;
      await tx.ticket.update({ where: { id: ticketId }, data: { status: 'revoked', revokedReason: reason } });
      const placeFreed = before.status === 'valid' && before.kind === 'visitor';
      if (placeFreed) await givePlaceBack(tx, fairId);
      await this.events.append(tx, 'ticket.revoked', { kind: 'fair', id: fairId },
        { fairId, ticketId, accountId: before.accountId, reason, placeFreed }, { actorId: actorId(actor) });
      await this.audit.write(tx, actor, 'ticket.revoked', { kind: 'ticket', id: ticketId }, { reason });
    });
    return (await this.rows([await this.require(ticketId)]))[0]!;
  }

  /** PIPL 47: what nobody has used is cancelled, and no ticket names the person any more. */
  async erase(tx: Tx, accountId: string): Promise<void> {
    const tickets = await tx.ticket.findMany({ where: { accountId }, orderBy: { fairId: 'asc' } });
    for (const { id, fairId } of tickets) {
      await this.hold(tx, fairId);
      if (!(await this.uses.used(tx, id))) await this.cancelIn(tx, id, accountId);
    }
    await tx.ticket.updateMany({ where: { accountId }, data: { accountId: null, requestKey: null } });
  }

  /** The fair before its gates, as everybody takes them: so nobody waits in a circle. */
  private async hold(tx: Tx, fairId: string): Promise<void> {
    await this.fairs.lock(tx, fairId, 'use');
    await this.uses.hold(tx, fairId);
  }

  private async cancelIn(tx: Tx, ticketId: string, by: string): Promise<void> {
    const [cancelled] = await tx.ticket.updateManyAndReturn({ where: { id: ticketId, status: 'valid' }, data: { status: 'cancelled' } });
    if (!cancelled) return;
    const { fairId, accountId, kind } = cancelled;
    const placeFreed = kind === 'visitor';
    if (placeFreed) await givePlaceBack(tx, fairId);
    await this.events.append(tx, 'ticket.cancelled', { kind: 'fair', id: fairId }, { fairId, ticketId, accountId, placeFreed }, { actorId: by });
  }

  private async require(ticketId: string, accountId?: string): Promise<Ticket> {
    const ticket = await this.database.read.ticket.findFirst({ where: { id: ticketId, accountId } });
    if (!ticket) throw new DomainError('notFound');
    return ticket;
  }

  private async rows(tickets: Ticket[]): Promise<TicketRow[]> {
    const inside = await this.uses.inside(tickets.map(({ id }) => id));
    return tickets.map((ticket) => ticketRow(ticket, inside.has(ticket.id)));
  }
}
