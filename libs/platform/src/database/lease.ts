import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { SettingsRefused } from '../config/settings-refused.js';
import type { Settings } from '../config/settings.js';
import { Log } from '../logging/log.js';

/** Sessions of this name say: here is a process. Everybody may read it in pg_stat_activity; it ends with its process. */
const NAME = 'fairwind process ';
const LOCK = 72_707_370;
/** How long one that is just ending is waited for, and how long after a loss the lease is asked for again. */
export const LEASE_WAITS = { patienceMs: 4_000, againMs: 2_000 };
const log = Log.named('lease');

/** Names this DATA_DIR, so that two processes can tell whether they keep their files in the same one. */
function dataDirName(dataDir: string): string {
  const file = path.join(dataDir, 'name');
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, randomUUID().slice(0, 8), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // EEXIST: named at an earlier start
  }
  return readFileSync(file, 'utf8').trim();
}

/** Why this process may not join those that are there, if it may not. */
function refusal(settings: Settings, own: string, others: readonly string[]): string | null {
  if (others.length === 0) return null;
  if (settings.redisUrl === null) {
    return settings.databaseUrl === null
      ? `Another process is running on ${settings.dataDir}. Stop it, or give this one a DATA_DIR of its own.`
      : 'Another process is running on this DATABASE_URL, and without Redis neither would hear of the other: set REDIS_URL for both, or stop the other one.';
  }
  if (settings.s3Bucket !== null || settings.sharedDataDir || others.every((name) => name === own)) return null;
  return 'Another node keeps its files in another folder, so half of them would be missing on each: set FAIRWIND_S3_BUCKET on all nodes, or mount one folder as DATA_DIR and declare it with FAIRWIND_SHARED_DATA_DIR=true.';
}

/** Holds the right to work on this database for as long as the process runs. */
export class Lease {
  private client: pg.Client | null = null;
  private ended = false;
  private returning: Promise<void> = Promise.resolve();

  private constructor(
    private readonly url: string,
    private readonly settings: Settings,
    private readonly own: string,
    /** Called when the right was lost to somebody else: this process must end. */
    private readonly lost: (error: Error) => void,
    private readonly revive: () => Promise<void>,
    private readonly waits: typeof LEASE_WAITS,
  ) {}

  /**
   * Takes it. Throws `SettingsRefused` when this process and one that is there cannot work on one database. Waits some
   * seconds for one that is just ending.
   * @param revive called before each attempt to come back: starts a database of our own that has died
   */
  static async take(url: string, settings: Settings, lost: (error: Error) => void, revive = async () => {}, waits = LEASE_WAITS): Promise<Lease> {
    const lease = new Lease(url, settings, dataDirName(settings.dataDir), lost, revive, waits);
    await lease.connect();
    return lease;
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.returning; // it may be starting the database, or just have it
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, application_name: NAME + this.own, keepAlive: true });
    client.on('error', (err) => {
      if (this.client === client) this.returning = this.again(err);
    });
    await client.connect();
    try {
      await this.check(client);
    } catch (error) {
      await client.end();
      throw error;
    }
    this.client = client;
  }

  private async check(client: pg.Client): Promise<void> {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    for (const since = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const { rows } = await client.query<{ application_name: string }>(
        'SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND starts_with(application_name, $1)',
        [NAME],
      );
      const reason = refusal(this.settings, this.own, rows.map((row) => row.application_name.slice(NAME.length)));
      if (reason === null) break;
      if (performance.now() - since > this.waits.patienceMs) throw new SettingsRefused([reason]);
    }
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }

  /** The database was restarted, or the line broke: take it again, unless somebody else has it by now. */
  private async again(err: Error): Promise<void> {
    this.client = null;
    log.warn({ err }, 'The connection that holds the lease was lost.');
    while (!this.ended && this.client === null) {
      await new Promise((resolve) => setTimeout(resolve, this.waits.againMs));
      try {
        if (!this.ended) await this.revive();
        if (!this.ended) await this.connect();
      } catch (error) {
        if (error instanceof SettingsRefused) return this.lost(error);
        log.warn({ err: error }, 'The database is not back yet.');
      }
    }
  }
}
