import { Injectable } from '@nestjs/common';
import { Database, Log } from '#libs/platform';

/** How often a process says that it lives, and looks for those that do not. Milliseconds. */
const BEAT = 4_000;
/** One that was not seen for so long is dead: who watched through it is gone. Seconds of the database's clock. */
const DEAD = 15;
const log = Log.named('viewers');

export interface CountingProcess {
  processId: string;
  /** Whether anybody watches through it. */
  isNeeded(): boolean;
  /** It was taken for dead, and is not. */
  forgotten(): void;
  /** The rows of dead processes are gone from these broadcasts. */
  swept(broadcastIds: string[]): Promise<void>;
}

/** Which processes count viewers. The rows of one that died (kill -9) go, whichever process sees it first. */
@Injectable()
export class ViewerProcesses {
  private process: CountingProcess | null = null;
  private timer: NodeJS.Timeout | undefined;
  private entered = false;
  private beating: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  start(process: CountingProcess): void {
    this.process = process;
    this.timer = setInterval(() => {
      this.beating = this.beating.then(() => this.beat());
    }, BEAT).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
  }

  /** Before this process writes who watches through it. */
  async enter(): Promise<void> {
    if (!this.process) return;
    const fresh = await this.seen(this.process.processId);
    if (fresh && this.entered) this.process.forgotten();
    this.entered = true;
  }

  /** Looks once, as it does every few seconds. Never rejects. */
  async beat(): Promise<void> {
    const { process } = this;
    if (!process) return;
    try {
      if (process.isNeeded()) await this.enter();
      const gone = await this.sweep();
      if (gone.length > 0) await process.swept(gone);
    } catch (error) {
      log.warn({ err: error }, 'The processes that count viewers could not be looked at; it is tried again.');
    }
  }

  /** @returns whether it was not known */
  private async seen(id: string): Promise<boolean> {
    const [row] = await this.database.read.$queryRaw<[{ fresh: boolean }]>`
      INSERT INTO "ViewerProcess" (id, "seenAt") VALUES (${id}::uuid, clock_timestamp())
      ON CONFLICT (id) DO UPDATE SET "seenAt" = clock_timestamp() RETURNING (xmax = 0) AS fresh`;
    return row.fresh;
  }

  /** @returns the broadcasts whose viewers changed by it */
  private async sweep(): Promise<string[]> {
    const rows = await this.database.read.$queryRaw<{ broadcastId: string }[]>`
      WITH dead AS (DELETE FROM "ViewerProcess" WHERE "seenAt" < clock_timestamp() - make_interval(secs => ${DEAD}) RETURNING id),
           gone AS (DELETE FROM "BroadcastViewer" v USING dead WHERE v."processId" = dead.id RETURNING v."broadcastId")
      SELECT DISTINCT "broadcastId" FROM gone`;
    return rows.map(({ broadcastId }) => broadcastId);
  }
}
