import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../libs/platform/src/database/embedded.js';
import { migrate, migrations } from '../../libs/platform/src/database/migrate.js';

/** Nothing here must survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off', wal_level: 'minimal', max_wal_senders: 0, max_connections: 400, shared_buffers: '64MB' };
const FOLDER = path.join(os.tmpdir(), `fairwind-test-${os.userInfo().uid}`);
const TEMPLATE_LOCK = 4_711;

/** @returns the address of another database on the same server */
export function sibling(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.toString();
}

/** Runs one statement in a session of its own. */
export async function statement(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The one cluster of all tests of this user: started by the first, ended by a keeper when nobody is connected any more. */
async function cluster(): Promise<string> {
  mkdirSync(FOLDER, { recursive: true, mode: 0o755 });
  const postgres = await startEmbedded({ dataDir: FOLDER, settings: FAST });
  if (!postgres.adopted) {
    const keeper = path.join(import.meta.dirname, 'cluster-keeper.mjs');
    spawn(process.execPath, [keeper, postgres.url], { detached: true, stdio: 'ignore' }).unref();
  }
  return postgres.url;
}

/** A template with today's migrations, made by whoever comes first. */
async function template(url: string): Promise<string> {
  const content = migrations().map(({ name, checksum }) => name + checksum).join();
  const name = `template_${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const made = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (made.rowCount === 0) {
      const half = `${name}_half`;
      await client.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${half} TEMPLATE template0`);
      await migrate(sibling(url, half));
      await client.query(`ALTER DATABASE ${half} RENAME TO ${name}`);
    }
  } finally {
    await client.end();
  }
  return name;
}

let known: Promise<{ url: string; template: string }> | undefined;

/** The server of the tests, with a migrated template: the one that `npm test` names, else one that is started now. */
export function testCluster(): Promise<{ url: string; template: string }> {
  const { TEST_EMBEDDED_URL: url, TEST_TEMPLATE: name } = process.env;
  if (url && name) return Promise.resolve({ url, template: name });
  known ??= cluster().then(async (url) => ({ url, template: await template(url) }));
  return known;
}
