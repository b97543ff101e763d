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

/** As a server takes it, with shorter waits. */
async function take(settings: Partial<Settings>, { lost = () => undefined, patienceMs = 1_000 }: { lost?: (error: Error) => void; patienceMs?: number } = {}): Promise<Lease> {
  const whole = Object.assign(new Settings(), { dataDir: folders[0], databaseUrl: testing.url }, settings);
  const lease = await Lease.take(testing.url, whole, lost, undefined, { patienceMs, againMs: 300 });
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
  await take({}, { patienceMs: 20_000 });
}, 30_000);

it('is shared by processes that have Redis and one place for files', async () => {
  await take({ redisUrl });
  await take({ redisUrl });
  await expect(take({ redisUrl, dataDir: folders[1] })).rejects.toThrow('set FAIRWIND_S3_BUCKET on all nodes, or mount one folder');
  await take({ redisUrl, dataDir: folders[1], s3Bucket: 'fair' });
}, 30_000);

it('is taken again when its line breaks, and given up when somebody else has it', async () => {
  let lost: Error | undefined;
  await take({}, { lost: (error) => (lost = error) });
  const holders = async () => (await testing.database.read.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'fairwind process %' AND datname = current_database()`).map(({ pid }) => pid);
  const [first] = await holders();
  await statement(testing.url, `SELECT pg_terminate_backend(${first})`);
  let again: number | undefined;
  for (let n = 0; n < 200 && !again; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    again = (await holders()).find((pid) => pid !== first);
  }
  await expect(take({})).rejects.toThrow('set REDIS_URL');
  const thief = new pg.Client({ connectionString: testing.url, application_name: 'fairwind process other' });
  await thief.connect();
  await statement(testing.url, `SELECT pg_terminate_backend(${again})`);
  for (let n = 0; n < 200 && !lost; n += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  await thief.end();
  expect(lost?.message).toContain('Another process is running on this DATABASE_URL');
}, 40_000);
