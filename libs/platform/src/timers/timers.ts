import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Tx } from '../database/tx.js';
import type { Prisma, Timer } from '../database/models.js';
import { newId } from '../database/id.js';

/** Does its work in the transaction that marks the timer done; throwing tries again later, with growing pauses. */
export type TimerHandler = (tx: Tx, timer: Timer) => Promise<void>;

/** Things to be done at a time, also after a restart, once, on any number of processes. */
@Injectable()
export class Timers {
  private readonly handlers = new Map<string, TimerHandler>();

  constructor(protected readonly database: Database) {}

  /** Sets (or moves) the timer `name`/`key`. `data` is JSON for its handler. */
  async schedule(tx: Tx, name: string, key: string, dueAt: Date, data: Prisma.InputJsonValue = {}): Promise<void> {
    const values = { dueAt, data, attempts: 0, doneAt: null };
    await tx.timer.upsert({ where: { name_key: { name, key } }, create: { id: newId(), name, key, ...values }, update: values });
  }

  /** Forgets it. No error when there is none. */
  async cancel(tx: Tx, name: string, key: string): Promise<void> {
    await tx.timer.deleteMany({ where: { name, key } });
  }

  /** Says who does the timers called `name`. Called once, in `onModuleInit`. */
  handle(name: string, handler: TimerHandler): void {
    if (this.handlers.has(name)) throw new Error(`two handlers for the timer ${name}`);
    this.handlers.set(name, handler);
  }
}
