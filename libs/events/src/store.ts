import { Injectable } from '@nestjs/common';
import type { EventMap, EventType, Scope } from '#libs/contracts';
import { Database, newId, type Tx } from '#libs/platform';
import type { EventRow } from './envelope.js';
import { Relay, RELAY_LOCK } from './relay.js';

export interface AppendOptions {
  /** The account or device that did it; null or absent: the system. */
  actorId?: string | null;
  /** The device's time, corrected; absent: the database's. */
  happenedAt?: Date;
}

/** An event that has not been written yet. */
export interface Draft<T extends EventType = EventType> extends AppendOptions {
  type: T;
  scope: Scope;
  data: EventMap[T];
}

/** A draft of any type, so that `data` is checked against its own `type`. */
export type AnyDraft = { [T in EventType]: Draft<T> }[EventType];

/** The store: facts are appended in the transaction of their cause, or not at all. */
@Injectable()
export class Events {
  constructor(
    private readonly database: Database,
    private readonly relay: Relay,
  ) {}

  /** Appends one fact; it is seen by nobody until `tx` commits, and then by everybody. */
  async append<T extends EventType>(tx: Tx, type: T, scope: Scope, data: EventMap[T], options: AppendOptions = {}): Promise<void> {
    await this.appendMany(tx, [{ type, scope, data, ...options } as AnyDraft]);
  }

  /**
   * Appends many facts in this order with one statement (a group commit of scans). An empty list does nothing.
   * `atOnce`, only where COMMIT goes right behind it (`Last`): they have their positions when they are committed, and so no second transaction
   * is waited for; unless somebody else is giving positions, or older facts still wait for theirs. Those, and then these, the relay does.
   */
  async appendMany(tx: Tx, drafts: readonly AnyDraft[], { atOnce = false }: { atOnce?: boolean } = {}): Promise<void> {
    if (drafts.length === 0) return;
    const rows = drafts.map((draft) => ({
      id: newId(),
      type: draft.type,
      scopeKind: draft.scope.kind,
      scopeId: draft.scope.kind === 'platform' ? null : draft.scope.id,
      actorId: draft.actorId ?? null,
      data: draft.data,
      happenedAt: draft.happenedAt?.toISOString() ?? null,
    }));
    // `seq` is drawn after the sort, so the order of the list is the order of the log. The lock is the relay's, and is held until the COMMIT:
    // nobody sees a position before those below it. That nothing waits is known of what was committed when this began, and no cause of these came later.
    const placed = await tx.$queryRaw<EventRow[]>`
      WITH turn AS MATERIALIZED (
        SELECT CASE WHEN ${atOnce}::boolean AND NOT EXISTS (SELECT FROM "Event" WHERE position IS NULL) THEN pg_try_advisory_xact_lock(${RELAY_LOCK}::bigint) END AS mine
      ), state AS (
        UPDATE "RelayState" SET position = position + ${rows.length}::int WHERE id = 1 AND (SELECT mine FROM turn) RETURNING position
      ), written AS (
        INSERT INTO "Event" (id, position, type, "scopeKind", "scopeId", "actorId", data, "happenedAt")
        SELECT (d->>'id')::uuid, (SELECT position FROM state) - ${rows.length}::int + n, d->>'type', (d->>'scopeKind')::"ScopeKind", (d->>'scopeId')::uuid,
               (d->>'actorId')::uuid, d->'data', coalesce((d->>'happenedAt')::timestamptz, clock_timestamp())
        FROM jsonb_array_elements(${JSON.stringify(rows)}::jsonb) WITH ORDINALITY AS draft(d, n)
        ORDER BY n
        RETURNING *
      )
      SELECT id, position, type, "scopeKind", "scopeId", "actorId", data, "happenedAt", "recordedAt" FROM written WHERE position IS NOT NULL`;
    this.database.afterCommit(tx, () => {
      if (placed.length > 0) this.relay.publish(placed);
      else this.relay.wake();
    });
  }
}
