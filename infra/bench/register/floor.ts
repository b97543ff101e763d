/**
 * Registration as a careful engineer would write it without us: a bare HTTP server, a pool, prepared statements, the same rows,
 * the same checks (the token's signature and term, the account's standing) and a signed code in the answer. `single`: one
 * transaction a registration, the fair's row last, so that it is held shortest; `batch`: what arrives meanwhile, together.
 * Arguments: mode, database, connections, token key.
 */
import { createHmac, generateKeyPairSync, randomInt, randomUUID, sign, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';

const [mode = 'single', url = '', connections = '20', tokenKey = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections), keepAlive: true });
const { privateKey } = generateKeyPairSync('ed25519');
const secret = Buffer.from(tokenKey, 'hex');
interface Wish { accountId: string; requestKey: string }
interface Ticket { id: string; accountId: string; shortCode: string; validFrom: Date; validUntil: Date }
interface Fair { quota: number | null; registered: number; startsAt: Date; endsAt: Date; open: boolean; name: string; venueName: string }

const named = (name: string, text: string) => (values: unknown[]) => ({ name, text, values });
const standing = named('standing', `SELECT id FROM "Account" WHERE id = $1 AND kind = 'candidate' AND "disabledAt" IS NULL`);
const open = `status IN ('published', 'open') AND NOT "isTemplate" AND "endsAt" > clock_timestamp()`;
const read = named('read', `SELECT *, ${open} AS open FROM "Fair" WHERE id = $1`);
const hold = named('hold', `SELECT *, ${open} AS open FROM "Fair" WHERE id = $1 FOR NO KEY UPDATE`);
const make = named('make', `INSERT INTO "Ticket" (id, "fairId", "accountId", kind, "shortCode", "zoneIds", status, "validFrom", "validUntil", "requestKey")
  SELECT id, $2, "accountId", 'visitor', "shortCode", '{}', 'valid', $3, $4, "requestKey"
  FROM json_to_recordset($1::json) AS new(id uuid, "accountId" uuid, "shortCode" text, "requestKey" text) ON CONFLICT DO NOTHING RETURNING *`);
const tell = named('tell', `INSERT INTO "Event" (id, type, "scopeKind", "scopeId", "actorId", data, "happenedAt")
  SELECT id, 'ticket.registered', 'fair', $2, "actorId", data, clock_timestamp() FROM json_to_recordset($1::json) AS new(id uuid, "actorId" uuid, data jsonb)`);
const takeOne = named('takeOne', `UPDATE "Fair" SET registered = registered + 1 WHERE id = $1 AND ${open} AND (quota IS NULL OR registered < quota) RETURNING id`);
const take = named('take', 'UPDATE "Fair" SET registered = registered + $2 WHERE id = $1');
const undo = named('undo', 'DELETE FROM "Ticket" WHERE id = ANY($1::uuid[])');

const rowOf = ({ accountId, requestKey }: Wish) => ({ id: randomUUID(), accountId, requestKey, shortCode: String(randomInt(100_000_000)).padStart(8, '0') });
const eventOf = (fairId: string) => ({ id, accountId }: Ticket) => ({ id: randomUUID(), actorId: accountId, data: { fairId, ticketId: id, accountId, kind: 'visitor' } });

/** In one transaction: each gets a ticket, or null when there is no place. */
async function register(fairId: string, wishes: Wish[]): Promise<{ fair: Fair; tickets: (Ticket | null)[] }> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows: [fair] } = await client.query<Fair>(read([fairId]));
    if (!fair?.open || (fair.quota !== null && fair.registered >= fair.quota)) {
      await client.query('ROLLBACK');
      return { fair: fair!, tickets: wishes.map(() => null) };
    }
    const validFrom = new Date(fair.startsAt.getTime() - 7_200_000);
    const { rows } = await client.query<Ticket>(make([JSON.stringify(wishes.map(rowOf)), fairId, validFrom, fair.endsAt]));
    let places = rows.length;
    if (mode === 'single') {
      await client.query(tell([JSON.stringify(rows.map(eventOf(fairId))), fairId]));
      places = (await client.query(takeOne([fairId]))).rowCount ?? 0;
    } else {
      const { rows: [held] } = await client.query<Fair>(hold([fairId]));
      places = held!.open ? Math.min(rows.length, held!.quota === null ? Infinity : held!.quota - held!.registered) : 0;
      if (places < rows.length) await client.query(undo([rows.slice(places).map(({ id }) => id)]));
      await client.query(tell([JSON.stringify(rows.slice(0, places).map(eventOf(fairId))), fairId]));
      await client.query(take([fairId, places]));
    }
    await client.query(places > 0 ? 'COMMIT' : 'ROLLBACK');
    const made = new Map(rows.slice(0, places).map((ticket) => [ticket.accountId, ticket]));
    return { fair, tickets: wishes.map(({ accountId }) => made.get(accountId) ?? null) };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

type Given = { fair: Fair; ticket: Ticket | null };
const queues = new Map<string, { wish: Wish; done: (given: Given) => void; fail: (error: unknown) => void }[]>();
async function work(fairId: string): Promise<void> {
  const queue = queues.get(fairId)!;
  while (queue.length > 0) {
    const group = queue.splice(0, 64);
    try {
      const { fair, tickets } = await register(fairId, group.map(({ wish }) => wish));
      group.forEach(({ done }, n) => done({ fair, ticket: tickets[n]! }));
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
  if (!fairId || !accountId || (await pool.query(standing([accountId]))).rows.length === 0) return { status: 401, body: {} };
  const wish = { accountId, requestKey: `${fairId}:${accountId}:${requestKey}` };
  const one = async (): Promise<Given> => {
    const { fair, tickets } = await register(fairId, [wish]);
    return { fair, ticket: tickets[0]! };
  };
  const { fair, ticket } = await (mode === 'batch' ? together(fairId, wish) : one());
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
