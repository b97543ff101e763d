import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Benchmark } from './benchmark.js';
import { inOrder } from './benchmark.js';
import { startPostgres } from './postgres.js';
import { accessToken } from './register/fairs.js';
import { Gates } from './scan/gates.js';
import { benchKeys, makeHall } from './scan/hall.js';
import { startAndTime, type StartedServer } from './server.js';

const RATE = 1_000;
const GATES = 64;
const PROCESSES = 2;
const DASHBOARDS = 200;
/** So long a scan is waited for on every screen, milliseconds; what no screen shows even then counts as so much. */
const NEVER = 60_000;
const root = process.cwd();
const env = { FAIRWIND_HOST: '127.0.0.1', FAIRWIND_MEDIA_PORT: '0', FAIRWIND_LOG_LEVEL: 'error', FAIRWIND_DATA_KEY: benchKeys.data, FAIRWIND_HASH_KEY: benchKeys.hash, FAIRWIND_TOKEN_KEY: benchKeys.token };
type Shown = { passages: number; at: number }[];
interface Side { server: StartedServer; database: string; gates: Gates; token: string; fairId: string }
interface Seen { rate: number; p50: number; p99: number; /** From the gate's answer, which comes when the COMMIT is on the disk. */ answeredP99: number }

/** From the gate's scan to the organiser's screen. */
export const screen: Benchmark = {
  name: 'screen',
  about: `from a scan’s COMMIT (PostgreSQL’s own time of it, before the log is on the disk) to ${DASHBOARDS} dashboards (socket.io clients in ${PROCESSES} processes) that count it, at ${RATE} scans a second asked for`,
  floor: 'the batch floor of `scan`, with a bare socket.io that reads the venue’s two counters and sends them, ten times a second',
  metrics: [
    { name: 'scans answered', unit: '/s', goal: { of: 'value', atLeast: RATE * 0.98 } },
    { name: 'commit to screen p50', unit: 'ms' },
    { name: 'commit to screen p99', unit: 'ms', goal: { of: 'value', atMost: 200 } },
    { name: 'answer to screen p99', unit: 'ms' },
    { name: 'p50 at a third of the rate', unit: 'ms' },
    { name: 'p99 at a third of the rate', unit: 'ms', goal: { of: 'value', atMost: 200 } },
  ],
  pairs: { whole: 5, quick: 1 },
  async open({ quick }) {
    const seconds = quick ? 3 : 8;
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-screen-'));
    const postgres = await startPostgres();
    const sides: Side[] = [];
    const close = async () => {
      for (const { server } of sides) await server.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    };
    const startOurs = (url: string, data: string) => startAndTime(join(root, 'dist', 'apps', 'all', 'src', 'main.js'), ['--no-demo'], { ...env, DATABASE_URL: url, DATA_DIR: data });
    const start = async (which: 'ours' | 'floor'): Promise<Side> => {
      const url = await postgres.create(which, 'tables');
      const hall = await makeHall(url, { tickets: 1_024, used: 1_024, devices: 500 });
      const token = await organiserToken(url);
      const server = which === 'ours'
        ? await startOurs(url, join(folder, which))
        : await startAndTime(join(root, 'dist', 'infra', 'bench', 'scan', 'floor.js'), ['batch', url, hall.fairId, hall.gateId, '20', benchKeys.hash, 'screen'], {});
      sides.push({ server, database: url, gates: new Gates(server.url, hall), token, fairId: hall.fairId });
      return sides.at(-1)!;
    };
    try {
      await (await startOurs(await postgres.create('tables'), join(folder, 'tables'))).stop();
      const [ours, floor] = [await start('ours'), await start('floor')];
      for (const { gates } of sides) await gates.run({ gates: 32, seconds: 1 });
      return {
        async pair(oursFirst) {
          const full = await inOrder(oursFirst, () => watch(ours, RATE, seconds), () => watch(floor, RATE, seconds));
          const third = await inOrder(oursFirst, () => watch(ours, RATE / 3, seconds), () => watch(floor, RATE / 3, seconds));
          const of = (what: keyof Seen, from: { value: Seen; floor: Seen }) => ({ value: from.value[what], floor: from.floor[what] });
          return {
            'scans answered': of('rate', full),
            'commit to screen p50': of('p50', full),
            'commit to screen p99': of('p99', full),
            'answer to screen p99': of('answeredP99', full),
            'p50 at a third of the rate': of('p50', third),
            'p99 at a third of the rate': of('p99', third),
          };
        },
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};

async function organiserToken(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: [member] } = await client.query<{ accountId: string; organisationId: string }>(`
    WITH account AS (INSERT INTO "Account" (id, kind, "displayName") VALUES (gen_random_uuid(), 'staff', '值班') RETURNING id)
    INSERT INTO "Membership" (id, "accountId", "organisationId", role) SELECT gen_random_uuid(), account.id, o.id, 'organiserStaff' FROM account, "Organisation" o
    RETURNING "accountId", "organisationId"`);
  await client.end();
  return accessToken(member!.accountId, { role: 'organiserStaff', org: member!.organisationId });
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(text, values);
  await client.end();
  return rows;
}

/** Passages of the venue so far: what the gates were answered is there. */
async function passagesOf(url: string, fairId: string): Promise<number> {
  const [state] = await ask<{ n: number }>(url, `
    SELECT s.entered + s."left" AS n FROM "ZoneState" s JOIN "Zone" z ON z.id = s."zoneId" WHERE z."fairId" = $1 AND z."parentId" IS NULL`, [fairId]);
  return Number(state!.n);
}

/** When the last so many were committed, milliseconds since 1970, the first first. The database's clock is this machine's. */
async function committedOf(url: string, fairId: string, count: number): Promise<number[]> {
  const rows = await ask<{ at: number }>(url, `
    SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 * 1000 AS at FROM "Scan" WHERE "fairId" = $1 ORDER BY at DESC LIMIT $2`, [fairId, count]);
  return rows.map(({ at }) => at).reverse();
}

/**
 * Scans with the dashboards open. The k-th scan is on a screen when the screen counts k passages more than at the start. It is
 * over when every screen has counted all of them, so the slowest are in the figures.
 */
async function watch({ server, database, gates, token, fairId }: Side, rate: number, seconds: number): Promise<Seen> {
  const children = await Promise.all(Array.from({ length: PROCESSES }, () => dashboards(server.url, token, fairId)));
  const before = await passagesOf(database, fairId);
  await Promise.all(children.map((child) => seen(child, before)));
  const since = performance.timeOrigin + performance.now();
  const { answered, rate: reached, wrong } = await gates.run({ gates: GATES, seconds, rate });
  if (wrong > 0) throw new Error(`${wrong} scans were refused: ${server.output().slice(-2_000)}`);
  await Promise.all(children.map((child) => seen(child, before + answered.length)));
  const shown = (await Promise.all(children.map(report))).flat();
  const from = (moments: number[]) => {
    const took = shown.flatMap((pictures) => delays(pictures, moments, before, since)).sort((a, b) => a - b);
    return (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? NEVER;
  };
  const committed = from(await committedOf(database, fairId, answered.length));
  return { rate: reached, p50: committed(0.5), p99: committed(0.99), answeredP99: from(answered.sort((a, b) => a - b))(0.99) };
}

/** @param moments of the scans, in order, milliseconds since 1970 */
function delays(pictures: Shown, moments: number[], before: number, since: number): number[] {
  let place = 0;
  return moments.map((at, k) => {
    while (place < pictures.length && (pictures[place]!.at < since || pictures[place]!.passages < before + k + 1)) place++;
    return place < pictures.length ? Math.max(0, pictures[place]!.at - at) : NEVER;
  });
}

async function dashboards(url: string, token: string, fairId: string): Promise<ChildProcess> {
  const child = fork(join(root, 'dist', 'infra', 'bench', 'screen', 'dashboards.js'), [url, token, fairId, String(DASHBOARDS / PROCESSES)]);
  await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('The dashboards did not open.')))]);
  return child;
}

/** Until its dashboards all count so many passages, or for `NEVER`. */
async function seen(child: ChildProcess, passages: number): Promise<void> {
  const heard = once(child, 'message');
  child.send({ seen: passages });
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([heard, new Promise((done) => { timer = setTimeout(done, NEVER); })]);
  clearTimeout(timer);
}

async function report(child: ChildProcess): Promise<Shown[]> {
  const heard = new Promise<Shown[]>((resolve) => child.on('message', (message: { shown?: Shown[] }) => { if (message.shown) resolve(message.shown); }));
  child.send('report');
  return heard;
}
