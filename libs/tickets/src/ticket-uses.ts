import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/platform';

/** What attendance, which stands above, tells of tickets at the gate. */
export interface TicketUse {
  /** Until `tx` ends, no scan of this fair is decided: what is read next stays so. */
  hold(tx: Tx, fairId: string): Promise<void>;
  /** Whether this ticket has ever let somebody in. */
  used(tx: Tx, ticketId: string): Promise<boolean>;
  /** Those of the tickets whose person is in the venue now. */
  inside(ticketIds: string[]): Promise<Set<string>>;
}

/** Where attendance hangs itself in. With no attendance in the process nothing can have been used. */
@Injectable()
export class TicketUses implements TicketUse {
  private source: TicketUse | null = null;

  /** Called once, in attendance's `onModuleInit`. */
  set(source: TicketUse): void {
    if (this.source) throw new Error('The use of tickets has a source already.');
    this.source = source;
  }

  async hold(tx: Tx, fairId: string): Promise<void> {
    await this.source?.hold(tx, fairId);
  }

  async used(tx: Tx, ticketId: string): Promise<boolean> {
    return (await this.source?.used(tx, ticketId)) ?? false;
  }

  async inside(ticketIds: string[]): Promise<Set<string>> {
    return (await this.source?.inside(ticketIds)) ?? new Set();
  }
}
