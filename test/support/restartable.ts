/** Servers of a story's own, which may be ended and started again in the same place while others use them. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresPrograms, postgresUser } from '../../libs/platform/src/database/binaries.js';
import { freePort } from './free-port.js';

const DEBIAN = '/usr/lib/postgresql/15/bin';
/** Runs a server beneath a shell that ends it when this process has gone: a jest worker is killed without a word. */
const WATCHED = (parent: number) => `"$@" & server=$!; echo "pid $server"; while [ -d /proc/${parent} ] && kill -0 $server 2>/dev/null; do sleep 0.2; done; kill -QUIT $server 2>/dev/null; wait $server`;

interface Program { command: string[]; ready: RegExp; user: { uid?: number; gid?: number }; folder: string }

class Restartable {
  private child: ChildProcess | null = null;
  private pid = 0;

  protected constructor(private readonly program: Program) {}

  /** Starts it, again in the same place, and waits until it says that it is ready. */
  start(): Promise<void> {
    const { command, ready, user, folder } = this.program;
    const child = spawn('sh', ['-c', WATCHED(process.pid), 'sh', ...command], {
      ...user, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { HOME: folder, LC_ALL: 'C.UTF-8', PATH: process.env.PATH, TZ: 'UTC' },
    });
    this.child = child;
    return new Promise((resolve, reject) => {
      let log = '';
      let pid = 0;
      const timer = setTimeout(() => reject(new Error(`${command[0]} was not ready in 30 s:\n${log.slice(-2_000)}`)), 30_000);
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          log = (log + chunk).slice(-8_000);
          pid ||= this.pid = Number(/^pid (\d+)$/m.exec(log)?.[1] ?? 0);
          if (!ready.test(log)) return;
          clearTimeout(timer);
          resolve();
        });
      }
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`${command[0]} did not start:\n${log.slice(-2_000)}`)));
    });
  }

  /** Ends it and waits until it is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.child = null;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    process.kill(this.pid, signal);
    await gone;
  }

  protected async close(signal: NodeJS.Signals): Promise<void> {
    await this.end(signal);
    rmSync(this.program.folder, { recursive: true, force: true });
  }
}

/**
 * A PostgreSQL of a story's own: the embedded one's program, or Debian's. What it has committed outlives its processes
 * (synchronous_commit is on); a power cut is not played here, so nothing waits for a disk.
 */
export class RestartablePostgres extends Restartable {
  private constructor(program: Program, readonly url: string) {
    super(program);
  }

  static async start(kind: 'embedded' | 'debian'): Promise<RestartablePostgres> {
    const user = postgresUser();
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-postgres-'));
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
    const program = kind === 'embedded' ? postgresPrograms(user, '/var/lib/fairwind') : (name: string) => join(DEBIAN, name);
    const data = join(folder, 'data');
    const made = spawnSync(program('initdb'), ['-D', data, '-U', 'fairwind', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { ...user, cwd: folder, encoding: 'utf8', env: { HOME: folder, PATH: process.env.PATH } });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
    const port = await freePort();
    const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off', max_connections: 200, timezone: 'UTC' };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const postgres = new RestartablePostgres({ command: [program('postgres'), '-D', data, ...flags], ready: /ready to accept connections/, user, folder },
      `postgresql://fairwind@127.0.0.1:${port}/postgres`);
    await postgres.start();
    return postgres;
  }

  /** For good. */
  stop(): Promise<void> {
    return this.close('SIGQUIT');
  }
}

/** A Redis of a story's own. It keeps nothing: started again, it is empty. */
export class RestartableRedis extends Restartable {
  private constructor(program: Program, readonly url: string) {
    super(program);
  }

  static async start(): Promise<RestartableRedis> {
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-redis-'));
    const port = await freePort();
    const command = ['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const redis = new RestartableRedis({ command, ready: /Ready to accept connections/, user: {}, folder }, `redis://127.0.0.1:${port}`);
    await redis.start();
    return redis;
  }

  /** For good. */
  stop(): Promise<void> {
    return this.close('SIGTERM');
  }
}
