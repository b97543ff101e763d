import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ticketKinds } from '#libs/contracts';
import { Database } from '#libs/platform';
import { Consumers, Events, reactor } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { validityOf } from './validity.rules.js';

/** A fair that was moved takes its tickets along: valid ones get the new times, and their codes are made when next shown. */
@Injectable()
export class TicketSchedule implements OnModuleInit {
  constructor(private readonly consumers: Consumers, private readonly database: Database, private readonly fairs: Fairs, private readonly events: Events) {}

  onModuleInit(): void {
    this.consumers.add(reactor({
      name: 'tickets.schedule',
      types: ['fair.rescheduled'],
      // Reads the fair as it is now, not as the event says: doing it twice, or late, is harmless.
      react: ({ data: { fairId } }) => this.follow(fairId),
    }));
  }

  /**
   * Gives the fair's valid tickets the validity of its times. Tells of it (`fair.updated`): a gate that has read the tickets between the move
   * and this would go on with the old times while it has no network.
   */
  async follow(fairId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const fair = await this.fairs.lock(tx, fairId, 'use');
      for (const kind of ticketKinds) {
        await tx.ticket.updateMany({ where: { fairId, kind, status: 'valid' }, data: validityOf(kind, fair) });
      }
      await this.events.append(tx, 'fair.updated', { kind: 'fair', id: fairId }, { fairId });
    });
  }
}
