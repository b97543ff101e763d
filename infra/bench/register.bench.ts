import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Pair } from './benchmark.js';
import { startPostgres } from './postgres.js';
import { rush, type Answers } from './register/crowd.js';
import { BenchFairs } from './register/fairs.js';
import { benchKeys } from './scan/hall.js';
import { startAndTime, type StartedServer } from './server.js';

type Which = 'ours' | 'single' | 'batch';
/** 175,000 applications in two hours are 24 a second; ten times that in the opening minute. */
const OPENING = 240;
const LINES = 64;
const CONNECTIONS = '20';
const root = process.cwd();
const env = { FAIRWIND_HOST: '127.0.0.1', FAIRWIND_MEDIA_PORT: '0', FAIRWIND_LOG_LEVEL: 'error', FAIRWIND_DATA_KEY: benchKeys.data, FAIRWIND_HASH_KEY: benchKeys.hash, FAIRWIND_TOKEN_KEY: benchKeys.token };

interface Side { server: StartedServer; fairs: BenchFairs }

/** The opening minute: more people than places, through HTTP, each with an account of their own. */
export const register: Benchmark = {
  name: 'register',
  about: 'a registration burst through HTTP with fewer places than people, PostgreSQL 15 with fsync; after each rush the database is counted: exactly the quota, or the bench fails',
  floor: 'the same rows and checks from a bare HTTP server, pooled and prepared: one transaction a registration (single), or together (batch)',
  metrics: [
    { name: 'rate, single', unit: '/s', goal: { of: 'value', atLeast: OPENING } },
    { name: 'rate, batch', unit: '/s' },
    { name: 'p50, single', unit: 'ms' },
    { name: 'p99, single', unit: 'ms' },
    { name: `p99 at ${OPENING} a second, single`, unit: 'ms' },
    { name: `p99 at ${OPENING} a second, batch`, unit: 'ms' },
  ],
  pairs: { whole: 9, quick: 2 },
  async open({ quick }) {
    const people = quick ? 1_200 : 3_000;
    const paced = quick ? 480 : 1_200;
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-register-'));
    const postgres = await startPostgres();
    const sides: Side[] = [];
    const close = async () => {
      for (const { server, fairs } of sides) {
        await server.stop();
        await fairs.close();
      }
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    };
    const startOurs = (url: string, data: string) => startAndTime(join(root, 'dist', 'apps', 'all', 'src', 'main.js'), ['--no-demo'], { ...env, DATABASE_URL: url, DATA_DIR: data });
    const start = async (which: Which): Promise<Side> => {
      const url = await postgres.create(which, 'tables');
      const fairs = await BenchFairs.make(url, people);
      const server = which === 'ours'
        ? await startOurs(url, join(folder, which))
        : await startAndTime(join(root, 'dist', 'infra', 'bench', 'register', 'floor.js'), [which, url, CONNECTIONS, benchKeys.token], {});
      sides.push({ server, fairs });
      return { server, fairs };
    };
    /** So many ask for five sixths as many places. Throws unless exactly so many got one, in the answers and in the database. */
    const measure = async ({ server, fairs }: Side, count: number, rate?: number): Promise<Answers> => {
      const quota = Math.floor((count * 5) / 6);
      const fairId = await fairs.fair(quota);
      const answers = await rush(server.url, { fairId, accounts: fairs.accounts.slice(0, count), lines: LINES, rate });
      const held = await fairs.outcome(fairId);
      const told = { places: answers.statuses.get(201) ?? 0, full: answers.statuses.get(409) ?? 0 };
      const exact = told.places === quota && told.full === count - quota && held.registered === quota && held.tickets === quota && held.events === quota;
      if (!exact) throw new Error(`${quota} places for ${count} people, but: ${JSON.stringify({ ...held, answers: [...answers.statuses] })}\n${server.output().slice(-2_000)}`);
      return answers;
    };
    try {
      // Our own server makes the tables, of the floors too: the same rows with the same indexes.
      await (await startOurs(await postgres.create('tables'), join(folder, 'tables'))).stop();
      const by: Record<Which, Side> = { ours: await start('ours'), single: await start('single'), batch: await start('batch') };
      for (const side of Object.values(by)) await measure(side, 300); // warm
      return {
        async pair(oursFirst) {
          const order: Which[] = oursFirst ? ['ours', 'single', 'batch'] : ['batch', 'single', 'ours'];
          const full = {} as Record<Which, Answers>;
          for (const which of order) full[which] = await measure(by[which], people);
          const steady = {} as Record<Which, Answers>;
          for (const which of order) steady[which] = await measure(by[which], paced, OPENING);
          const of = (what: 'rate' | 'p50' | 'p99', from: Record<Which, Answers>, floor: Which) => ({ value: from.ours[what], floor: from[floor][what] });
          const pair: Pair = {
            'rate, single': of('rate', full, 'single'),
            'rate, batch': of('rate', full, 'batch'),
            'p50, single': of('p50', full, 'single'),
            'p99, single': of('p99', full, 'single'),
            [`p99 at ${OPENING} a second, single`]: of('p99', steady, 'single'),
            [`p99 at ${OPENING} a second, batch`]: of('p99', steady, 'batch'),
          };
          return pair;
        },
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};
