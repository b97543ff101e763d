import { createHash } from 'node:crypto';
import type pg from 'pg';
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

/** Runs one statement: prepared once a connection if `named`. */
export function rawStatement(on: pg.Pool | pg.PoolClient, named: boolean, strings: TemplateStringsArray, values: unknown[]): Promise<pg.QueryResult<pg.QueryResultRow>> {
  const { name, text } = statement(strings);
  return on.query<pg.QueryResultRow>({ text, values, ...(named && { name }) });
}

/**
 * A transaction of statements only: `$queryRaw` and `$executeRaw` as tagged templates with plain values, straight to the
 * driver, prepared once a connection. For the few places where thousands of transactions a second go through; what else a
 * `Tx` has is not there. 64-bit integers come as texts, as the driver gives them.
 */
export function rawTx(client: pg.PoolClient, named: boolean): Tx {
  const run = (strings: TemplateStringsArray, values: unknown[]) => rawStatement(client, named, strings, values);
  const raw = {
    $queryRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => (await run(strings, values)).rows,
    $executeRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => (await run(strings, values)).rowCount ?? 0,
  };
  return raw as unknown as Tx;
}
