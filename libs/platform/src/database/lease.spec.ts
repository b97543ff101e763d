import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { statement } from '../../../../test/support/cluster.js';
import { Settings } from '../config/settings.js';
import { setLogLevel } from '../logging/log.js';
import { Lease } from './lease.js';

let testing: TestDatabase;
const folders = [0, 1].map(() => mkdtempSync(path.join(os.tmpdir(), 'fairwind-lease-')));
const held: Lease[] = [];
beforeAll(async () => {
  setLogLevel('silent');
  testing = await testDatabase();
}, 60_000);
afterEach(async () => {
  for (const lease of held.splice(0)) await lease.end();
});
afterAll(async () => {
  await testing.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function take(settings: Partial<Settings>, lost: (error: Error) => void = () => undefined): Promise<Lease> {
  const whole = Object.assign(new Settings(), { dataDir: folders[0], databaseUrl: testing.url }, settings);
  const lease = await Lease.take(testing.url, whole, lost);
  held.push(lease);
  return lease;
}
const redisUrl = 'redis://x';

it('is one process’s alone without Redis', async () => {
  const first = await take({});
  await expect(take({})).rejects.toThrow('set REDIS_URL for both, or stop the other one');
  await expect(take({ databaseUrl: null })).rejects.toThrow('Another process is running on');
  await first.end();
  await take({});
}, 30_000);

it('waits for one that is just ending', async () => {
  const first = await take({});
  setTimeout(() => void first.end(), 500);
  await take({});
}, 30_000);

it('is shared by processes that have Redis and one place for files', async () => {
  await take({ redisUrl });
  await take({ redisUrl });
  await expect(take({ redisUrl, dataDir: folders[1] })).rejects.toThrow('set FAIRWIND_S3_BUCKET on all nodes, or mount one folder');
  await take({ redisUrl, dataDir: folders[1], s3Bucket: 'fair' });
}, 30_000);

it('is taken again when its line breaks, and given up when somebody else has it', async () => {
  let lost: Error | undefined;
  await take({}, (error) => (lost = error));
  const kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'fairwind process %' AND datname = current_database()";
  await statement(testing.url, kill);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await expect(take({})).rejects.toThrow('set REDIS_URL');
  await statement(testing.url, kill);
  const thief = new pg.Client({ connectionString: testing.url, application_name: 'fairwind process other' });
  await thief.connect();
  for (let n = 0; n < 100 && !lost; n += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  await thief.end();
  expect(lost?.message).toContain('Another process is running on this DATABASE_URL');
}, 40_000);
