/**
 * Real servers for scenarios: the built mains as child processes, in one of the two shapes.
 * - `one`: apps/all, no Redis. Its database lies on the embedded PostgreSQL that the tests have started for all of them, which is quick and
 *   keeps nothing through a power cut; or, with `own`, it starts and owns its embedded PostgreSQL, as `npm start` does.
 * - `scaled`: two apps/api and two apps/media on Debian's PostgreSQL and a real Redis.
 * Each start has a database to itself. Everything is ended by `stop()`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.js';
import { OwnDatabase } from './own-database.js';
import { redisForTests, serverDatabase, type ServerDatabase } from './services.js';

export type Shape = 'one' | 'scaled';
/** What the servers' database lies on: see above. */
export type DatabaseKind = 'embedded' | 'own' | 'debian';

interface Server {
  main: string;
  child: ChildProcess;
  url: string;
  port: number;
}

const key = () => randomBytes(32).toString('hex');

export class Servers {
  /** Everything that the processes have written, a line each, as it came. */
  readonly lines: string[] = [];
  private turn = 0;

  private constructor(
    readonly shape: Shape,
    private readonly database: ServerDatabase,
    private readonly dataDir: string,
    private readonly environment: NodeJS.ProcessEnv,
    /** What serves people. */
    private readonly list: Server[],
    /** What carries media alone; empty in one process, which carries them itself. */
    private readonly nodes: Server[],
  ) {}

  /** @param own of the story that starts them: ended by it; `settings` are added to what every test has */
  static async start(shape: Shape, own: { databaseUrl?: string; redisUrl?: string; database?: DatabaseKind; settings?: NodeJS.ProcessEnv } = {}): Promise<Servers> {
    const main = shape === 'one' ? 'all' : 'api';
    if (!existsSync(`dist/apps/${main}/src/main.js`)) throw new Error('The server is not built: npm run build');
    const dataDir = await mkdtemp(join(tmpdir(), 'fairwind-test-'));
    const database = own.databaseUrl ? { url: own.databaseUrl, drop: () => Promise.resolve() } : await databaseOf(own.database ?? (shape === 'one' ? 'embedded' : 'debian'), dataDir);
    const environment: NodeJS.ProcessEnv = {
      PATH: process.env.PATH, HOME: dataDir, NODE_ENV: 'test', TZ: 'UTC',
      DATA_DIR: dataDir, FAIRWIND_HOST: '127.0.0.1',
      ...(database instanceof OwnDatabase ? { FAIRWIND_DEMO: 'false' } : { DATABASE_URL: database.url }),
      FAIRWIND_MEDIA_PORT: '0', FAIRWIND_MEDIA_WORKERS: '1',
      FAIRWIND_DATA_KEY: key(), FAIRWIND_HASH_KEY: key(), FAIRWIND_TOKEN_KEY: key(),
      ...(shape === 'scaled' && { REDIS_URL: own.redisUrl ?? await redisForTests(), FAIRWIND_SHARED_DATA_DIR: 'true' }),
      ...own.settings,
    };
    const servers = new Servers(shape, database, dataDir, environment, [], []);
    try {
      for (let n = 0; n < (shape === 'one' ? 1 : 2); n++) servers.list.push(await servers.launch(main, await freePort()));
      if (shape === 'scaled') servers.nodes.push(...await Promise.all([servers.launch('media', await freePort()), servers.launch('media', await freePort())]));
    } catch (error) {
      await servers.stop();
      throw error;
    }
    return servers;
  }

  /** The address for the next call: scenarios alternate between the processes. */
  next(): string {
    return this.list[this.turn++ % this.list.length]!.url;
  }

  get urls(): string[] {
    return this.list.map(({ url }) => url);
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** The PostgreSQL that the one process has started; null: the database lies elsewhere. */
  get own(): OwnDatabase | null {
    return this.database instanceof OwnDatabase ? this.database : null;
  }

  /** Where media nodes answer: their signalling, WHIP and HLS. */
  get mediaUrls(): string[] {
    return (this.shape === 'one' ? this.list : this.nodes).map(({ url }) => url);
  }

  /** The media workers that run beneath the servers. */
  async mediaWorkers(): Promise<number[]> {
    const parents = [...this.list, ...this.nodes].map(({ child }) => child.pid);
    const children = await Promise.all(parents.map((pid) => readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')));
    const pids = children.flatMap((line) => line.trim().split(/\s+/)).filter(Boolean).map(Number);
    const names = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')));
    return pids.filter((_, index) => names[index]!.startsWith('mediasoup'));
  }

  /** Asks the servers' database, for what only the truth can tell. Their own may be down just now: then it is waited for. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    for (const since = Date.now(); ; await new Promise((done) => setTimeout(done, 100))) {
      try {
        return await this.ask<Row>(text, values);
      } catch (error) {
        // 57P: it is going down or coming up.
        const refused = error instanceof pg.DatabaseError && !error.code?.startsWith('57P');
        if (!this.own || refused || Date.now() - since > 30_000) throw error;
      }
    }
  }

  /** A command beside the running servers, with their settings. @returns its exit code and what it wrote */
  async command(script: string, args: string[]): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, [script, ...args], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => { output += chunk; });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }

  /**
   * kill -9 of one process, and a new one on the same port. Of its own PostgreSQL it becomes the owner, or starts it anew when that was
   * killed at the same moment (`withDatabase`; any other database stays as it is).
   */
  async crash(index: number, { withDatabase = false } = {}): Promise<void> {
    const { own } = this;
    const before = own?.pid;
    if (withDatabase) await Promise.all([end(this.list[index]!.child, 'SIGKILL'), own?.killAll()]);
    await this.replace(this.list, index, 'SIGKILL');
    if (own && (own.pid === before) === withDatabase) throw new Error(withDatabase ? 'PostgreSQL was not killed.' : 'The new server has not gone on with the PostgreSQL that was there.');
  }

  /** The same of a media node, by its address; `SIGTERM`: it goes in order. In one process it is the whole. */
  async crashMedia(url: string, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const among = this.shape === 'one' ? this.list : this.nodes;
    await this.replace(among, among.findIndex((server) => server.url === url), signal);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.list, ...this.nodes].map(({ child }) => end(child, 'SIGTERM')));
    await this.database.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async ask<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    client.on('error', () => {}); // of a connection that breaks the question hears, too
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  private async replace(among: Server[], index: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { main, child, port } = among[index]!;
    await end(child, signal);
    among[index] = await this.launch(main, port);
  }

  private async launch(main: string, port: number): Promise<Server> {
    const child = spawn(process.execPath, ['--enable-source-maps', `dist/apps/${main}/src/main.js`], {
      env: { ...this.environment, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.once('exit', (code, signal) => this.lines.push(`(${main} on ${port} ended: ${signal ?? code})`));
    const server: Server = { main, child, url: `http://127.0.0.1:${port}`, port };
    for (const stream of [child.stdout!, child.stderr!]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        const parts = (rest + chunk).split('\n');
        rest = parts.pop()!;
        this.lines.push(...parts);
      });
    }
    for (const started = Date.now(); ;) {
      if (child.exitCode !== null) throw new Error(`The server did not start:\n${this.lines.slice(-30).join('\n')}`);
      if (Date.now() - started > 60_000) throw new Error(`The server was not ready in 60 s:\n${this.lines.slice(-30).join('\n')}`);
      const ready = await fetch(`${server.url}/readyz`).catch(() => null);
      if (ready?.ok) return server;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

async function databaseOf(kind: DatabaseKind, dataDir: string): Promise<ServerDatabase> {
  if (kind !== 'own') return serverDatabase(kind);
  await chmod(dataDir, 0o755); // for root the database runs as another user, who has to get in
  return new OwnDatabase(dataDir);
}

/** Ends a child and waits for it; one that ignores SIGTERM for 10 s is a fault that the caller hears of. */
async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
  if (signal === 'SIGTERM' && child.signalCode === 'SIGKILL') throw new Error('The server did not stop within 10 s of SIGTERM.');
}
