import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, type Tx } from '#libs/platform';
import { Exports } from '#libs/identity';
import { TicketUses, type TicketUse } from '#libs/tickets';
import { lockZones } from './scan-store.js';

/** What tickets, which stand below, and a person's own copy of their data ask of attendance. */
@Injectable()
export class UseOfTickets implements TicketUse, OnModuleInit {
  constructor(private readonly database: Database, private readonly uses: TicketUses, private readonly exports: Exports) {}

  onModuleInit(): void {
    this.uses.set(this);
    this.exports.add('checkIns', (accountId) => this.checkInsOf(accountId));
  }

  async hold(tx: Tx, fairId: string): Promise<void> {
    await lockZones(tx, fairId);
  }

  async used(tx: Tx, ticketId: string): Promise<boolean> {
    return (await tx.checkIn.findFirst({ where: { ticketId, direction: 'entry' }, select: { id: true } })) !== null;
  }

  /** Whoever is in any zone is in the venue. */
  async inside(ticketIds: string[]): Promise<Set<string>> {
    const present = await this.database.read.presence.findMany({ where: { ticketId: { in: ticketIds } }, select: { ticketId: true } });
    return new Set(present.map(({ ticketId }) => ticketId));
  }

  private async checkInsOf(accountId: string): Promise<unknown[]> {
    const tickets = await this.database.read.ticket.findMany({ where: { accountId }, select: { id: true } });
    const checkIns = await this.database.read.checkIn.findMany({
      where: { ticketId: { in: tickets.map(({ id }) => id) } },
      orderBy: { recordedAt: 'asc' },
    });
    return checkIns.map(({ fairId, zoneId, gateId, ticketId, direction, happenedAt, recordedAt }) => ({
      fairId, zoneId, gateId, ticketId, direction, happenedAt: happenedAt.toISOString(), recordedAt: recordedAt.toISOString(),
    }));
  }
}
