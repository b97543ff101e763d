import { Injectable } from '@nestjs/common';
import { PrismaClient, type Prisma } from '../../../../prisma/generated/client.js';
import type { Tx } from './tx.js';

/** The one way to the database. Closed by the process that opened it. */
@Injectable()
export class Database {
  private readonly acts = new WeakMap<object, (() => void)[]>();

  /** Use `openDatabase`. */
  constructor(
    /** Queries outside a transaction. */
    readonly read: PrismaClient,
    /** Where it is, for tools that speak to it directly. Holds the password: never log it. */
    readonly url: string,
  ) {}

  /**
   * Runs `work` in one transaction (READ COMMITTED): all of it or nothing. A serialization failure or a deadlock (40001,
   * 40P01) runs it again, a few times; so it must do nothing outside the database: see `afterCommit`.
   * @returns what `work` returned
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { acts, result } = await this.read.$transaction(async (client: Prisma.TransactionClient) => {
      const result = await work(client as Tx);
      return { result, acts: this.acts.get(client) ?? [] };
    });
    for (const act of acts) act();
    return result;
  }

  /** Calls `act` once the transaction has committed, never when it rolled back. `act` must not throw. */
  afterCommit(tx: Tx, act: () => void): void {
    const acts = this.acts.get(tx) ?? [];
    acts.push(act);
    this.acts.set(tx, acts);
  }
}
