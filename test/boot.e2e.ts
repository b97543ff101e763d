/** How a process starts and ends: the built mains, as a person or a container starts them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audiences } from '#libs/contracts';
import { itInLong } from './support/runs.js';
import { serverDatabase, type ServerDatabase } from './support/services.js';

interface Started {
  child: ChildProcess;
  /** Everything it wrote. */
  said(): string;
  /** Its exit code. */
  ended: Promise<number | null>;
}

/** So often, within the time that making the database and the demo fair takes. */
const DEATHS = 15;
const FIRST_START_MS = 10_000;

const folders: string[] = [];
const started: Started[] = [];
const databases: ServerDatabase[] = [];
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  }
});
afterAll(async () => {
  for (const { drop } of databases) await drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function dataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fairwind-boot-'));
  chmodSync(folder, 0o755); // for root the database runs as another user, who has to get in
  folders.push(folder);
  return folder;
}

function start(main: 'all' | 'api' | 'media', folder: string, flags: string[] = [], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [`dist/apps/${main}/src/main.js`, ...flags], {
    env: { PATH: process.env.PATH, HOME: folder, DATA_DIR: folder, PORT: '0', FAIRWIND_HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const process_ = { child, said: () => said, ended: new Promise<number | null>((resolve) => child.once('close', resolve)) };
  started.push(process_);
  return process_;
}

async function ready(process_: Started): Promise<string> {
  for (const since = Date.now(); Date.now() - since < 60_000; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const address = /^Fairwind is ready in [\d.]+ s: (\S+)/m.exec(process_.said())?.[1];
    if (address) return address;
    if (process_.child.exitCode !== null) break;
  }
  throw new Error(`It did not become ready:\n${process_.said().slice(-3_000)}`);
}

async function refusal(process_: Started): Promise<string> {
  expect(await process_.ended).toBe(1);
  return process_.said();
}

describe('a process on its own database', () => {
  const folder = dataDir();
  const quiet = ['--no-demo'];

  it('starts, keeps a second one out, survives kill -9, and ends with its database', async () => {
    const first = start('all', folder, quiet);
    await ready(first);
    expect(await refusal(start('all', folder, quiet))).toContain(`Another process is running on ${folder}`);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start('all', folder, quiet);
    const address = await ready(second);
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ ok: true });
    const sockets = (await (await fetch(`${address}/api/asyncapi.json`)).json()) as { channels: { socket: { messages: Record<string, { 'x-audiences'?: string[] }> } } };
    const { messages } = sockets.channels.socket;
    expect(Object.keys(messages)).toEqual(expect.arrayContaining([...Object.keys(audiences).map((type) => `event.${type}`), 'snapshot', 'beat', 'subscribe', 'subscribe.ack']));
    expect(messages['event.fair.rescheduled']['x-audiences']).toEqual(['fair:{fairId}', 'desk:{fairId}', 'gates:{fairId}']);
    const pages = (await (await fetch(`${address}/api/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(pages.paths)).toContain('/api/scans');
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    const third = start('all', folder, quiet);
    await ready(third);
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
  }, 120_000);

  itInLong(`is whole in the end when its first starts were killed at ${DEATHS} random moments`, async () => {
    const half = dataDir();
    for (let n = 0; n < DEATHS; n += 1) {
      const one = start('all', half);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_START_MS));
      one.child.kill('SIGKILL');
      await one.ended;
    }
    const address = await ready(start('all', half));
    const whole = await ready(start('all', dataDir()));
    const fairs = async (at: string) => ((await (await fetch(`${at}/api/fairs`)).json()) as { items: { name: string }[] }).items.map(({ name }) => name).sort();
    const demo = await fairs(whole);
    expect(demo).not.toEqual([]);
    expect(await fairs(address)).toEqual(demo);
    expect(readdirSync(half)).toEqual(expect.arrayContaining(['demo-accounts.txt']));
    expect(readdirSync(half)).not.toContain('demo-unfinished');
  }, 600_000);

  it('refuses a port that is taken, with the setting to change', async () => {
    const first = start('all', folder, quiet);
    const { port } = new URL(await ready(first));
    expect(await refusal(start('all', dataDir(), [...quiet, '--port', port]))).toContain(`Port ${port} is taken by another program: stop that one, or set PORT to another.`);
  }, 120_000);

  it('serves the hall over https from an authority of its own, which a page hands out over http', async () => {
    const hall = start('all', folder, [...quiet, '--lan', '--help-port', '0']);
    const address = new URL(await ready(hall));
    expect(address.protocol).toBe('https:');
    const ca = readFileSync(join(folder, 'tls', 'authority.cert.pem'));
    const status = (options: object) => new Promise<number | undefined>((resolve, reject) => get(new URL('/healthz', address), { agent: false, ...options }, (response) => resolve(response.resume().statusCode)).once('error', reject));
    expect(await status({ ca })).toBe(200);
    await expect(status({})).rejects.toThrow('certificate');
    const plain = /http:\/\/\S+:(\d+)\/install-certificate/.exec(hall.said())?.[1];
    const page = await fetch(`http://127.0.0.1:${plain}/install-certificate`, { headers: { 'accept-language': 'zh' } });
    expect(await page.text()).toContain('微信装不了证书');
    const away = await fetch(`http://127.0.0.1:${plain}/fairs?x=1`, { redirect: 'manual' });
    expect([away.status, away.headers.get('location')]).toEqual([307, `https://127.0.0.1:${address.port}/fairs?x=1`]);
    const profile = await fetch(`http://127.0.0.1:${plain}/install-certificate/fairwind.mobileconfig`);
    expect(await profile.text()).toContain('com.apple.security.root');
  }, 120_000);
});

describe('a process on an external database', () => {
  it('that is empty has no demo data, and a link for its first administrator', async () => {
    const database = await serverDatabase('debian');
    databases.push(database);
    const process_ = start('all', dataDir(), [], { DATABASE_URL: database.url });
    await ready(process_);
    expect(process_.said()).toMatch(/Make the first administrator .*http:\/\/\S+/);
    const second = start('all', dataDir(), [], { DATABASE_URL: database.url });
    expect(await refusal(second)).toContain('without Redis neither would hear of the other: set REDIS_URL for both, or stop the other one.');
  }, 120_000);

  it('refuses to be a part without the whole', async () => {
    for (const role of ['api', 'media'] as const) {
      expect(await refusal(start(role, dataDir()))).toContain(`apps/${role} is one process of several, which meet in PostgreSQL and Redis: set DATABASE_URL and REDIS_URL`);
    }
    expect(await refusal(start('all', dataDir(), [], { REDIS_URL: 'redis://x' }))).toContain('set DATABASE_URL too');
  }, 60_000);

  it('says it in one sentence when the database is not there', async () => {
    const said = await refusal(start('all', dataDir(), [], { DATABASE_URL: 'postgresql://127.0.0.1:9/none' }));
    expect(said).toContain('The database of DATABASE_URL cannot be used');
    expect(said).not.toContain('    at ');
  }, 60_000);
});

it('says every setting that is wrong, and nothing else', async () => {
  const process_ = start('all', dataDir(), ['--prot', '3'], { FAIRWIND_SMS_ULR: 'x', PORT: 'abc' });
  expect(await refusal(process_)).toBe(
    'Fairwind does not start:\n' +
      '  - There is no setting FAIRWIND_SMS_ULR in the environment. Did you mean FAIRWIND_SMS_URL?\n' +
      '  - There is no flag --prot. Did you mean --port?\n' +
      '  - PORT in the environment must be a whole number, not “abc”.\n',
  );
});
