// The real services that tests run against, each in a folder and on a port of its own, gone when the tests end.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { track, trackFolder } from './children.mjs';
import { POSTGRES_15_BIN } from './packages.mjs';

/** @typedef {{ url: string, stop: () => Promise<void> }} Service */

const START_MS = 30_000;

/** @returns {Promise<number>} a port that nobody listens on */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {string} name @returns {string} a new folder, removed when this process ends */
export function temporaryFolder(name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `fairwind-${name}-`));
  trackFolder(folder);
  return folder;
}

/** PostgreSQL refuses to run as root. @returns {{ uid: number, gid: number } | undefined} who runs it, when root asks */
export function postgresUser() {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user) throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody.');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/**
 * Starts a server and waits until it says that it is ready.
 * @param {string} command @param {string[]} args @param {RegExp} ready in its output
 * @param {import('node:child_process').SpawnOptions} options
 * @param {NodeJS.Signals} signal that ends it at once, without losing its children
 * @returns {Promise<() => Promise<void>>} ends it
 */
function startServer(command, args, ready, options, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    track(child, signal);
    let log = '';
    const fail = (/** @type {string} */ reason) => reject(new Error(`${command} did not start: ${reason}\n${log.slice(-2000)}`));
    const timer = setTimeout(() => fail('no answer'), START_MS);
    const ended = new Promise((done) => child.once('exit', done));
    const stop = async () => {
      child.kill(signal);
      await ended;
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        log = (log + chunk).slice(-8_000);
        if (!ready.test(log)) return;
        clearTimeout(timer);
        resolve(stop);
      });
    }
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with ${code}`));
  });
}

/** @returns {Promise<Service>} a Redis that keeps nothing */
export async function startRedis() {
  const port = await freePort();
  const folder = temporaryFolder('redis');
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const stop = await startServer('redis-server', settings, /Ready to accept connections/, {}, 'SIGTERM');
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/**
 * A PostgreSQL cluster without durability, unless asked: a test's data need not survive a power cut. A durable one knows when each
 * transaction was committed, for what is measured from there.
 * @param {{ bin: string, name: string, durable?: boolean }} which the folder of its programs, and what the cluster is called
 * @returns {Promise<Service>} of its database `postgres`
 */
export async function startCluster({ bin, name, durable = false }) {
  const user = postgresUser();
  const folder = temporaryFolder(name);
  if (user) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const options = { ...user, cwd: folder, env: { HOME: folder, LC_ALL: 'C.UTF-8', PATH: process.env.PATH } };
  const make = ['-D', data, '-U', 'fairwind', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  const initdb = spawnSync(path.join(bin, 'initdb'), make, { ...options, encoding: 'utf8' });
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.error?.message ?? initdb.stderr}`);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    ...(durable ? { shared_buffers: '256MB', track_commit_timestamp: 'on' } : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    max_connections: 200,
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  // SIGINT: a fast shutdown, which does not wait for clients. SIGTERM would.
  const server = path.join(bin, 'postgres');
  const stop = await startServer(server, ['-D', data, ...flags], /ready to accept connections/, options, 'SIGINT');
  return { url: `postgresql://fairwind@127.0.0.1:${port}/postgres`, stop };
}

/** @param {{ durable?: boolean }} [options] @returns {Promise<Service>} Debian's PostgreSQL 15 */
export const startPostgres15 = ({ durable } = {}) => startCluster({ bin: POSTGRES_15_BIN, name: 'pg15', durable });
