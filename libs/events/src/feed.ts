import { Injectable } from '@nestjs/common';
import type { AnyEnvelope, EventType } from '#libs/contracts';
import { Database, Log, Prisma } from '#libs/platform';
import { Bus, type BusMessage } from './bus.js';
import { envelope, type EventRow } from './envelope.js';
import { Loop } from './loop.js';

export interface SinceOptions {
  /** At most this many events; 1,000 unless told. */
  limit?: number;
  /** Only events of this fair or organisation. */
  scopeId?: string;
  /** Only these types. */
  types?: readonly EventType[];
  /** Not these types. */
  without?: readonly EventType[];
  /** Only up to this position, which is included. */
  until?: number;
}

/** Gets each batch of new events: in order, without a gap, once. Must not throw and must not wait. */
export type FeedListener = (events: AnyEnvelope[]) => void;

/** The net under the bus, milliseconds: what a lost message costs at most. */
const POLL = 500;
const PAGE = 1_000;
/** So many of the newest events are kept in memory for the consumers, at least; at most twice as many. */
const KEPT = 4_000;

/**
 * Follows the log in this process. A batch from the bus that continues what was delivered goes out at once; one that
 * leaves a gap, and silence, are answered by reading the log.
 */
@Injectable()
export class Feed {
  private readonly listeners = new Set<FeedListener>();
  private readonly loop: Loop;
  private position = 0;
  /** The newest, up to `position`, without a gap. */
  private kept: AnyEnvelope[] = [];
  private unsubscribe = (): void => {};

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {
    this.loop = new Loop('feed', () => this.readOn(), { pause: 1, poll: POLL, log: this.log });
  }

  /** The position up to which this process has handed events to its listeners. */
  head(): number {
    return this.position;
  }

  /** What this process has delivered after `position`, up to `head`; null: that far back it remembers no more. The log is read then. */
  delivered(position: number): AnyEnvelope[] | null {
    if (position >= this.position) return [];
    const first = this.kept[0];
    return first && first.position <= position + 1 ? this.kept.slice(position + 1 - first.position) : null;
  }

  /** The last position that was given, by the database. */
  async latest(): Promise<number> {
    const state = await this.database.read.relayState.findUnique({ where: { id: 1 } });
    return Number(state?.position ?? 0);
  }

  /** Reads the log after `position`, in order. */
  since(position: number, options: SinceOptions = {}): Promise<AnyEnvelope[]> {
    return this.query([Prisma.sql`position > ${BigInt(position)}`], options, Prisma.sql`ASC`);
  }

  /** Reads the log from its end, the newest first. */
  newest(options: SinceOptions): Promise<AnyEnvelope[]> {
    return this.query([Prisma.sql`position IS NOT NULL`], options, Prisma.sql`DESC`);
  }

  /** Calls `listener` with each batch of new events, synchronously and in order. @returns stops it */
  follow(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Begins at the log's end: what was before is read with `since`. */
  async start(): Promise<void> {
    this.position = await this.latest();
    this.unsubscribe = this.bus.subscribe((message) => this.heard(message));
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    await this.loop.stop();
  }

  /** The newest that this process has delivered, the newest first: as a rule without asking the database. */
  async recent(options: SinceOptions): Promise<AnyEnvelope[]> {
    return this.remembered(options) ?? this.newest({ ...options, until: Math.min(this.position, options.until ?? Infinity) });
  }

  /** Null: so far back it remembers no more. */
  private remembered({ limit = PAGE, scopeId, types, without, until = Infinity }: SinceOptions): AnyEnvelope[] | null {
    const found: AnyEnvelope[] = [];
    for (let place = this.kept.length - 1; place >= 0 && found.length < limit; place -= 1) {
      const event = this.kept[place]!;
      const asked = event.position <= until && (scopeId === undefined || ('id' in event.scope && event.scope.id === scopeId))
        && (types?.includes(event.type) ?? true) && !without?.includes(event.type);
      if (asked) found.push(event);
    }
    return found.length === limit ? found : null;
  }

  private async query(conditions: Prisma.Sql[], options: SinceOptions, order: Prisma.Sql): Promise<AnyEnvelope[]> {
    const { limit = PAGE, scopeId, types, without, until } = options;
    const where = [
      ...conditions,
      ...(until === undefined ? [] : [Prisma.sql`position <= ${BigInt(until)}`]),
      ...(scopeId === undefined ? [] : [Prisma.sql`"scopeId" = ${scopeId}::uuid`]),
      ...(types === undefined ? [] : [Prisma.sql`type = ANY(${[...types]})`]),
      ...(without === undefined ? [] : [Prisma.sql`type <> ALL(${[...without]})`]),
    ];
    const rows = await this.database.read.$queryRaw<EventRow[]>`
      SELECT id, position, type, "scopeKind", "scopeId", "actorId", data, "happenedAt", "recordedAt"
      FROM "Event" WHERE ${Prisma.join(where, ' AND ')} ORDER BY position ${order} LIMIT ${limit}`;
    return rows.map(envelope);
  }

  private heard(message: BusMessage): void {
    if (message.kind !== 'relayed' || message.to <= this.position) return;
    const first = message.events[0];
    if (!first || first.position > this.position + 1) this.loop.wake();
    else this.deliver(message.events);
  }

  /** Reads until the log's end. Batches from the bus may be delivered meanwhile; `deliver` drops what is old. */
  private async readOn(): Promise<null> {
    for (;;) {
      const events = await this.since(this.position, { limit: PAGE });
      this.deliver(events);
      if (events.length < PAGE) return null;
    }
  }

  private keep(fresh: AnyEnvelope[]): void {
    if (fresh[0]?.position !== this.position + 1) this.kept = []; // the log has a hole: positions were given and never written
    this.kept.push(...fresh);
    if (this.kept.length > KEPT * 2) this.kept = this.kept.slice(-KEPT);
  }

  private deliver(events: AnyEnvelope[]): void {
    const fresh = events.filter((event) => event.position > this.position);
    const last = fresh.at(-1);
    if (!last) return;
    this.keep(fresh);
    this.position = last.position;
    for (const listener of this.listeners) {
      try {
        listener(fresh);
      } catch (error) {
        this.log.error({ err: error, until: last.position }, 'A listener of the feed threw');
      }
    }
  }
}
