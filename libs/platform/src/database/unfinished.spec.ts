import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { setLogLevel } from '../logging/log.js';
import { startEmbedded, type EmbeddedPostgres } from './embedded.js';
import { migrate } from './migrate.js';
import { clearHalfFilled, fillOwn } from './unfinished.js';

let dataDir: string;
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  setLogLevel('silent');
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairwind-unfinished-'));
  chmodSync(dataDir, 0o755);
  postgres = await startEmbedded({ dataDir });
  await migrate(postgres.url);
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function query<T>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}
const note = () => existsSync(path.join(dataDir, 'demo-unfinished'));
const organisations = async () => (await query<{ n: number }>('SELECT count(*)::int AS n FROM "Organisation"'))[0]!.n;
const add = () => query(`INSERT INTO "Organisation" (id, kind, name, "regionCode") VALUES (gen_random_uuid(), 'organiser', '人社局', '350100')`);

describe('the embedded database', () => {
  it('keeps what it was filled with', async () => {
    expect(await fillOwn(dataDir, async () => { expect(note()).toBe(true); await add(); return 'lines'; })).toBe('lines');
    expect(note()).toBe(false);
    await clearHalfFilled(postgres.url, dataDir);
    expect(await organisations()).toBe(1);
  });

  it('is emptied when filling it did not come to its end, and can then be filled again', async () => {
    await expect(fillOwn(dataDir, async () => { await add(); throw new Error('The lights went out'); })).rejects.toThrow('lights');
    expect([note(), await organisations()]).toEqual([true, 2]);
    await clearHalfFilled(postgres.url, dataDir);
    expect(note()).toBe(false);
    expect(await migrate(postgres.url)).toBeGreaterThan(0);
    expect(await organisations()).toBe(0);
    await fillOwn(dataDir, add);
    await clearHalfFilled(postgres.url, dataDir);
    expect(await organisations()).toBe(1);
  }, 60_000);
});
