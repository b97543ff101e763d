import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Log } from '../logging/log.js';
import { makeOpenFolder, may, postgresPrograms, postgresUser, type RunAs } from './binaries.js';

export interface EmbeddedOptions {
  /** DATA_DIR; the cluster lies in its `postgres` folder. */
  dataDir: string;
  /** More `-c name=value` settings, for tests. */
  settings?: Record<string, string | number>;
}

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** Of its database `postgres`, with the password. */
  url: string;
  /** It was running already: this process did not start it, and does not stop it. */
  adopted: boolean;
  /** The first start: the cluster was made just now. */
  fresh: boolean;
  /** Starts it again at the same address if it has died; throws a sentence for a person when it cannot just now. */
  revive(): Promise<void>;
  /** Ends it, without losing anything. */
  stop(): Promise<void>;
}

const SUPERUSER = 'fairwind';
const READY = 'ready to accept connections';
const START_MS = 60_000;
const ATTEMPTS = 5;
/** Where root keeps what its PostgreSQL user must reach, when DATA_DIR is closed to that user (a clone under /root). */
const OPEN_PLACE = '/var/lib/fairwind';

const log = Log.named('embedded-postgres');
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether that process lives and is PostgreSQL: after a reboot its number may belong to anybody. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres'); // a zombie's is empty
  } catch {
    return !existsSync('/proc/self'); // there is no /proc here; else it has just ended
  }
}

/** The folder of the cluster: under DATA_DIR, or where PostgreSQL's user can reach it. */
function clusterFolder(dataDir: string, user: RunAs): string {
  const wanted = path.resolve(dataDir, 'postgres');
  mkdirSync(dataDir, { recursive: true }); // its parents are open to PostgreSQL's user, so far as they are made here
  mkdirSync(wanted, { recursive: true, mode: 0o700 });
  if (user.uid === undefined) return wanted;
  chownSync(wanted, user.uid, user.gid ?? user.uid);
  if (may(user, '-w', wanted)) return wanted;
  return movedFolder(wanted, user);
}

/** A place that PostgreSQL's user can reach, noted in DATA_DIR: when DATA_DIR is removed, the next one gets a new place. */
function movedFolder(wanted: string, user: RunAs): string {
  const note = path.join(wanted, 'MOVED');
  try {
    writeFileSync(note, `${path.join(OPEN_PLACE, randomBytes(6).toString('hex'))}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // EEXIST: it was moved at an earlier start
  }
  const place = readFileSync(note, 'utf8').trim();
  if (!existsSync(place)) log.warn({ wanted, used: place }, 'PostgreSQL does not run as root, and its user cannot reach DATA_DIR: the database lies elsewhere.');
  makeOpenFolder(OPEN_PLACE);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  chownSync(place, user.uid ?? 0, user.gid ?? 0);
  return place;
}

/** What postmaster.pid says of a server that runs on these data. */
function running(data: string): { pid: number; port: number; ready: boolean } | null {
  let lines: string[];
  try {
    lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null; // not running
  }
  const [pid, , , port, , , , state] = lines;
  if (alive(Number(pid))) return { pid: Number(pid), port: Number(port), ready: state?.trim() === 'ready' };
  rmSync(path.join(data, 'postmaster.pid'), { force: true }); // its server was killed; with a reused number it would not start
  return null;
}

/** The same, once it is ready: one that is starting or ending just now is waited for, for it may have a long log to go through. */
async function settled(data: string): Promise<ReturnType<typeof running>> {
  for (const since = performance.now(); ; await pause(100)) {
    const found = running(data);
    if (!found || found.ready || performance.now() - since > START_MS) return found;
  }
}

class Cluster {
  readonly user = postgresUser();
  readonly folder: string;
  readonly data: string;
  private readonly secretFile: string;
  private readonly program: ReturnType<typeof postgresPrograms>;

  constructor(private readonly options: EmbeddedOptions) {
    this.folder = clusterFolder(options.dataDir, this.user);
    this.data = path.join(this.folder, 'data');
    this.secretFile = path.join(this.folder, 'password');
    this.program = postgresPrograms(this.user, OPEN_PLACE);
  }

  url(port: number): string {
    return `postgresql://${SUPERUSER}:${readFileSync(this.secretFile, 'utf8').trim()}@127.0.0.1:${port}/postgres`;
  }

  private get spawnOptions() {
    // A clean environment: PGDATA, PGPORT or a foreign locale of the shell must not reach it.
    return { ...this.user, cwd: this.folder, env: { HOME: this.folder, LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' } };
  }

  /** Makes the cluster, unless there is one; it appears whole or not at all, also when two do it at once. @returns whether it did */
  make(): boolean {
    if (existsSync(this.data)) return false;
    this.makePassword();
    const half = path.join(this.folder, `making-${process.pid}-${randomBytes(4).toString('hex')}`);
    const made = spawnSync(
      this.program('initdb'),
      // C.UTF-8: with plain C the trigrams of Chinese text are empty.
      ['-D', half, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${this.secretFile}`, '-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions'],
      { ...this.spawnOptions, encoding: 'utf8' },
    );
    try {
      if (made.status !== 0) throw new Error(`The embedded database could not be made in ${this.folder}: ${made.error?.message ?? made.stderr.trim()}`);
      renameSync(half, this.data);
      return true;
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (existsSync(this.data)) return false; // another process was faster
      throw error;
    }
  }

  /** The superuser's password, made once; whoever else makes the cluster just now takes the same. */
  private makePassword(): void {
    try {
      writeFileSync(this.secretFile, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (this.user.uid !== undefined) chownSync(this.secretFile, this.user.uid, this.user.gid ?? this.user.uid);
  }

  /** Starts the server on that port. Answers what it said when the port was taken in between, or another process was faster. */
  async start(port: number): Promise<{ child: ChildProcess } | { failure: string }> {
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200, timezone: 'UTC', ...this.options.settings };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(this.program('postgres'), ['-D', this.data, '-p', String(port), ...flags], {
      ...this.spawnOptions,
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C in a terminal goes to the whole group: the database must outlive what still writes to it.
      detached: process.platform !== 'win32',
    });
    let output = '';
    const ok = await new Promise<boolean>((resolve, reject) => {
      const timer = setTimeout(() => resolve(false), START_MS);
      const end = (started: boolean) => {
        clearTimeout(timer);
        resolve(started);
      };
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        output = (output + chunk).slice(-4_000);
        if (output.includes(READY)) end(true);
      });
      child.once('error', reject).once('exit', () => end(false));
    });
    if (!ok) {
      child.kill('SIGQUIT');
      return { failure: output.trim() };
    }
    child.stderr.removeAllListeners('data').resume();
    child.unref(); // it does not keep this process alive
    (child.stderr as unknown as net.Socket).unref();
    return { child };
  }
}

/**
 * Starts PostgreSQL in DATA_DIR, or adopts the one that runs there (left by a process that was killed).
 * Throws a sentence for a person when it cannot.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = new Cluster(options);
  const fresh = cluster.make();
  let failure = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await settled(cluster.data);
    if (found?.ready) return embedded(cluster, { port: found.port, adopted: true, fresh }, () => stopPid(found.pid));
    if (found) break;
    const port = await freePort();
    const started = await cluster.start(port);
    if ('child' in started) return embedded(cluster, { port, adopted: false, fresh }, () => stopChild(started.child));
    failure = started.failure;
    await pause(200 * (attempt + 1)); // another process was faster, or the port was taken
  }
  throw new Error(`The embedded database in ${cluster.data} does not start: ${failure || 'another process keeps it busy'}`);
}

function embedded(cluster: Cluster, { port, adopted, fresh }: { port: number; adopted: boolean; fresh: boolean }, stop: () => Promise<void>): EmbeddedPostgres {
  let stopIt = stop;
  return {
    url: cluster.url(port), adopted, fresh,
    async revive() {
      if (running(cluster.data)) return;
      const started = await cluster.start(port);
      if ('failure' in started) throw new Error(`The embedded database in ${cluster.data} died and does not start: ${started.failure}`);
      stopIt = () => stopChild(started.child);
      log.error({ data: cluster.data }, 'The embedded database had died. It was started again; nothing committed is lost.');
    },
    stop: () => stopIt(),
  };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.ref(); // or a process with nothing else to do would end before it
  child.kill('SIGINT'); // fast shutdown: open sessions are ended, nothing committed is lost
  await ended;
}

async function stopPid(pid: number): Promise<void> {
  if (!alive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; alive(pid) && waited < 10_000; waited += 50) await pause(50);
}
