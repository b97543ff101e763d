/**
 * What a careful engineer would write without us: a bare HTTP server, a pool, prepared statements, the same rows. It checks what
 * ours must: the device's token, the code's signature, whether the id was answered before, the ticket, who is inside and the
 * approved number. `single`: one transaction a scan, BEGIN, question, write and COMMIT, with the counter taken last; `statement`:
 * the same two statements (floor-statements.ts) without BEGIN and COMMIT, since the second is a transaction of its own; `batch`: as
 * that, what arrives meanwhile together. A statement is a way to the database, as drivers do it.
 * Arguments: mode, database, fair, gate, connections, hash key; `screen`: and shows the venue's counters through a bare socket.io,
 * ten times a second.
 */
import { createHash, createHmac, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { v7 } from 'uuid';
import { lock, plans, question, write, type Known } from './floor-statements.js';

const [mode = 'single', url = '', fairId = '', gateId = '', connections = '20', hashKey = '', shown = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections), keepAlive: true, idleTimeoutMillis: 0, options: plans });
interface Scan { id: string; direction: 'entry' | 'exit'; code: string; happenedAt: string; ticketId: string; tokenHash: string; codeHash: string }
/** The inside of `result` and `data` is only known when written: `change` more than before this transaction. */
interface Row { id: string; deviceId: string; ticketId: string | null; direction: string; codeHash: string; admitted: boolean; reason: string | null; result: Result; happenedAt: string; checkInId: string; eventId: string; data: object; type: string; change: number }
interface Result { scanId: string; admitted: boolean; direction: string; reason: string | null; zone: { inside: number; approvedNumber: number } }

const keys = new Map<number, KeyObject>();
for (const { id, publicKey } of (await pool.query<{ id: number; publicKey: Buffer }>('SELECT id, "publicKey" FROM "SigningKey"')).rows) {
  keys.set(id, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }, format: 'jwk' }));
}
const { rows: [venue] } = await pool.query<{ zoneId: string; approvedNumber: number }>('SELECT g."zoneId", z."approvedNumber" FROM "Gate" g JOIN "Zone" z ON z.id = g."zoneId" WHERE g.id = $1', [gateId]);
const { zoneId, approvedNumber } = venue!;

/** All of them in one transaction, decided in order. */
async function commit(scans: Scan[]): Promise<object[]> {
  const first = mode === 'single' ? transaction((client) => attempt(client, scans)) : attempt(pool, scans);
  const answers = await first.catch((error: { code?: string }) => {
    if (error.code !== UNIQUE) throw error;
    return null;
  });
  return answers ?? inTurn(scans);
}
const UNIQUE = '23505';

/** Who was overtaken, or finds the zone full, waits in turn: what is decided under the lock stays so. */
async function inTurn(scans: Scan[]): Promise<object[]> {
  const answers = await transaction(async (client) => {
    await client.query(lock([fairId]));
    return attempt(client, scans, true);
  });
  if (!answers) throw new Error('It changed under the lock.');
  return answers;
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

/** Null, and nothing written: must be asked again in turn. */
async function attempt(database: pg.Pool | pg.PoolClient, scans: Scan[], locked = false): Promise<object[] | null> {
  const { rows: [known] } = await database.query<Known>(question([scans.map((scan) => scan.tokenHash), scans.map((scan) => scan.ticketId), scans.map(({ id }) => id), fairId, zoneId, gateId]));
  const devices = new Map(known!.devices?.map(({ id, tokenHash }) => [tokenHash, id]));
  const tickets = new Map(known!.tickets?.map((ticket) => [ticket.id, { ...ticket, was: ticket.present, since: '' }]));
  const answered = new Map<string, object>(known!.answered?.map(({ id, result }) => [id, result]));
  const rows: Row[] = [];
  let [entered, left, full] = [0, 0, false];
  let most: number | null = null;
  const answers = scans.map((scan): object => {
    const { id, direction, ticketId, codeHash, happenedAt } = scan;
    const deviceId = devices.get(scan.tokenHash);
    if (!deviceId) return { admitted: false, reason: 'unauthenticated' };
    const before = answered.get(id);
    if (before) return before;
    const ticket = tickets.get(ticketId);
    const entry = direction === 'entry';
    const noPlace = entry && known!.inside + entered - left >= approvedNumber;
    const reason = !ticket ? 'unknownTicket' : entry && ticket.status !== 'valid' ? ticket.status : entry === ticket.present ? (entry ? 'alreadyInside' : 'notInside') : noPlace ? 'zoneFull' : null;
    if (reason === null) {
      if (entry) most = Math.max(most ?? -Infinity, ++entered - left);
      else left++;
      Object.assign(ticket!, { present: entry, since: happenedAt });
    }
    full ||= reason === 'zoneFull';
    const change = entered - left;
    const result: Result = { scanId: id, admitted: reason === null, direction, reason, zone: { inside: 0, approvedNumber } };
    answered.set(id, result);
    const checkInId = v7();
    const data = reason === null
      ? { fairId, checkInId, scanId: id, ticketId, gateId, direction, zones: [{ zoneId, change: entry ? 1 : -1, inside: 0 }], first: true, override: false }
      : { fairId, scanId: id, gateId, direction, reason, ticketId };
    rows.push({ id, deviceId, ticketId: ticket ? ticketId : null, direction, codeHash, admitted: reason === null, reason, result, happenedAt, checkInId, eventId: v7(), data, type: reason === null ? 'checkIn.recorded' : 'scan.refused', change });
    return result;
  });
  if (rows.length === 0) return answers;
  if (full && !locked) return null;
  const moved = [...tickets.values()].filter(({ was, present }) => was !== present);
  const come = moved.flatMap(({ id, present, since }) => (present ? { id, since } : []));
  const gone = moved.flatMap(({ id, present }) => (present ? [] : id));
  const { rows: [took] } = await database.query<{ before: number }>(write([JSON.stringify(rows), fairId, gateId, zoneId, JSON.stringify(come), gone, entered, left, most, approvedNumber]));
  if (!took) return null;
  for (const { change, result } of rows) result.zone.inside = took.before + change;
  return answers;
}

const queue: { scan: Scan; done: (answer: unknown) => void; fail: (error: unknown) => void }[] = [];
let busy = false;
async function work(): Promise<void> {
  busy = true;
  while (queue.length > 0) {
    const group = queue.splice(0, 64);
    try {
      const answers = await commit(group.map(({ scan }) => scan));
      group.forEach(({ done }, n) => done(answers[n]));
    } catch (error) {
      for (const { fail } of group) fail(error);
    }
  }
  busy = false;
}
const together = (scan: Scan) => new Promise<unknown>((done, fail) => {
  queue.push({ scan, done, fail });
  if (!busy) { busy = true; setImmediate(() => void work()); }
});

const body = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text;
};

async function answer(request: IncomingMessage): Promise<unknown> {
  const token = (request.headers.authorization ?? '').slice(7);
  const tokenHash = createHmac('sha256', Buffer.from(hashKey, 'hex')).update(token).digest('hex');
  const { id, direction, code, happenedAt } = JSON.parse(await body(request)) as Scan;
  const bytes = Buffer.from(code.slice(4), 'base64url');
  const key = keys.get(bytes.readUInt16BE(1));
  if (!key || !verify(null, Buffer.concat([Buffer.from('FW1.'), bytes.subarray(0, 44)]), key, bytes.subarray(44))) return { admitted: false, reason: 'forged' };
  const ticketId = bytes.toString('hex', 19, 35).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const scan: Scan = { id, direction, code, happenedAt, ticketId, tokenHash, codeHash: createHash('sha256').update(code).digest('hex') };
  return mode === 'batch' ? together(scan) : (await commit([scan]))[0];
}

const counters = { name: 'counters', text: 'SELECT entered, "left" FROM "ZoneState" WHERE "zoneId" = $1', values: [zoneId] };
async function showCounters(): Promise<void> {
  const { Server } = await import('socket.io');
  const io = new Server(server, { perMessageDeflate: false });
  let last = '';
  io.on('connection', (socket) => socket.on('subscribe', (_request: unknown, ack: (answer: object) => void) =>
    ack({ ok: true, data: { snapshot: last === '' ? null : { data: JSON.parse(last) as object } } })));
  setInterval(() => void pool.query<{ entered: number; left: number }>(counters).then(({ rows: [data] }) => {
    const text = JSON.stringify(data);
    if (text !== last) io.emit('snapshot', { data });
    last = text;
  }, console.error), 100);
}

const server = createServer((request, response) => {
  if (request.url === '/readyz') return void response.end();
  answer(request).then(
    (result) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(result)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(Number(process.env.PORT), '127.0.0.1');

if (shown === 'screen') await showCounters();
