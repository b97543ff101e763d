import type { Prisma, PrismaClient } from '../../../../prisma/generated/client.js';

declare const transactional: unique symbol;

/**
 * A transaction that is open. Only `Database.transaction` makes one, so what asks for a `Tx` cannot be called outside:
 * it does not compile. It has every model (`tx.fair.create(…)`) and raw statements (`tx.$queryRaw`).
 */
export type Tx = Prisma.TransactionClient & { readonly [transactional]: true };

/**
 * Where something is read: outside of transactions (`Database.read`), or in one that is open. Whatever is called within a transaction
 * reads there: a second connection beside the held one makes as many at once as there are connections wait for one another.
 */
export type Reader = Tx | PrismaClient;
