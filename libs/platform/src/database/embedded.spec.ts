import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Settings } from '../config/settings.js';
import { setLogLevel } from '../logging/log.js';
import { startEmbedded, type EmbeddedPostgres } from './embedded.js';
import { openDatabase } from './open.js';

let dataDir: string;
const running: EmbeddedPostgres[] = [];
beforeAll(() => {
  setLogLevel('silent');
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairwind-embedded-'));
  chmodSync(dataDir, 0o755);
});
afterAll(async () => {
  for (const each of running) await each.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded({ dataDir: folder });
  running.push(postgres);
  return postgres;
}
async function query<Row extends pg.QueryResultRow>({ url }: EmbeddedPostgres, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
const pidFile = (): string => path.join(dataDir, 'postgres', 'data', 'postmaster.pid');
const READY = /^ready *$/m;
/** What the file says of a server that takes connections: PostgreSQL says so in its log first, in this file a moment later. */
async function saidReady(): Promise<string> {
  const said = readFileSync(pidFile(), 'utf8');
  return READY.test(said) ? said : pause(10).then(saidReady);
}
const pidOf = (): number => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);

describe('the embedded database', () => {
  it('is made, starts, is adopted while it runs, and comes back with what it held', async () => {
    const first = await start();
    expect(first).toMatchObject({ fresh: true, adopted: false });
    await query(first, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
    const second = await start();
    expect(second).toMatchObject({ fresh: false, adopted: true, url: first.url });
    await first.stop();
    const third = await start();
    expect(third).toMatchObject({ fresh: false, adopted: false });
    expect(await query(third, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await third.stop();
  }, 60_000);

  it('loses no acknowledged row when it is killed', async () => {
    const before = await start();
    for (let n = 2; n < 30; n += 1) await query(before, `INSERT INTO kept VALUES (${n})`);
    process.kill(pidOf(), 'SIGKILL');
    const after = await start();
    expect(await query(after, 'SELECT count(*)::int AS n, sum(n)::int AS sum FROM kept')).toEqual([{ n: 29, sum: 435 }]);
    await after.stop();
  }, 60_000);

  it('that dies under a living process comes back at its address, with all that was acknowledged', async () => {
    const settings = Object.assign(new Settings(), { dataDir, databaseUrl: null });
    const open = await openDatabase(settings, () => undefined);
    try {
      await open.database.read.$executeRaw`CREATE TABLE survived AS SELECT 1 AS n`;
      const killed = pidOf();
      process.kill(killed, 'SIGKILL');
      // Its sessions outlive it for a moment, and one of them would answer.
      const another = async (): Promise<void> => (existsSync(pidFile()) && pidOf() !== killed ? undefined : pause(100).then(another));
      await another();
      const back = async (): Promise<unknown> => open.database.read.$queryRaw`SELECT n FROM survived`.catch(() => pause(100).then(back));
      expect(await back()).toEqual([{ n: 1 }]);
    } finally {
      await open.close();
    }
    expect(existsSync(pidFile())).toBe(false); // the one that was started again is ended, too
  }, 60_000);

  it('is waited for while it goes through its log, for a process that was killed meanwhile', async () => {
    const first = await start();
    const said = await saidReady();
    writeFileSync(pidFile(), said.replace(READY, 'starting'));
    const second = start();
    await pause(4_000);
    writeFileSync(pidFile(), said);
    expect(await second).toMatchObject({ adopted: true, url: first.url });
    await first.stop();
  }, 60_000);

  it('is started once by two at the same time', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.url).toBe(two.url);
    expect([one.adopted, two.adopted].filter(Boolean)).toHaveLength(1);
    await one.stop();
    await two.stop();
  }, 60_000);

  it('takes a password, and a locale in which Chinese has trigrams', async () => {
    const postgres = await start();
    const open = new URL(postgres.url);
    open.password = 'wrong';
    await expect(query({ ...postgres, url: open.href }, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await query(postgres, 'CREATE EXTENSION IF NOT EXISTS pg_trgm');
    const [{ trigrams }] = await query<{ trigrams: string[] }>(postgres, "SELECT show_trgm('电焊工程师') AS trigrams");
    expect(trigrams.length).toBeGreaterThan(3);
    await postgres.stop();
  }, 60_000);

  // Only root drops to another user, who may be shut out.
  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('lies elsewhere when its user cannot reach DATA_DIR', async () => {
    const closed = path.join(dataDir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const folder = path.join(closed, 'data');
    const postgres = await start(folder);
    const place = readFileSync(path.join(folder, 'postgres', 'MOVED'), 'utf8').trim();
    expect(await query(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    const again = await start(folder);
    expect(again.fresh).toBe(false);
    await again.stop();
    rmSync(place, { recursive: true });
  }, 60_000);
});
