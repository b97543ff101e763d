import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { Log } from '../logging/log.js';

const log = Log.named('database');
const note = (dataDir: string): string => path.join(dataDir, 'demo-unfinished');

/**
 * Fills the embedded database for the first time. A process that ends on the way leaves a note in DATA_DIR: nobody has been
 * served yet, so that the next start may empty the database and begin again.
 */
export async function fillOwn<T>(dataDir: string, fill: () => Promise<T>): Promise<T> {
  writeFileSync(note(dataDir), 'The demo fair is being made. If this stays, the next start empties the database and makes it again.\n');
  const result = await fill();
  rmSync(note(dataDir));
  return result;
}

/** Empties the embedded database where it was left half filled, before its migrations. @param url of that database, which is ours alone */
export async function clearHalfFilled(url: string, dataDir: string): Promise<void> {
  if (!existsSync(note(dataDir))) return;
  log.warn({ dataDir }, 'The demo fair was not finished at the last start: the database is emptied and it is made again');
  const client = new pg.Client({ connectionString: url, application_name: 'fairwind clearing' });
  await client.connect();
  try {
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  } finally {
    await client.end();
  }
  rmSync(note(dataDir));
}
