/** Debian's PostgreSQL 15 for benches: durable, as a bureau's would be. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

export interface BenchPostgres { url(database: string): string; /** A new database: empty, or the same as another, to which nobody is connected. */ create(database: string, template?: string): Promise<string>; stop(): Promise<void> }
interface Services { startPostgres15(options: { durable: boolean }): Promise<{ url: string; stop: () => Promise<void> }> }

/** Segments of its own log that a cluster has written before it is measured: what it keeps of that, it writes over from then on. */
const SEGMENTS = 64;

async function writeLog(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (let written = 0; written < SEGMENTS; written++) {
      await client.query(`SELECT pg_logical_emit_message(false, 'bench', '')`);
      await client.query('SELECT pg_switch_wal()');
    }
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

/**
 * A new cluster with fsync and synchronous_commit on, that has been at work: one that has never written a gigabyte of log makes each new
 * segment of it (16 MB of zeros, to the disk) while a COMMIT waits, which is a gate's worst moment on the first morning and none later.
 */
export async function startPostgres(): Promise<BenchPostgres> {
  const services = (await import(pathToFileURL(join(process.cwd(), 'infra', 'setup', 'services.mjs')).href)) as Services;
  const { url: own, stop } = await services.startPostgres15({ durable: true });
  await writeLog(own).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const url = (database: string) => Object.assign(new URL(own), { pathname: `/${database}` }).href;
  return {
    url,
    stop,
    async create(database, template = 'template1') {
      const client = new pg.Client({ connectionString: own });
      await client.connect();
      await client.query(`CREATE DATABASE ${database} TEMPLATE ${template}`);
      await client.end();
      return url(database);
    },
  };
}
