import type { Tx } from './tx.js';

/**
 * Has the rest of `tx` look rows up by their index. Statements are prepared, and on the morning of a fair the tables are empty: PostgreSQL
 * would plan to read them whole, and keep that plan for a while after they have grown.
 */
export async function lookUpByIndex(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT concat(set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)) AS settings`;
}
