/**
 * What a careful engineer would write without us: a bare HTTP server, a pool, prepared statements, the same rows. `single`: one
 * transaction a scan; `batch`: what arrives meanwhile, together. It checks what ours must: the device's token, the code's
 * signature, whether the id was answered before, the ticket, who is inside and the approved number. A statement is a way to the
 * database, as drivers do it. Arguments: mode, database, fair, gate, connections, hash key; `screen`: and shows the venue's
 * counters through a bare socket.io, ten times a second.
 */
import { createHash, createHmac, createPublicKey, randomUUID, verify, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';

const [mode = 'single', url = '', fairId = '', gateId = '', connections = '20', hashKey = '', shown = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections), keepAlive: true });
interface Scan { id: string; direction: 'entry' | 'exit'; code: string; happenedAt: string; ticketId: string; deviceId: string; codeHash: string }
interface Known { id: string; status: string; present: boolean; known: unknown }

const keys = new Map<number, KeyObject>();
for (const { id, publicKey } of (await pool.query<{ id: number; publicKey: Buffer }>('SELECT id, "publicKey" FROM "SigningKey"')).rows) {
  keys.set(id, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }, format: 'jwk' }));
}
const { rows: [venue] } = await pool.query<{ zoneId: string; approvedNumber: number }>('SELECT g."zoneId", z."approvedNumber" FROM "Gate" g JOIN "Zone" z ON z.id = g."zoneId" WHERE g.id = $1', [gateId]);
const zoneId = venue!.zoneId;

const named = (name: string, text: string) => (values: unknown[]) => ({ name, text, values });
const device = named('device', 'SELECT id FROM "Device" WHERE "tokenHash" = $1 AND "revokedAt" IS NULL');
const lock = named('lock', 'SELECT "zoneId", inside, entered, "left" FROM "ZoneState" WHERE "fairId" = $1 ORDER BY "zoneId" FOR UPDATE');
const read = named('read', `SELECT t.id, t.status, EXISTS (SELECT FROM "Presence" p WHERE p."ticketId" = t.id AND p."zoneId" = $3) AS present
  FROM "Ticket" t WHERE t.id = ANY($1::uuid[]) AND t."fairId" = $2`);
const counters = named('counters', 'SELECT entered, "left" FROM "ZoneState" WHERE "zoneId" = $1');
const before = named('before', 'SELECT id, result FROM "Scan" WHERE id = ANY($1::uuid[])');
const write = named('write', `WITH new AS (
    SELECT * FROM json_to_recordset($1::json) AS r(id uuid, "deviceId" uuid, "ticketId" uuid, direction "ScanDirection", "codeHash" text, admitted boolean, result jsonb, "happenedAt" timestamptz, "checkInId" uuid, "eventId" uuid, data jsonb, type text)
  ), scan AS (
    INSERT INTO "Scan" (id, "fairId", "gateId", "deviceId", "ticketId", direction, "codeHash", admitted, result, "happenedAt") SELECT id, $2, $3, "deviceId", "ticketId", direction, "codeHash", admitted, result, "happenedAt" FROM new
  ), check_in AS (
    INSERT INTO "CheckIn" (id, "scanId", "fairId", "zoneId", "gateId", "ticketId", direction, "happenedAt") SELECT "checkInId", id, $2, $4, $3, "ticketId", direction, "happenedAt" FROM new WHERE admitted
  ), gone AS (
    DELETE FROM "Presence" p USING new WHERE new.admitted AND new.direction = 'exit' AND p."ticketId" = new."ticketId" AND p."zoneId" = $4
  ), come AS (
    INSERT INTO "Presence" ("ticketId", "zoneId", "fairId", "gateId", since) SELECT "ticketId", $4, $2, $3, "happenedAt" FROM new WHERE admitted AND direction = 'entry'
  ), event AS (
    INSERT INTO "Event" (id, type, "scopeKind", "scopeId", "actorId", data, "happenedAt") SELECT "eventId", type, 'fair', $2, "deviceId", data, "happenedAt" FROM new
  )
  UPDATE "ZoneState" SET inside = $5, entered = $6, "left" = $7 WHERE "zoneId" = $4`);

/** All of them in one transaction, decided in order. */
async function commit(scans: Scan[]): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const locked = await client.query<{ zoneId: string; inside: number; entered: number; left: number }>(lock([fairId]));
    const zone = locked.rows.find((row) => row.zoneId === zoneId)!;
    const tickets = await client.query<Known>(read([scans.map((scan) => scan.ticketId), fairId, zoneId]));
    const answered = new Map((await client.query<{ id: string; result: unknown }>(before([scans.map(({ id }) => id)]))).rows.map((row) => [row.id, row.result]));
    const present = new Map(tickets.rows.map((ticket) => [ticket.id, ticket]));
    const rows: object[] = [];
    const answers = scans.map((scan) => {
      const known = answered.get(scan.id);
      if (known) return known;
      const ticket = present.get(scan.ticketId);
      const entry = scan.direction === 'entry';
      const reason = !ticket ? 'unknownTicket' : entry && ticket.status !== 'valid' ? ticket.status : entry === ticket.present ? (entry ? 'alreadyInside' : 'notInside') : entry && zone.inside >= venue!.approvedNumber ? 'zoneFull' : null;
      if (reason === null) {
        zone.inside += entry ? 1 : -1;
        zone[entry ? 'entered' : 'left'] += 1;
        ticket!.present = entry;
      }
      const result = { scanId: scan.id, admitted: reason === null, direction: scan.direction, reason, zone: { inside: zone.inside, approvedNumber: venue!.approvedNumber } };
      answered.set(scan.id, result);
      const data = { fairId, checkInId: randomUUID(), scanId: scan.id, ticketId: scan.ticketId, gateId, direction: scan.direction, zones: [{ zoneId, change: entry ? 1 : -1, inside: zone.inside }], first: true, override: false };
      rows.push({ id: scan.id, deviceId: scan.deviceId, ticketId: scan.ticketId, direction: scan.direction, codeHash: scan.codeHash, admitted: reason === null, result, happenedAt: scan.happenedAt, checkInId: data.checkInId, eventId: randomUUID(), data, type: reason === null ? 'checkIn.recorded' : 'scan.refused' });
      return result;
    });
    await client.query(write([JSON.stringify(rows), fairId, gateId, zoneId, zone.inside, zone.entered, zone.left]));
    await client.query('COMMIT');
    return answers;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
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
  const { rows: [found] } = await pool.query<{ id: string }>(device([tokenHash]));
  if (!found) return { admitted: false, reason: 'unauthenticated' };
  const scan: Scan = { id, direction, code, happenedAt, ticketId, deviceId: found.id, codeHash: createHash('sha256').update(code).digest('hex') };
  return mode === 'batch' ? together(scan) : (await commit([scan]))[0];
}

async function showCounters(): Promise<void> {
  const { Server } = await import('socket.io');
  const io = new Server(server, { perMessageDeflate: false });
  let last = '';
  io.on('connection', (socket) => socket.on('subscribe', (_request: unknown, ack: (answer: object) => void) =>
    ack({ ok: true, data: { snapshot: last === '' ? null : { data: JSON.parse(last) as object } } })));
  setInterval(() => void pool.query<{ entered: number; left: number }>(counters([zoneId])).then(({ rows: [data] }) => {
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
