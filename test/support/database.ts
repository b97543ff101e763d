import { randomBytes } from 'node:crypto';
import { Database } from '../../libs/platform/src/index.js';
import { sibling, statement, testCluster } from './cluster.js';

/** A database of one test file's own, migrated and empty. */
export interface TestDatabase {
  /** Its address, for processes that the test starts. */
  url: string;
  database: Database;
  /** Closes and removes it: `afterAll(() => testing.close())`. */
  close(): Promise<void>;
}

/**
 * Makes an empty, migrated database on the tests' own real PostgreSQL, which it starts when nobody has. About 15 ms after
 * the first.
 * @param connections most connections of its `database`
 */
export async function testDatabase({ connections = 10 } = {}): Promise<TestDatabase> {
  const cluster = await testCluster();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await statement(cluster.url, `CREATE DATABASE ${name} TEMPLATE ${cluster.template} STRATEGY file_copy`);
  const url = sibling(cluster.url, name);
  const database = new Database({ url, connections });
  const close = async () => {
    await database.close();
    await statement(cluster.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { url, database, close };
}
