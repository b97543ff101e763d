import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { newId } from './id.js';
import type { Database } from './database.js';
import type { Tx } from './tx.js';

let testing: TestDatabase;
let database: Database;
beforeAll(async () => {
  testing = await testDatabase();
  database = testing.database;
}, 60_000);
afterAll(() => testing.close());

/** Lets go when so many have come; who comes later does not wait. */
function meeting(of: number): () => Promise<void> {
  let come = 0;
  let open = (): void => undefined;
  const all = new Promise<void>((resolve) => { open = resolve; });
  return () => {
    come += 1;
    if (come === of) open();
    return all;
  };
}

const timer = (tx: Tx, key: string) => tx.timer.create({ data: { id: newId(), name: 'test', key, dueAt: new Date(), data: {} } });

describe('a transaction', () => {
  it('keeps all of it or nothing', async () => {
    await expect(
      database.transaction(async (tx) => {
        await timer(tx, 'rolled back');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await database.transaction((tx) => timer(tx, 'kept'));
    expect((await database.read.timer.findMany({ select: { key: true } })).map((row) => row.key)).toEqual(['kept']);
  });

  it('has the time that it is given', async () => {
    const slow = (within?: number) => database.transaction(async (tx) => {
      await tx.$queryRaw`SELECT pg_sleep(0.5)::text`;
      await timer(tx, `within ${within}`);
    }, within);
    await expect(slow(100)).rejects.toThrow(/100 ms/);
    await slow(30_000);
    expect(await database.read.timer.count({ where: { key: { startsWith: 'within' } } })).toBe(1);
  });

  it('acts after the commit, and never after a rollback', async () => {
    const acts: string[] = [];
    await database.transaction(async (tx) => {
      database.afterCommit(tx, () => acts.push('committed'));
      database.afterCommit(tx, () => {
        throw new Error('the act of somebody else');
      });
      await tx.$queryRaw`SELECT 1`;
      expect(acts).toEqual([]);
    });
    const refused = database.transaction(async (tx) => {
      database.afterCommit(tx, () => acts.push('rolled back'));
      await tx.$queryRaw`SELECT 1`;
      throw new Error('no');
    });
    await expect(refused).rejects.toThrow('no');
    expect(acts).toEqual(['committed']);
  });

  it('is done again after a deadlock, and its act happens once', async () => {
    const [a, b] = await Promise.all(['a', 'b'].map((key) => database.transaction((tx) => timer(tx, key))));
    const meet = meeting(2);
    let runs = 0;
    let acts = 0;
    const both = (first: string, second: string) =>
      database.transaction(async (tx) => {
        runs += 1;
        database.afterCommit(tx, () => (acts += 1));
        await tx.timer.update({ where: { id: first }, data: { attempts: { increment: 1 } } });
        await meet();
        await tx.timer.update({ where: { id: second }, data: { attempts: { increment: 1 } } });
      });
    await Promise.all([both(a.id, b.id), both(b.id, a.id)]);
    const rows = await database.read.timer.findMany({ where: { id: { in: [a.id, b.id] } } });
    expect(rows.map((row) => row.attempts)).toEqual([2, 2]);
    // Whoever lost may be the faster one once more, and lose again.
    expect(runs).toBeGreaterThanOrEqual(3);
    expect(acts).toBe(2);
  }, 20_000);

  it('is done again after a deadlock in raw SQL', async () => {
    const [a, b] = await Promise.all(['ra', 'rb'].map((key) => database.transaction((tx) => timer(tx, key))));
    const meet = meeting(2);
    let runs = 0;
    const both = (first: string, second: string) =>
      database.transaction(async (tx) => {
        runs += 1;
        await tx.$queryRaw`UPDATE "Timer" SET attempts = attempts + 1 WHERE id = ${first}::uuid`;
        await meet();
        await tx.$executeRaw`UPDATE "Timer" SET attempts = attempts + 1 WHERE id = ${second}::uuid`;
      });
    await Promise.all([both(a.id, b.id), both(b.id, a.id)]);
    const rows = await database.read.timer.findMany({ where: { id: { in: [a.id, b.id] } } });
    expect(rows.map((row) => row.attempts)).toEqual([2, 2]);
    expect(runs).toBeGreaterThanOrEqual(3);
  }, 20_000);

  it('is the only way to a Tx', async () => {
    const needsTx = (_tx: Tx): void => undefined;
    // @ts-expect-error a plain client is no transaction: whatever appends or writes with a Tx does not compile with it
    needsTx(database.read);
    await database.read.$transaction(async (client) => {
      // @ts-expect-error nor is Prisma's own
      needsTx(client);
    });
    expect(() => database.afterCommit(database.read as unknown as Tx, () => undefined)).toThrow('no open transaction');
  });
});

it('prepares a statement once a connection', async () => {
  await database.transaction(async (tx) => {
    for (let i = 0; i < 3; i += 1) await tx.timer.findFirst({ where: { key: `k${i}` } });
    const [{ n }] = await tx.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement LIKE '%"Timer"%' AND name LIKE 'fw_%'`;
    expect(n).toBeGreaterThan(0);
  });
});

it('sorts Chinese as UTF-8 and finds its trigrams', async () => {
  const [row] = await database.read.$queryRaw<{ ctype: string }[]>`SELECT datctype AS ctype FROM pg_database WHERE datname = current_database()`;
  expect(row.ctype).toBe('C.UTF-8');
});
