import type { AnyEnvelope, EventType } from '#libs/contracts';
import { refusalOf, type Database, type Last, type Log, type Tx } from '#libs/platform';
import type { Consumer } from './consumer.js';
import { envelope, type EventRow } from './envelope.js';
import type { Feed } from './feed.js';
import { Loop } from './loop.js';
import type { Turns } from './turns.js';

/** It rests as long as it worked, but no longer than this. Milliseconds. */
const EASE = 100;
const POLL = 1_000;
/** How soon to look again when another process is at it; it may die. Milliseconds. */
const BUSY = 200;
/** Positions that one look passes over at most, when hardly any of them are for this consumer. */
const SPAN = 20_000;
/** Who waits for it has it look so soon after its last look: pictures of many fairs are due at different moments. Milliseconds. */
const ASKED = 20;
/** Its row is written at least every so many positions, so that the next start need not pass over more, and else only with a batch. */
const SAVE_EVERY = 10_000;
/** Consumers that have nothing to do write theirs at different ones, from this share on. */
const SAVE_FROM = 0.5;
/** An event that fails this often, alone and with pauses of 0.2 s to 12.8 s between, is poison. */
const TRIES = 8;

/**
 * Runs one consumer. Its row is locked in the transaction of its tables, so that each batch counts once on any number of
 * processes. An event that it cannot take is never skipped: it is tried alone, again and again, and then this consumer
 * stops, loudly, until a person has mended it.
 */
export class Runner {
  private readonly loop: Loop;
  private readonly types: Set<EventType>;
  private readonly saveEvery = Math.ceil(SAVE_EVERY * (SAVE_FROM + (1 - SAVE_FROM) * Math.random()));
  private limit: number;
  private tries = 0;
  private come = 0;
  /** Who waits until it has come so far. */
  private readonly awaiting = new Set<{ position: number; go: () => void }>();
  /** What its row says, as far as this process knows; -1: it has not looked yet. */
  private stored = -1;
  private stopped: { position: number; message: string } | null = null;
  /** What the consumer's own code threw last; any other error is the runner's own and is retried for ever. */
  private raised: unknown;

  constructor(
    private readonly consumer: Consumer,
    private readonly database: Database,
    private readonly feed: Feed,
    private readonly log: Log,
    /** Of the reactors: each holds a connection while its reaction needs another. */
    private readonly turns: Turns,
  ) {
    this.types = new Set(consumer.types);
    this.limit = consumer.batch;
    this.loop = new Loop(`consumer ${consumer.name}`, () => this.pass(), { pause: consumer.pause, ease: EASE, poll: POLL, log });
  }

  get name(): string { return this.consumer.name; }
  /** Everything up to here has been consumed, by this process or another. */
  get position(): number { return this.come; }
  /** Why it stands still, or null. */
  get poisoned(): { position: number; message: string } | null { return this.stopped; }

  async start(): Promise<void> {
    const from = this.consumer.kind === 'projector' ? 0 : null;
    await this.database.read.$executeRaw`
      INSERT INTO "Consumer" (name, position, "updatedAt")
      VALUES (${this.name}, coalesce(${from}::bigint, (SELECT position FROM "RelayState" WHERE id = 1), 0), now())
      ON CONFLICT (name) DO NOTHING`;
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /** New events: is one of them for it? */
  notice(events: AnyEnvelope[]): void {
    if (events.some((event) => this.types.has(event.type))) this.loop.wake();
  }

  takes(type: EventType): boolean { return this.types.has(type); }

  /** Look now, whether or not there is something for it. */
  wake(): void {
    this.loop.wake(0);
  }

  /** Looks soon, and resolves when everything up to `position` has been consumed, or after so many milliseconds. */
  async reached(position: number, patience: number): Promise<void> {
    if (this.known >= position || this.stopped) return;
    this.loop.wake(ASKED);
    await new Promise<void>((resolve) => {
      const waiter = { position, go: () => { clearTimeout(timer); this.awaiting.delete(waiter); resolve(); } };
      const timer = setTimeout(waiter.go, patience);
      this.awaiting.add(waiter);
    });
  }

  private get known(): number { return this.come; }
  private set known(position: number) {
    this.come = position;
    for (const waiter of this.awaiting) if (waiter.position <= position) waiter.go();
  }

  private async pass(): Promise<number | null> {
    if (this.stopped) return null;
    if (this.nothingNew()) {
      if (this.known - this.stored >= this.saveEvery) await this.save();
      return null;
    }
    this.raised = undefined;
    try {
      const { again, error } = this.consumer.statements
        ? await this.database.rawTransaction((tx, last) => this.consume(tx, last))
        : await this.transaction();
      if (error !== undefined) return this.failed(error);
      this.tries = 0;
      this.limit = Math.min(this.limit * 2, this.consumer.batch);
      return again;
    } catch (error) {
      // A database that crashed may have taken a row back to where this process left it, and what another did since with it.
      this.stored = -1;
      if (this.raised === undefined || error !== this.raised) throw error;
      return this.failed(error);
    }
  }

  private transaction() {
    const work = () => this.database.transaction((tx) => this.consume(tx));
    return this.consumer.kind === 'reactor' ? this.turns.take(work) : work();
  }

  /** What this process has delivered since holds nothing for it: then it has come along, and needs no transaction to know. */
  private nothingNew(): boolean {
    if (this.stored < 0) return false;
    const head = this.feed.head();
    const delivered = this.feed.delivered(this.known);
    if (!delivered || delivered.some(({ type }) => this.types.has(type))) return false;
    this.known = Math.max(this.known, head);
    return true;
  }

  /**
   * Its row comes along, unless it is not where this process left it, or another is at it. There are a score of consumers that a rush of scans
   * has nothing for: a transaction of each at the same moment would be felt at the gates. Nor need it be on the disk at once: a crash of the
   * database costs passing over the same positions again.
   */
  private async save(): Promise<void> {
    const to = this.known;
    const saved = await this.database.rawQuery`
      UPDATE "Consumer" SET position = ${BigInt(to)}, "updatedAt" = now()
      WHERE name = (SELECT name FROM "Consumer" WHERE name = ${this.name} AND position = ${BigInt(this.stored)} FOR UPDATE SKIP LOCKED)
      RETURNING set_config('synchronous_commit', 'off', true)`;
    this.stored = saved.length > 0 ? to : -1;
  }

  /** @returns when to look again, and the error of a reaction: what was done before it commits all the same */
  private async consume(tx: Tx, last?: Last): Promise<{ again: number | null; error?: unknown }> {
    // A projector need not wait for the disk: a crash takes its tables and its position back together, and it reads on from there.
    const [row] = await tx.$queryRaw<{ position: bigint; head: bigint | null }[]>`
      SELECT c.position, (SELECT position FROM "RelayState" WHERE id = 1) AS head,
        CASE WHEN ${this.consumer.kind === 'projector'}::boolean THEN set_config('synchronous_commit', 'off', true) END AS settings
      FROM "Consumer" AS c WHERE c.name = ${this.name} FOR UPDATE OF c SKIP LOCKED`;
    if (!row) return { again: BUSY };
    const from = Number(row.position);
    const head = Math.max(from, Number(row.head ?? 0));
    this.known = Math.max(this.known, from);
    const { events, until } = this.remembered(from) ?? await this.read(tx, from, Math.min(head, from + SPAN));
    const { done, error } = events.length === 0 ? { done: 0 } : await this.hand(tx, events);
    const all = done === events.length && events.length < this.limit;
    const to = all ? until : (events[done - 1]?.position ?? from);
    const saved = done > 0 || to - from >= SAVE_EVERY;
    const saving = saved ? tx.$executeRaw`UPDATE "Consumer" SET position = ${BigInt(to)}, "updatedAt" = now() WHERE name = ${this.name}` : Promise.resolve();
    if (last) last(saving);
    else await saving;
    this.database.afterCommit(tx, () => {
      this.known = Math.max(this.known, to);
      this.stored = saved ? to : from;
    });
    return { again: to < head ? 0 : null, error };
  }

  /** From what this process has just delivered: no need to read the log again. Null: it does not go back so far, or there is nothing new. */
  private remembered(from: number): { events: AnyEnvelope[]; until: number } | null {
    const delivered = this.feed.delivered(from);
    const until = delivered?.at(-1)?.position;
    if (!delivered || until === undefined) return null;
    return { events: delivered.filter(({ type }) => this.types.has(type)).slice(0, this.limit), until };
  }

  private async read(tx: Tx, from: number, until: number): Promise<{ events: AnyEnvelope[]; until: number }> {
    if (until === from) return { events: [], until };
    const rows = await tx.$queryRaw<EventRow[]>`
      SELECT id, position, type, "scopeKind", "scopeId", "actorId", data, "happenedAt", "recordedAt"
      FROM "Event" WHERE position > ${BigInt(from)} AND position <= ${BigInt(until)} AND type = ANY(${[...this.types]})
      ORDER BY position LIMIT ${this.limit}`;
    return { events: rows.map(envelope), until };
  }

  private async hand(tx: Tx, events: AnyEnvelope[]): Promise<{ done: number; error?: unknown }> {
    try {
      return await this.consumer.consume(tx, events);
    } catch (error) {
      this.raised = error;
      throw error;
    }
  }

  /**
   * Halves the batch until the event that fails stands alone, then counts its tries. A database or a node that is away is no
   * fault of the event: that is thrown on, and retried for ever.
   */
  private failed(cause: unknown): number {
    const alone = this.consumer.kind === 'reactor' || this.limit === 1;
    if (!alone) {
      this.log.warn({ err: cause, consumer: this.name, batch: this.limit }, 'A batch failed; it is tried in smaller parts');
      this.limit = Math.max(1, Math.floor(this.limit / 2));
      return 0;
    }
    if (refusalOf(cause).code === 'unavailable') throw cause;
    this.tries += 1;
    const message = cause instanceof Error ? cause.message : String(cause);
    const facts = { err: cause, consumer: this.name, after: this.known, tries: this.tries };
    if (this.tries < TRIES) {
      this.log.warn(facts, 'An event failed; it is tried again');
      return 100 * 2 ** this.tries;
    }
    this.stopped = { position: this.known, message };
    this.log.error(facts, 'An event cannot be consumed. THIS CONSUMER STOPS until it is mended and the process is started again; nothing was skipped');
    return POLL;
  }
}
