import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../database/database.js';
import { newId } from '../database/id.js';
import { Prisma, type Timer } from '../database/models.js';
import type { Tx } from '../database/tx.js';
import { Log } from '../logging/log.js';
import { Ticking } from './ticking.js';

/** Does its work in the transaction that marks the timer done; throwing tries again later, with growing pauses. */
export type TimerHandler = (tx: Tx, timer: Timer) => Promise<void>;

const EVERY_MS = 5_000;
/** The pause after the first failure; it doubles up to an hour. */
const PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 3_600;
/** Done timers are kept so long, for whoever asks why something happened. */
const KEPT_DAYS = 30;
const FORGET_MS = 6 * 3_600_000;
const log = Log.named('timers');

/**
 * Things to be done at a time, also after a restart, once, on any number of processes. Due times are the database's, so the
 * processes' clocks do not matter; a timer is done within about a second of its time.
 */
@Injectable()
export class Timers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly handlers = new Map<string, TimerHandler>();
  private readonly ticking = new Ticking('timers', EVERY_MS, () => this.doOne());
  private next: NodeJS.Timeout | undefined;
  private forgetting: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    if (this.handlers.size === 0) return;
    this.ticking.start();
    const forget = () => void this.forget().catch((err: unknown) => log.error({ err }, 'Old timers were not removed; it is tried again.'));
    this.forgetting = setInterval(forget, FORGET_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.next);
    clearInterval(this.forgetting);
    await this.ticking.stop();
  }

  /** Sets (or moves) the timer `name`/`key`. `data` is JSON for its handler. One statement, so that `tx` may be one of raw statements. */
  async schedule(tx: Tx, name: string, key: string, dueAt: Date, data: Prisma.InputJsonValue = {}): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO "Timer" (id, name, key, "dueAt", data) VALUES (${newId()}::uuid, ${name}, ${key}, ${dueAt}::timestamptz, ${JSON.stringify(data)}::jsonb)
      ON CONFLICT (name, key) DO UPDATE SET "dueAt" = EXCLUDED."dueAt", data = EXCLUDED.data, attempts = 0, "doneAt" = NULL`;
    this.database.afterCommit(tx, () => this.wakeAt(dueAt));
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

  /** A timer that is due before the next look is not made to wait for it. */
  private wakeAt(dueAt: Date): void {
    const wait = dueAt.getTime() - Date.now();
    if (wait > EVERY_MS) return;
    clearTimeout(this.next);
    this.next = setTimeout(() => this.ticking.wake(), Math.max(0, wait)).unref();
  }

  /** Does one that is due. Answers whether there was one. */
  private async doOne(): Promise<boolean> {
    let taken: Timer | undefined;
    try {
      return await this.database.transaction(async (tx) => {
        const names = [...this.handlers.keys()];
        [taken] = await tx.$queryRaw<Timer[]>`
          SELECT id, name, key, "dueAt", data, attempts, "doneAt" FROM "Timer"
          WHERE "doneAt" IS NULL AND "dueAt" <= now() AND name = ANY(${names})
          ORDER BY "dueAt" LIMIT 1 FOR UPDATE SKIP LOCKED`;
        if (!taken) return false;
        await this.handlers.get(taken.name)?.(tx, taken);
        // A handler may have set the same timer anew, for the next time: then it stays.
        await tx.timer.updateMany({ where: { id: taken.id, dueAt: taken.dueAt }, data: { doneAt: new Date() } });
        return true;
      });
    } catch (err) {
      if (!taken) throw err;
      log.error({ err, timer: taken.name, key: taken.key, attempts: taken.attempts + 1 }, 'A timer failed; it is tried again later.');
      await this.putOff(taken);
      return true;
    }
  }

  private async putOff({ id, dueAt, attempts }: Timer): Promise<void> {
    const seconds = Math.min(PAUSE_SECONDS * 2 ** Math.min(attempts, 20), LONGEST_PAUSE_SECONDS);
    await this.database.read.$executeRaw`
      UPDATE "Timer" SET attempts = attempts + 1, "dueAt" = now() + make_interval(secs => ${seconds})
      WHERE id = ${id}::uuid AND "dueAt" = ${dueAt} AND "doneAt" IS NULL`;
  }

  private async forget(): Promise<void> {
    await this.database.read.timer.deleteMany({ where: { doneAt: { lt: new Date(Date.now() - KEPT_DAYS * 86_400_000) } } });
  }
}
