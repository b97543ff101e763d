import { Injectable } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from '../../../../prisma/generated/client.js';
import { Log } from '../logging/log.js';
import { inOnePiece, rawStatement, rawTx } from './raw-tx.js';
import { canBeDoneAgain } from './retry.js';
import { statementNames } from './statement-names.js';
import type { Tx } from './tx.js';

export interface DatabaseOptions {
  /** Where it is, with the password. */
  url: string;
  /** Most connections for the models; raw statements have up to half as many more, of their own. */
  connections: number;
  /** Named prepared statements; off behind a pooler that does not know them. */
  prepared?: boolean;
}

const TRIES = 6;
/** A transaction waits so long for a connection, then `unavailable`; and may take so long. */
const PATIENCE = { maxWait: 10_000, timeout: 20_000 };
const log = Log.named('database');

/** A transaction whose process was cut off in the middle is over after this, so that nobody waits for its locks longer. Milliseconds. */
const IDLE = 20_000;

/** A connection that nothing was said on for so long is asked by TCP whether it still stands. Milliseconds. */
const KEEP_ALIVE = 30_000;

/** Takes statements that were sent and not waited for: nothing is answered before they are done, and COMMIT goes right behind them. */
export type Last = (writes: Promise<unknown>) => void;

/** The one way to the database. */
@Injectable()
export class Database {
  /** Queries outside a transaction. */
  readonly read: PrismaClient;
  /** Its address with the password, for what must speak to PostgreSQL directly. Never log it. */
  readonly url: string;
  private readonly pool: pg.Pool;
  /** For raw statements, which are sent one behind the other: gates do not wait behind pages. */
  private readonly raw: pg.Pool;
  private readonly prepared: boolean;
  private readonly acts = new WeakMap<object, (() => void)[]>();

  /** Connects at the first query. Whoever made it closes it. */
  constructor({ url, connections, prepared = true }: DatabaseOptions) {
    this.url = url;
    this.prepared = prepared;
    // Relay, consumers, scans, registrations and who asks hold one at a time.
    const raw = Math.max(1, Math.floor(connections / 2));
    // What is open stays open: a score of connections that end together, ten seconds after a rush, keep a small machine busy for a quarter of a
    // second. So whatever lies between must see them used, and one that it has dropped must be found out before the next rush.
    const options = {
      connectionString: url, application_name: 'fairwind', connectionTimeoutMillis: 10_000, idleTimeoutMillis: 0, keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE,
    };
    this.pool = new pg.Pool({ ...options, max: connections });
    this.raw = new pg.Pool({ ...options, max: raw, pipeline: true, ...(prepared && { idle_in_transaction_session_timeout: IDLE }) });
    // Prisma's own listener goes with `$disconnect`, and a connection that is cut while the pool ends would be uncaught.
    this.pool.on('error', () => {});
    this.raw.on('error', (err) => log.warn({ err }, 'A connection to the database was lost; the next query makes a new one.'));
    const adapter = new PrismaPg(this.pool, {
      onPoolError: (err) => log.warn({ err }, 'A connection to the database was lost; the next query makes a new one.'),
      ...(prepared && { statementNameGenerator: statementNames() }),
    });
    this.read = new PrismaClient({ adapter, transactionOptions: PATIENCE, errorFormat: 'minimal' });
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED): all of it or nothing. A serialization failure or a deadlock (40001,
   * 40P01) runs it again, a few times, so it must do nothing outside the database: see `afterCommit`.
   * @param within milliseconds that it may take; longer ones are for commands, since what it has locked others wait for
   * @returns what `work` returned
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, within = PATIENCE.timeout): Promise<T> {
    return this.repeated(() => this.once(work, within));
  }

  /**
   * The same for a `work` of raw statements alone (see `rawTx`): straight to the driver, for what is done thousands of times
   * a second. BEGIN goes with the first statement, and COMMIT with what `work` has given to `last` just before it returned.
   */
  rawTransaction<T>(work: (tx: Tx, last: Last) => Promise<T>): Promise<T> {
    return this.repeated(() => this.onceRaw(work));
  }

  /** One statement outside of a transaction, straight to the driver: for what is asked with every scan (see `rawTx`). */
  async rawQuery<Row>(strings: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return (await rawStatement(this.raw, this.prepared, strings, values)).rows as Row[];
  }

  private async repeated<T>(once: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await once();
      } catch (error) {
        if (tried >= TRIES || !canBeDoneAgain(error)) throw error;
        log.debug({ tried }, 'A transaction lost against another one and is done again.');
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** tried * 5));
      }
    }
  }

  /** Calls `act` once the transaction has committed, never when it rolled back. `act` must not throw. */
  afterCommit(tx: Tx, act: () => void): void {
    const acts = this.acts.get(tx);
    if (!acts) throw new Error('afterCommit was called with something that no open transaction gave');
    acts.push(act);
  }

  /** Ends all connections, after what they are doing. */
  async close(): Promise<void> {
    await this.read.$disconnect();
    for (const pool of [this.pool, this.raw]) if (!pool.ended) await pool.end();
  }

  private async once<T>(work: (tx: Tx) => Promise<T>, timeout: number): Promise<T> {
    const acts: (() => void)[] = [];
    let open: object = acts;
    try {
      return await this.read.$transaction((client: Prisma.TransactionClient) => {
        open = client;
        this.acts.set(client, acts);
        return work(client as Tx);
      }, { timeout });
    } catch (error) {
      acts.length = 0;
      throw error;
    } finally {
      this.acts.delete(open);
      for (const act of acts) this.safely(act);
    }
  }

  private async onceRaw<T>(work: (tx: Tx, last: Last) => Promise<T>): Promise<T> {
    const client = await this.raw.connect();
    const tx = rawTx(client, this.prepared);
    const acts: (() => void)[] = [];
    this.acts.set(tx, acts);
    let broken: Error | undefined;
    // A connection that is cut says so here too, beside the statement that was under way: unheard it would end the process.
    const cut = (lost: Error) => { broken = lost; };
    client.on('error', cut);
    let answer: T;
    let last: Promise<unknown> | undefined;
    try {
      inOnePiece(client);
      const begun = client.query('BEGIN');
      heard(begun);
      answer = await work(tx, (writes) => heard(last = writes));
      const [committed] = await Promise.all([client.query('COMMIT'), begun, last]);
      // PostgreSQL answers a COMMIT of what has failed with a ROLLBACK, and no error.
      if (committed.command !== 'COMMIT') throw new Error(`A transaction ended with ${committed.command}: one of its statements failed and was not waited for.`);
    } catch (error) {
      acts.length = 0;
      await client.query('ROLLBACK').catch(cut);
      throw error;
    } finally {
      this.acts.delete(tx);
      client.off('error', cut);
      client.release(broken);
    }
    for (const act of acts) this.safely(act);
    return answer;
  }

  private safely(act: () => void): void {
    try {
      act();
    } catch (err) {
      log.error({ err }, 'What was to be done after a commit failed; the commit stands.');
    }
  }
}

/** What is awaited later may fail before: until then it is no rejection that nobody hears. */
function heard(sent: Promise<unknown>): void {
  sent.catch(() => {});
}
