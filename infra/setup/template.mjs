// The embedded PostgreSQL for specs: one cluster without durability, with one migrated template, which each spec copies.
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { trackPid } from './children.mjs';
import { ROOT } from './root.mjs';
import { temporaryFolder } from './services.mjs';

const TEMPLATE = 'fairwind_template';
const database = path.join(ROOT, 'dist', 'libs', 'platform', 'src', 'database');

/** @param {string} file built, since the launcher and the migrations are the server's own @returns {Promise<any>} */
const built = (file) => import(pathToFileURL(path.join(database, file)).href);

/** @returns {Promise<{ url: string, name: string }>} the cluster's address, and the name of the database to copy */
export async function startTemplate() {
  const folder = temporaryFolder('embedded');
  chmodSync(folder, 0o755); // for root the server runs as another user, who has to get in
  const { startEmbedded } = await built('embedded.js');
  const { migrate } = await built('migrate.js');
  // As in test/support/cluster.ts. Each of some hundred databases is copied by files: no log of it, and nobody who tidies up.
  const settings = {
    fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB', autovacuum: 'off', wal_level: 'minimal', max_wal_senders: 0,
  };
  const { url } = await startEmbedded({ dataDir: folder, settings });
  const [pid] = readFileSync(path.join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n');
  trackPid(Number(pid), 'SIGINT');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  const template = new URL(url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href);
  return { url, name: TEMPLATE };
}
