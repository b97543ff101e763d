// Ends the tests' database server when nobody has been connected to it for half a minute, and clears away what killed
// tests have left. Started, detached, by whoever started the server: `node cluster-keeper.mjs URL`.
import pg from 'pg';

const EVERY_MS = 5_000;
const QUIET_ROUNDS = 6;
const url = process.argv[2];

/** @param {pg.Client} client @returns {Promise<number>} how many others are connected */
async function others(client) {
  const { rows } = await client.query(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  return rows[0].n;
}

/** @param {pg.Client} client removes the databases of tests that ended without doing it */
async function clear(client) {
  const { rows } = await client.query(
    "SELECT datname FROM pg_database d WHERE datname LIKE 'test\\_%' AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)",
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(datname)}`);
}

const client = new pg.Client({ connectionString: url });
client.on('error', () => process.exit(0)); // the server is gone: nothing to keep
await client.connect();
for (let quiet = 0; quiet < QUIET_ROUNDS; ) {
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  quiet = (await others(client)) === 0 ? quiet + 1 : 0;
}
await clear(client);
const { rows } = await client.query("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid");
process.kill(rows[0].pid, 'SIGINT');
