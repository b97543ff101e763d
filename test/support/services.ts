/**
 * The services that whole-process tests stand on. `npm test` starts them and names them in the environment; without it,
 * a developer's single run starts what it needs by itself.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import pg from 'pg';
import { freePort } from './free-port.js';

export interface ServerDatabase {
  url: string;
  /** Removes it, also when somebody is still connected. */
  drop: () => Promise<void>;
}

/** An empty database of its own on the embedded PostgreSQL or on Debian's. */
export async function serverDatabase(kind: 'embedded' | 'debian'): Promise<ServerDatabase> {
  const variable = kind === 'embedded' ? 'TEST_EMBEDDED_URL' : 'TEST_PG15_URL';
  const server = process.env[variable];
  if (!server) throw new Error(`${variable} is not set: run this through npm test, for example \`npm test -- scenarios\``);
  const name = `fairwind_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await admin(`CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

let redis: Promise<string> | undefined;

/** A real Redis: the one that `npm test` started, or one of this run's own, which ends with it. */
export function redisForTests(): Promise<string> {
  redis ??= process.env.TEST_REDIS_URL ? Promise.resolve(process.env.TEST_REDIS_URL) : startRedis();
  return redis;
}

async function startRedis(): Promise<string> {
  const port = await freePort();
  // A jest worker is killed without a word: the shell sees that it has gone and ends Redis.
  const server = `redis-server --port ${port} --bind 127.0.0.1 --save '' --appendonly no`;
  const watched = `${server} & while kill -0 ${process.pid} 2>/dev/null; do sleep 1; done; kill $!`;
  const child = spawn('sh', ['-c', watched], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => { if (chunk.includes('Ready to accept connections')) resolve(); });
  });
  child.unref(); // it does not keep the tests from ending
  (child.stdout as unknown as Socket).unref();
  return `redis://127.0.0.1:${port}`;
}
