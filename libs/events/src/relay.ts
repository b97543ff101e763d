import { Injectable } from '@nestjs/common';
import { Database, Log, type Last, type Tx } from '#libs/platform';
import { Bus } from './bus.js';
import { envelope, type EventRow } from './envelope.js';
import { Loop } from './loop.js';

/** One in the whole database: `fwEV` in ASCII. Held only inside the transaction that assigns positions, up to its COMMIT. */
export const RELAY_LOCK = 0x66_77_45_56n;
/** Events that get their positions in one transaction. */
const BATCH = 1_000;
/** The net under the hints, milliseconds. */
const POLL = 500;
/** Least time between two runs: what commits meanwhile shares a transaction. Milliseconds. */
const PAUSE = 15;
/** And it rests as long as it worked, but no longer than this: mostly it waits for the disk, and every screen waits for it. Milliseconds. */
const EASE = 15;
/** How soon to try again when another holds the lock: a relay that may have looked before our commit, or a group commit, which does not look. Milliseconds. */
const BUSY = 20;

type Outcome = 'empty' | 'given' | 'full' | 'busy';

/**
 * Gives positions 1, 2, 3… to committed events that have none yet, in the order of their `seq`, and tells the bus. Every process has one and
 * only one of them works at a time, because the advisory lock lives in the very transaction that assigns: a relay that
 * dies takes its lock along, and one that dies between commit and publish has already written the truth.
 */
@Injectable()
export class Relay {
  private readonly loop: Loop;
  private unsubscribe = (): void => {};
  private hinted = false;

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {
    this.loop = new Loop('relay', () => this.pass(), { pause: PAUSE, ease: EASE, poll: POLL, log: this.log });
  }

  /** Something was committed: look soon. */
  wake(): void {
    this.hinted = true;
    this.loop.wake();
  }

  start(): void {
    this.unsubscribe = this.bus.subscribe((message) => {
      if (message.kind === 'appended') this.wake();
    });
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    await this.loop.stop();
  }

  /** One look. @returns milliseconds until the next one that cannot wait for a hint, or null */
  private async pass(): Promise<number | null> {
    const hinted = this.hinted;
    this.hinted = false;
    if (!hinted && !(await this.waiting())) return null;
    const outcome = await this.relayOnce();
    if (outcome === 'full') return 0;
    if (outcome !== 'busy') return null;
    this.bus.publish({ kind: 'appended' });
    return BUSY;
  }

  /** In the index's own order: without it PostgreSQL may expect to find one soon by reading the log from its beginning, and there is none. */
  private async waiting(): Promise<boolean> {
    const rows = await this.database.read.$queryRaw<unknown[]>`SELECT 1 FROM "Event" WHERE position IS NULL ORDER BY position, seq LIMIT 1`;
    return rows.length > 0;
  }

  /** Gives positions to what is committed, if nobody else is at it, and publishes. */
  async relayOnce(): Promise<Outcome> {
    const { locking, rows } = await this.database.rawTransaction((tx, last) => this.assign(tx, last));
    const [lock] = await locking;
    if (lock?.got !== 'true') return 'busy';
    const given = await rows;
    if (given.length === 0) return 'empty';
    this.publish(given);
    return given.length === BATCH ? 'full' : 'given';
  }

  /** Tells the bus of some that have been given positions, without a gap between them, and are committed. */
  publish(rows: EventRow[]): void {
    const events = rows.map(envelope).sort((a, b) => a.position - b.position);
    this.bus.publish({ kind: 'relayed', from: events[0]!.position, to: events.at(-1)!.position, events });
  }

  /** One way to the database: what comes back is to be read after the COMMIT. @returns whether it got the lock, and what got positions */
  private async assign(tx: Tx, last: Last): Promise<{ locking: Promise<{ got: string }[]>; rows: Promise<EventRow[]> }> {
    // Its own statement: the next one must take its snapshot after the lock, or it would number what the last holder did. It is not
    // waited for: the transaction itself remembers whether it got the lock.
    const locking = tx.$queryRaw<{ got: string }[]>`SELECT set_config('fairwind.relaying', pg_try_advisory_xact_lock(${RELAY_LOCK}::bigint)::text, true) AS got`;
    const rows = tx.$queryRaw<EventRow[]>`
      WITH batch AS (
        SELECT id, row_number() OVER (ORDER BY seq) AS n
        FROM (SELECT id, seq FROM "Event" WHERE position IS NULL AND current_setting('fairwind.relaying') = 'true' ORDER BY position, seq LIMIT ${BATCH}) AS waiting
      ), state AS (
        UPDATE "RelayState" SET position = position + (SELECT count(*) FROM batch) WHERE id = 1 AND EXISTS (SELECT FROM batch) RETURNING position
      )
      UPDATE "Event" AS e SET position = state.position - (SELECT count(*) FROM batch) + batch.n
      FROM batch, state
      WHERE e.id = batch.id
      RETURNING e.id, e.position, e.type, e."scopeKind", e."scopeId", e."actorId", e.data, e."happenedAt", e."recordedAt"`;
    last(Promise.all([locking, rows]));
    return { locking, rows };
  }
}
