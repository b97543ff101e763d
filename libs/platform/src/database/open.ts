import { SettingsRefused } from '../config/settings-refused.js';
import type { Settings } from '../config/settings.js';
import { Database } from './database.js';
import { Lease } from './lease.js';
import { migrate } from './migrate.js';
import { clearHalfFilled } from './unfinished.js';

/** A database that is ready for work. */
export interface OpenDatabase {
  database: Database;
  /** It is the embedded one. */
  embedded: boolean;
  /** Ends everything that was started for it, in order; waits for the database to be down if it is ours. */
  close(): Promise<void>;
}

/**
 * Opens the database that the settings name: starts the embedded one when they name none, takes the lease and applies the
 * migrations. Throws `SettingsRefused` or an error whose message is for a person.
 * @param lost called later, when another process has taken the database over
 */
export async function openDatabase(settings: Settings, lost: (error: Error) => void): Promise<OpenDatabase> {
  const embedded = settings.databaseUrl === null ? await startOwn(settings) : null;
  const url = embedded?.url ?? settings.databaseUrl ?? '';
  const stop = async () => {
    if (embedded && !embedded.adopted) await embedded.stop();
  };
  let lease: Lease | undefined;
  try {
    lease = await Lease.take(url, settings, lost, embedded?.revive);
    if (embedded) await clearHalfFilled(url, settings.dataDir);
    await migrate(url);
  } catch (error) {
    await lease?.end();
    await stop();
    throw said(error);
  }
  const held = lease;
  const database = new Database({ url, connections: settings.databaseConnections, prepared: settings.databasePrepared });
  const close = async () => {
    await database.close();
    await held.end();
    // An adopted one was left by a process that was killed: now it is ours.
    await embedded?.stop();
  };
  return { database, embedded: embedded !== null, close };
}

/**
 * The database of the settings, beside a server that may be running on it: no lease is taken and nothing is migrated. Without a
 * server the embedded one is started, and stopped by `close`.
 */
export async function besideServer(settings: Settings): Promise<Pick<OpenDatabase, 'database' | 'close'>> {
  const embedded = settings.databaseUrl === null ? await startOwn(settings) : null;
  const database = new Database({ url: embedded?.url ?? settings.databaseUrl ?? '', connections: 2, prepared: settings.databasePrepared });
  return {
    database,
    close: async () => {
      await database.close();
      if (embedded && !embedded.adopted) await embedded.stop();
    },
  };
}

async function startOwn(settings: Settings) {
  const { startEmbedded } = await import('./embedded.js');
  return startEmbedded({ dataDir: settings.dataDir });
}

/** A database that cannot be reached is a matter of settings. */
function said(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: string };
  const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', '28P01', '28000', '3D000'].includes(String(code));
  return unreachable ? new SettingsRefused([`The database of DATABASE_URL cannot be used: ${message || String(code)}.`]) : error;
}
