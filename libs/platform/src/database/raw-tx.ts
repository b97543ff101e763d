import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type pg from 'pg';
import { Prisma } from '../../../../prisma/generated/client.js';
import type { Tx } from './tx.js';

interface Prepared { name: string; text: string }
const prepared = new WeakMap<TemplateStringsArray, Prepared>();

function statement(strings: TemplateStringsArray): Prepared {
  const known = prepared.get(strings);
  if (known) return known;
  const text = strings.reduce((sql, part, n) => `${sql}$${n}${part}`);
  const made = { text, name: `fw_${createHash('sha256').update(text).digest('hex').slice(0, 32)}` };
  prepared.set(strings, made);
  return made;
}

/** A statement with parts of statements in it (`Prisma.sql`), made flat; without a name, since there may be one of every length. */
function composed(strings: TemplateStringsArray, given: unknown[]): { text: string; values: unknown[] } {
  const { text, values } = Prisma.sql(strings, ...given);
  return { text, values };
}

/** Runs one statement: prepared once a connection if `prepare`. */
export function rawStatement(on: pg.Pool | pg.PoolClient, prepare: boolean, strings: TemplateStringsArray, given: unknown[]): Promise<pg.QueryResult<pg.QueryResultRow>> {
  if (given.some((value) => value instanceof Prisma.Sql)) return on.query<pg.QueryResultRow>(composed(strings, given));
  const { name, text } = statement(strings);
  return on.query<pg.QueryResultRow>({ text, values: given, ...(prepare && { name }) });
}

/** What is sent in this turn of the event loop goes out in one piece: one call of the system, one packet. */
export function inOnePiece(client: pg.PoolClient): void {
  const { stream } = (client as pg.PoolClient & { connection: { stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/**
 * A transaction of statements only: `$queryRaw` and `$executeRaw` as tagged templates, straight to the driver, prepared once
 * a connection. For the few places where thousands of transactions a second go through; what else a `Tx` has is not there.
 * 64-bit integers come as texts, as the driver gives them. A statement is sent when it is called, behind those before it:
 * what does not need the answer of the one before is not waited for in between, and costs one way to the database together.
 */
export function rawTx(client: pg.PoolClient, prepare: boolean): Tx {
  const run = (strings: TemplateStringsArray, values: unknown[]) => {
    inOnePiece(client);
    return rawStatement(client, prepare, strings, values);
  };
  const raw = {
    $queryRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => (await run(strings, values)).rows,
    $executeRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => (await run(strings, values)).rowCount ?? 0,
  };
  return raw as unknown as Tx;
}
