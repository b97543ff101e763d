import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inOrder, type Benchmark, type Pair } from './benchmark.js';
import { startPostgres } from './postgres.js';
import { countedExactly } from './scan/exact.js';
import { Gates, type Load, type Measured } from './scan/gates.js';
import { benchKeys, makeHall, type HallSize } from './scan/hall.js';
import { startAndTime, type StartedServer } from './server.js';

type Which = 'ours' | 'single' | 'statement' | 'batch';
/** The last has no goal: one statement a scan is more than a careful engineer's transaction, and the most that we know of without batches. */
const floors = ['single', 'batch', 'statement'] as const;
const busy = [32, 256];
const quiet = [1, 4];
/** Of the rate at busy gates, and of the median at quiet ones. */
const goals = {
  rate: { single: { goal: { of: 'ratio', atLeast: 3 } }, batch: { goal: { of: 'ratio', atLeast: 0.4 } }, statement: {} },
  p50: { single: { goal: { of: 'ratio', atMost: 1.3 } }, batch: {}, statement: {} },
} as const;
const CONNECTIONS = '20';
/** Seconds at half load before it is measured. */
const LEAD = 2;
const root = process.cwd();
const env = { FAIRWIND_HOST: '127.0.0.1', FAIRWIND_MEDIA_PORT: '0', FAIRWIND_LOG_LEVEL: 'error', FAIRWIND_DATA_KEY: benchKeys.data, FAIRWIND_HASH_KEY: benchKeys.hash, FAIRWIND_TOKEN_KEY: benchKeys.token };

const mean = (numbers: number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

/** Scans through HTTP on Debian's PostgreSQL, against what one would write without us, and against the limit. */
export const scan: Benchmark = {
  name: 'scan',
  about: 'scans at the gates through HTTP with keep-alive, PostgreSQL 15 with fsync: scans a second, latency, many tickets; after each pair every database is counted: exactly what the gates were told, or the bench fails',
  floor: 'the same rows from a bare HTTP server, pooled and prepared: one transaction a scan (single), the same without BEGIN and COMMIT (statement), or together (batch)',
  metrics: [
    ...[...quiet, ...busy].flatMap((gates) => floors.flatMap((floor) => [
      { name: `rate ${gates} gates, ${floor}`, unit: '/s', ...(busy.includes(gates) && goals.rate[floor]) },
      { name: `p50 ${gates} gates, ${floor}`, unit: 'ms', ...(quiet.includes(gates) && goals.p50[floor]) },
      { name: `p99 ${gates} gates, ${floor}`, unit: 'ms' },
    ])),
    { name: 'p99 at half load, 32 gates', unit: 'ms', goal: { of: 'value', atMost: 50 } },
    { name: 'rate at 1,000,000 tickets', unit: '/s', goal: { of: 'ratio', atLeast: 0.9 } },
  ],
  pairs: { whole: 5, quick: 1 },
  async open({ quick }) {
    const seconds = quick ? 1.2 : 3;
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-scan-'));
    const postgres = await startPostgres();
    const servers: StartedServer[] = [];
    const counted: (() => Promise<void>)[] = [];
    const close = async () => {
      for (const server of servers) await server.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    };
    const startOurs = (url: string, data: string) => startAndTime(join(root, 'dist', 'apps', 'all', 'src', 'main.js'), ['--no-demo'], { ...env, DATABASE_URL: url, DATA_DIR: data });
    try {
      const start = async (which: Which, name: string, size: HallSize): Promise<Gates> => {
        const url = await postgres.create(name, 'tables');
        const hall = await makeHall(url, size);
        const server = which === 'ours'
          ? await startOurs(url, join(folder, name))
          : await startAndTime(join(root, 'dist', 'infra', 'bench', 'scan', 'floor.js'), [which, url, hall.fairId, hall.gateId, CONNECTIONS, benchKeys.hash], {});
        servers.push(server);
        const gates = new Gates(server.url, hall);
        counted.push(() => countedExactly(url, hall.fairId, gates));
        return gates;
      };
      // Our own server makes the tables, of the floors too: the same rows with the same indexes.
      await (await startOurs(await postgres.create('tables'), join(folder, 'tables'))).stop();
      const size: HallSize = { tickets: 1_024, used: 1_024, devices: 500 };
      const gates = { ours: await start('ours', 'ours', size), single: await start('single', 'single', size), statement: await start('statement', 'statement', size), batch: await start('batch', 'batch', size) };
      // Two that have seen nothing yet, and then see the same: as many scans, as many rows of history.
      const many = quick ? null : { million: await start('ours', 'million', { ...size, tickets: 1_000_000 }), thousand: await start('ours', 'thousand', size) };
      const measure = async (of: Gates, load: Load): Promise<Measured> => {
        const measured = await of.run(load);
        if (measured.wrong > 0) throw new Error(`${measured.wrong} scans were refused: ${servers.map((server) => server.output()).join('\n').slice(-2_000)}`);
        return measured;
      };
      const all = [...Object.values(gates), ...Object.values(many ?? {})];
      for (const of of all) await measure(of, { gates: 32, seconds: quick ? 1 : 3 }); // warm
      return {
        async pair(oursFirst) {
          const pair: Pair = {};
          let full = 0;
          for (const count of [...quiet, ...busy]) {
            const order: Which[] = oursFirst ? ['ours', ...floors] : [...floors.toReversed(), 'ours'];
            // A latency is a few milliseconds, and what drifts does so by as much: to and fro, so that each has been first and last.
            const turns = quiet.includes(count) && !quick ? [order, order.toReversed()] : [order];
            const of: Record<Which, Measured[]> = { ours: [], single: [], statement: [], batch: [] };
            for (const turn of turns) for (const which of turn) of[which].push(await measure(gates[which], { gates: count, seconds }));
            for (const what of ['rate', 'p50', 'p99'] as const) {
              const meanOf = (which: Which) => mean(of[which].map((measured) => measured[what]));
              for (const floor of floors) pair[`${what} ${count} gates, ${floor}`] = { value: meanOf('ours'), floor: meanOf(floor) };
            }
            if (count === 32) full = of.ours[0]!.rate;
          }
          const full32: Load = { gates: 32, seconds };
          const half = { gates: 32, seconds: quick ? seconds : 2 * seconds, rate: full / 2 };
          // Each comes after seconds of the others, whose pages are in the buffers: a hall whose gates have been at work has its own there.
          const steady = async (of: Gates) => {
            await measure(of, { ...half, seconds: quick ? 1 : LEAD });
            return (await measure(of, half)).p99;
          };
          pair['p99 at half load, 32 gates'] = await inOrder(oursFirst, () => steady(gates.ours), () => steady(gates.batch));
          if (many) {
            // To and fro, twice: a tenth is little beside what the machine itself drifts by, and within a pair, too, it does so under both.
            const turn = async (first: boolean) => inOrder(first, async () => (await measure(many.million, full32)).rate, async () => (await measure(many.thousand, full32)).rate);
            const turns = [];
            for (const first of [oursFirst, !oursFirst, oursFirst, !oursFirst]) turns.push(await turn(first));
            pair['rate at 1,000,000 tickets'] = { value: mean(turns.map(({ value }) => value)), floor: mean(turns.map(({ floor }) => floor)) };
          }
          for (const exactly of counted) await exactly();
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
