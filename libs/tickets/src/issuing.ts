import { Injectable } from '@nestjs/common';
import type { Actor, TicketKind } from '#libs/contracts';
import { Database, DomainError, fieldRefused, type Ticket, type Tx } from '#libs/platform';
import { Events, type AnyDraft } from '#libs/events';
import { Fairs, type FairRow } from '#libs/fairs';
import { actorId, Audit } from '#libs/identity';
import { insertTicket, insertTickets, type NewTicket } from './ticket-store.js';
import { validityOf } from './validity.rules.js';

export interface PassOrder { kind: 'staff' | 'employer' | 'child' | 'group'; count: number; size?: number; zoneIds: string[] }

/** Tickets that the organiser's people hand out: to walk-ins at the gate, to staff and to employers. Outside of the quota. */
@Injectable()
export class Issuing {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly audit: Audit,
  ) {}

  /**
   * A ticket for somebody who stands at the gate; the same `requestKey` at the same fair is the same ticket.
   * Throws `notFound`, `registrationClosed`, `validationFailed` for zones of another fair.
   */
  async walkIn(actor: Actor, fairId: string, requestKey: string, zoneIds: string[], persons = 1): Promise<Ticket> {
    await this.requireAtHome(actor, fairId);
    const key = `${fairId}:walk-in:${requestKey}`;
    return this.database.transaction(async (tx) => {
      const fair = await this.openFair(tx, fairId);
      const before = await tx.ticket.findUnique({ where: { requestKey: key } });
      if (before) return before;
      const made = await insertTicket(tx, { ...await this.facts(tx, fair, 'walkIn', zoneIds), size: persons, requestKey: key });
      if (!made) return tx.ticket.findUniqueOrThrow({ where: { requestKey: key } });
      await this.events.appendMany(tx, [registered(made, actor)]);
      return made;
    });
  }

  /** Holds the fair as it is until `tx` ends: before its zones, as everybody takes them. */
  async holdFair(tx: Tx, fairId: string): Promise<void> {
    await this.fairs.lock(tx, fairId, 'use');
  }

  /**
   * A ticket for somebody whom a gate without a network has let in; they are inside, so nothing is refused. The device has made its
   * id. The same id is the same ticket. @returns what is to be told
   */
  async offlineWalkIn(tx: Tx, fairId: string, ticketId: string, persons: number, deviceId: string): Promise<AnyDraft[]> {
    if (await tx.ticket.findUnique({ where: { id: ticketId }, select: { id: true } })) return [];
    const fair = await this.fairs.require(fairId, tx);
    const made = await insertTicket(tx, { id: ticketId, fairId, accountId: null, kind: 'walkIn', size: persons, zoneIds: [], ...validityOf('walkIn', fair) });
    return made ? [registered(made, { role: 'gateDevice', deviceId, fairId, gateId: '' })] : [];
  }

  /** Passes for people who work at the fair, for children, and for groups (one code for `size` persons). Audited. Throws as `walkIn` does. */
  async passes(actor: Actor, fairId: string, { kind, count, size = 1, zoneIds }: PassOrder): Promise<Ticket[]> {
    await this.requireAtHome(actor, fairId);
    return this.database.transaction(async (tx) => {
      const fair = await this.openFair(tx, fairId);
      const made = await insertTickets(tx, { ...await this.facts(tx, fair, kind, zoneIds), size: kind === 'group' ? size : 1 }, count);
      await this.events.appendMany(tx, made.map((ticket) => registered(ticket, actor)));
      await this.audit.write(tx, actor, 'passes.issued', { kind: 'fair', id: fairId }, { details: { kind, count, size, zoneIds } });
      return made;
    });
  }

  /** A gate device of this fair, or the fair's organiser. */
  private async requireAtHome(actor: Actor, fairId: string): Promise<void> {
    if (actor.role !== 'gateDevice') await this.fairs.requireOwn(actor, fairId);
    else if (actor.fairId !== fairId) throw new DomainError('gateWrongFair');
  }

  /** The fair, held as it is until `tx` ends, so that the ticket's validity is that of its times. */
  private async openFair(tx: Tx, fairId: string): Promise<FairRow> {
    const fair = await this.fairs.lock(tx, fairId, 'use');
    if (fair.isTemplate || (fair.status !== 'published' && fair.status !== 'open') || fair.endsAt <= new Date()) throw new DomainError('registrationClosed');
    return fair;
  }

  private async facts(tx: Tx, fair: FairRow, kind: TicketKind, zoneIds: string[]): Promise<NewTicket> {
    const own = new Set((await this.fairs.zones(fair.id, tx)).map(({ id }) => id));
    const wanted = [...new Set(zoneIds.map((id) => id.toLowerCase()))];
    if (wanted.some((id) => !own.has(id))) {
      throw fieldRefused({ field: 'zoneIds', zh: '有分区不属于这场招聘会。', en: 'Some zones are not of this fair.' });
    }
    return { fairId: fair.id, accountId: null, kind, zoneIds: wanted, ...validityOf(kind, fair) };
  }
}

const registered = ({ fairId, id, kind }: Ticket, actor: Actor): AnyDraft => ({
  type: 'ticket.registered',
  scope: { kind: 'fair', id: fairId },
  actorId: actorId(actor),
  data: { fairId, ticketId: id, accountId: null, kind },
});
