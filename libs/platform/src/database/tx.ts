import type { Prisma } from '../../../../prisma/generated/client.js';

declare const transactional: unique symbol;

/**
 * A transaction that is open. Only `Database.transaction` makes one, so what asks for a `Tx` cannot be called outside:
 * it does not compile. It has every model (`tx.fair.create(…)`) and raw statements (`tx.$queryRaw`).
 */
export type Tx = Prisma.TransactionClient & { readonly [transactional]: true };
