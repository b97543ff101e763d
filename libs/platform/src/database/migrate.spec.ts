import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { sibling, statement, testCluster } from '../../../../test/support/cluster.js';
import { setLogLevel } from '../logging/log.js';
import { migrate, MIGRATIONS, migrations } from './migrate.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fairwind-migrations-'));
const made: string[] = [];
let server: string;
beforeAll(async () => {
  setLogLevel('silent');
  server = (await testCluster()).url;
  cpSync(MIGRATIONS, folder, { recursive: true });
}, 60_000);
afterAll(async () => {
  for (const name of made) await statement(server, `DROP DATABASE ${name} WITH (FORCE)`);
  rmSync(folder, { recursive: true });
});

async function empty(): Promise<string> {
  const name = `test_migrate_${randomBytes(6).toString('hex')}`;
  await statement(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  made.push(name);
  return sibling(server, name);
}
function add(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}
async function rows(url: string): Promise<{ migration_name: string; checksum: string; finished_at: Date | null; applied_steps_count: number }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: found } = await client.query('SELECT * FROM _prisma_migrations ORDER BY started_at');
  await client.end();
  return found as Awaited<ReturnType<typeof rows>>;
}

it('applies each once, however many processes start at the same time', async () => {
  const url = await empty();
  const all = migrations().length;
  expect((await Promise.all([migrate(url), migrate(url), migrate(url)])).sort()).toEqual([0, 0, all]);
  expect((await rows(url)).map((row) => [row.migration_name, row.checksum, row.applied_steps_count])).toEqual(migrations().map(({ name, checksum }) => [name, checksum, 1]));
  expect(await migrate(url)).toBe(0);
});

it('keeps nothing of one that fails, says which, and does not go on over it', async () => {
  const url = await empty();
  add('20990101000000_broken', 'CREATE TABLE half (n int); SELECT 1/0;');
  await expect(migrate(url, folder)).rejects.toThrow('The migration 20990101000000_broken failed: division by zero');
  await expect(migrate(url, folder)).rejects.toThrow('failed half-way at an earlier start');
  expect((await rows(url)).at(-1)).toMatchObject({ migration_name: '20990101000000_broken', finished_at: null });
  await expect(statement(url, 'SELECT * FROM half')).rejects.toThrow('does not exist');
  rmSync(path.join(folder, '20990101000000_broken'), { recursive: true });
});

it('refuses a database that was made with another text of it', async () => {
  const url = await empty();
  add('20990101000000_added', 'CREATE TABLE added (n int);');
  await migrate(url, folder);
  add('20990101000000_added', 'CREATE TABLE added (n bigint);');
  await expect(migrate(url, folder)).rejects.toThrow('The migration 20990101000000_added was changed');
});
