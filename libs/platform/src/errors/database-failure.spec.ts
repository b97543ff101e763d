import { createServer, type AddressInfo } from 'node:net';
import { Database } from '../database/database.js';
import { refusalOf } from './failure.js';

const failing = async (ask: () => Promise<unknown>): Promise<string> => ask().then(() => 'no failure', (error: unknown) => refusalOf(error).code);

describe('a database that is not there', () => {
  let database: Database;
  beforeAll(async () => {
    const probe = createServer();
    const nobody = await new Promise<number>((resolve) => probe.listen(0, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port)));
    await new Promise((closed) => probe.close(closed));
    database = new Database({ url: `postgresql://nobody@127.0.0.1:${nobody}/none`, connections: 2, prepared: true });
  });
  afterAll(() => database.close());

  it.each<[string, () => Promise<unknown>]>([
    ['a model', () => database.read.account.count()],
    ['raw SQL', () => database.read.$queryRaw`SELECT 1`],
    ['a transaction', () => database.transaction((tx) => tx.account.count())],
    ['a statement straight to the driver', () => database.rawQuery`SELECT 1`],
  ])('is “try again in a moment” for %s', async (_, ask) => {
    expect(await failing(ask)).toBe('unavailable');
  });
});
