/**
 * Registration as a careful engineer would write it without us: a bare HTTP server, a pool, prepared statements, the same rows,
 * the same checks (the token's signature and term, the account's standing) and a signed code in the answer. `single`: one
 * transaction a registration, BEGIN, a question without a lock, all that is written, which takes the fair's row on condition, and
 * COMMIT, each a way to the database; `batch`: what arrives meanwhile together, without BEGIN and COMMIT, since what writes is one
 * statement.
 * Arguments: mode, database, connections, token key.
 */
import { createHmac, generateKeyPairSync, randomInt, sign, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { v7 } from 'uuid';
import { plans } from '../scan/floor-statements.js';

const [mode = 'single', url = '', connections = '20', tokenKey = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections), keepAlive: true, idleTimeoutMillis: 0, options: plans });
const { privateKey } = generateKeyPairSync('ed25519');
const secret = Buffer.from(tokenKey, 'hex');
interface Wish { accountId: string; requestKey: string }
interface Ticket { id: string; accountId: string; shortCode: string; validFrom: Date; validUntil: Date }
interface Fair { quota: number | null; registered: number; startsAt: Date; endsAt: Date; open: boolean; name: string; venueName: string; standing: string[] }
/** Without a fair: whoever asks has no account in good standing. */
interface Given { fair: Fair | null; ticket: Ticket | null }

const named = (name: string, text: string) => (values: unknown[]) => ({ name, text, values });
const open = `status IN ('published', 'open') AND NOT "isTemplate" AND "endsAt" > clock_timestamp()`;
const question = named('question', `SELECT *, ${open} AS open,
    ARRAY(SELECT id::text FROM "Account" WHERE id = ANY($2::uuid[]) AND kind = 'candidate' AND "disabledAt" IS NULL) AS standing FROM "Fair" WHERE id = $1`);
const hold = named('hold', 'SELECT FROM "Fair" WHERE id = $1 FOR NO KEY UPDATE');
const had = named('had', 'SELECT * FROM "Ticket" WHERE "fairId" = $1 AND "accountId" = ANY($2::uuid[])');
const write = named('write', `WITH new AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS r(id uuid, "accountId" uuid, "shortCode" text, "requestKey" text, "eventId" uuid, data jsonb)
  ), took AS (
    UPDATE "Fair" SET registered = registered + $5 WHERE id = $2 AND ${open} AND (quota IS NULL OR registered + $5 <= quota) RETURNING id
  ), told AS (
    INSERT INTO "Event" (id, type, "scopeKind", "scopeId", "actorId", data, "happenedAt")
    SELECT "eventId", 'ticket.registered', 'fair', $2, "accountId", data, clock_timestamp() FROM took, new
  ), made AS (
    INSERT INTO "Ticket" (id, "fairId", "accountId", kind, "shortCode", "zoneIds", status, "validFrom", "validUntil", "requestKey")
    SELECT new.id, $2, "accountId", 'visitor', "shortCode", '{}', 'valid', $3, $4, "requestKey" FROM took, new RETURNING *
  ) SELECT * FROM made`);

function rowOf(fairId: string, { accountId, requestKey }: Wish): object {
  const id = v7();
  return { id, accountId, requestKey, shortCode: String(randomInt(100_000_000)).padStart(8, '0'), eventId: v7(), data: { fairId, ticketId: id, accountId, kind: 'visitor' } };
}

/** In one transaction: each gets a ticket, or null when there is no place. */
async function register(fairId: string, wishes: Wish[]): Promise<Given[]> {
  const first = mode === 'single' ? transaction((client) => attempt(client, fairId, wishes)) : attempt(pool, fairId, wishes);
  const given = await first.catch((error: { code?: string }) => {
    if (error.code !== UNIQUE) throw error;
    return null;
  });
  return given ?? inTurn(fairId, wishes);
}
const UNIQUE = '23505';

/** The last places, a repeated wish, a short code that is another's: with the fair's row held. */
async function inTurn(fairId: string, wishes: Wish[]): Promise<Given[]> {
  const given = await transaction(async (client) => {
    await client.query(hold([fairId]));
    const { rows } = await client.query<Ticket>(had([fairId, wishes.map(({ accountId }) => accountId)]));
    return attempt(client, fairId, wishes, rows);
  });
  if (!given) throw new Error('It changed under the lock.');
  return given;
}

async function transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const done = await work(client);
    await client.query('COMMIT');
    return done;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** Null, and nothing written: must be asked again in turn. `before`: with the row held, the tickets that they have. */
async function attempt(database: pg.Pool | pg.PoolClient, fairId: string, wishes: Wish[], before: Ticket[] | null = null): Promise<Given[] | null> {
  const { rows: [fair] } = await database.query<Fair>(question([fairId, wishes.map(({ accountId }) => accountId)]));
  const standing = new Set(fair?.standing);
  const tickets = new Map(before?.map((ticket) => [ticket.accountId, ticket]));
  const fresh = [...new Map(wishes.map((wish) => [wish.accountId, wish])).values()].filter(({ accountId }) => standing.has(accountId) && !tickets.has(accountId));
  const places = !fair?.open ? 0 : fair.quota === null ? Infinity : Math.max(0, fair.quota - fair.registered);
  if (!before && places > 0 && places < fresh.length) return null;
  const granted = fresh.slice(0, places);
  if (fair && granted.length > 0) {
    const validFrom = new Date(fair.startsAt.getTime() - 7_200_000);
    const { rows } = await database.query<Ticket>(write([JSON.stringify(granted.map((wish) => rowOf(fairId, wish))), fairId, validFrom, fair.endsAt, granted.length]));
    if (rows.length === 0) return null;
    for (const ticket of rows) tickets.set(ticket.accountId, ticket);
  }
  return wishes.map(({ accountId }) => ({ fair: standing.has(accountId) ? fair! : null, ticket: tickets.get(accountId) ?? null }));
}

const queues = new Map<string, { wish: Wish; done: (given: Given) => void; fail: (error: unknown) => void }[]>();
async function work(fairId: string): Promise<void> {
  const queue = queues.get(fairId)!;
  while (queue.length > 0) {
    const group = queue.splice(0, 64);
    try {
      const given = await register(fairId, group.map(({ wish }) => wish));
      group.forEach(({ done }, n) => done(given[n]!));
    } catch (error) {
      for (const { fail } of group) fail(error);
    }
  }
  queues.delete(fairId);
}
const together = (fairId: string, wish: Wish) => new Promise<Given>((done, fail) => {
  const waiting = queues.get(fairId);
  if (waiting) return void waiting.push({ wish, done, fail });
  queues.set(fairId, [{ wish, done, fail }]);
  setImmediate(() => void work(fairId));
});

function accountOf(token: string): string | null {
  const [head = '', body = '', signature = ''] = token.split('.');
  const [given, wanted] = [Buffer.from(signature, 'base64url'), createHmac('sha256', secret).update(`${head}.${body}`).digest()];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const { sub, role, exp } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { sub: string; role: string; exp: number };
  return role === 'candidate' && exp * 1_000 > Date.now() ? sub : null;
}

async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
  const fairId = /^\/api\/fairs\/([0-9a-f-]{36})\/tickets$/.exec(request.url ?? '')?.[1];
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  const { requestKey } = JSON.parse(text) as { requestKey: string };
  const accountId = accountOf((request.headers.authorization ?? '').slice(7));
  if (!fairId || !accountId) return { status: 401, body: {} };
  const wish = { accountId, requestKey: `${fairId}:${accountId}:${requestKey}` };
  const { fair, ticket } = mode === 'batch' ? await together(fairId, wish) : (await register(fairId, [wish]))[0]!;
  if (!fair) return { status: 401, body: {} };
  if (!ticket) return { status: 409, body: { error: { code: 'quotaFull', message: '名额满了。' } } };
  const code = Buffer.concat([Buffer.from(fairId + ticket.id), sign(null, Buffer.from(fairId + ticket.id), privateKey)]).toString('base64url');
  return { status: 201, body: { ...ticket, code, fair: { name: fair.name, venueName: fair.venueName, startsAt: fair.startsAt, endsAt: fair.endsAt } } };
}

createServer((request, response) => {
  if (request.url === '/readyz') return void response.end();
  answer(request).then(
    ({ status, body }) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(Number(process.env.PORT), '127.0.0.1');
