import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { PROJECT_ROOT } from '../config/project.js';
import { Log } from '../logging/log.js';

/** The advisory lock of Prisma's own engine, so that both can work on one database. */
const PRISMA_LOCK = 72_707_369;
const BOOKS = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

export const MIGRATIONS = path.join(PROJECT_ROOT, 'prisma', 'migrations');
const log = Log.named('migrations');

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** All migrations, in order. */
export function migrations(folder = MIGRATIONS): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return names.sort().map((name) => {
    const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

interface Row {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Applies the migrations that a database has not seen, with the same table, checksums and lock as `prisma migrate deploy`.
 * Any number of processes may call it at once. Throws when an earlier one failed half-way, or was changed afterwards.
 * @returns how many were applied
 */
export async function migrate(url: string, folder = MIGRATIONS): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'fairwind migrations' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query(BOOKS);
    const { rows } = await client.query<Row>('SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL');
    const failed = rows.find((row) => row.finished_at === null);
    if (failed) throw new Error(`The migration ${failed.migration_name} failed half-way at an earlier start; mend it and say so with \`npx prisma migrate resolve\`.`);
    const done = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    let applied = 0;
    for (const migration of migrations(folder)) {
      const checksum = done.get(migration.name);
      if (checksum === undefined) {
        await apply(client, migration);
        applied += 1;
      } else if (checksum !== migration.checksum) {
        throw new Error(`The migration ${migration.name} was changed after this database was made with it. In development remove DATA_DIR; else put the file back.`);
      }
    }
    return applied;
  } finally {
    await client.end(); // ends the session and its lock
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [id, checksum, name]);
  try {
    await client.query(sql); // several statements in one query are one transaction
  } catch (error) {
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)]);
    throw new Error(`The migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1', [id]);
  log.info({ migration: name }, 'A migration was applied.');
}
