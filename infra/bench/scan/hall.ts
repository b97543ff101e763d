/** A fair in a database, with a door, its devices and so many tickets. */
import { randomInt, randomUUID } from 'node:crypto';
import { Database, Keys, Seal, Settings } from '#libs/platform';
import { TicketCodes, TicketKeys } from '#libs/tickets';

export interface BenchHall { fairId: string; gateId: string; tokens: string[]; codes: string[] }
export interface HallSize { tickets: number; /** So many of them are scanned, from all over, in no order. */ used: number; devices: number }

/** Keys of a bench's servers: the same for all, since they read the same rows. */
export const benchKeys = { data: 'a1'.repeat(32), hash: 'b2'.repeat(32), token: 'c3'.repeat(32) };

function shuffled<T>(list: T[]): T[] {
  for (let n = list.length - 1; n > 0; n--) {
    const other = randomInt(n + 1);
    [list[n], list[other]] = [list[other]!, list[n]!];
  }
  return list;
}

/** Fills a migrated database. Tickets that nobody scans are made by the database itself. */
export async function makeHall(url: string, { tickets, used, devices }: HallSize): Promise<BenchHall> {
  const database = new Database({ url, connections: 2 });
  try {
    const db = database.read;
    const seal = new Seal(new Keys(Object.assign(new Settings(), { dataKey: benchKeys.data, hashKey: benchKeys.hash, tokenKey: benchKeys.token })));
    const [organiserId, fairId, venue, gateId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    await db.organisation.create({ data: { id: organiserId, kind: 'organiser', name: '人社局', regionCode: '350100', department: '人社' } });
    await db.fair.create({ data: { id: fairId, organiserId, name: '春风专场', channel: 'both', status: 'open', regionCode: '350100', venueName: '会展中心', startsAt: at(-1), endsAt: at(8) } });
    const zones = [venue, randomUUID(), randomUUID()];
    await db.zone.createMany({ data: zones.map((id, n) => ({ id, fairId, parentId: n === 0 ? null : venue, letter: ['', 'A', 'B'][n]!, name: ['全场', 'A 区', 'B 区'][n]!, approvedNumber: 1_000_000 })) });
    await db.zoneState.createMany({ data: zones.map((zoneId) => ({ zoneId, fairId })) });
    await db.gate.create({ data: { id: gateId, fairId, zoneId: venue, name: '1 号门', direction: 'both' } });
    const tokens = Array.from({ length: devices }, () => `dev_${randomUUID()}`);
    await db.device.createMany({ data: tokens.map((token, n) => ({ id: randomUUID(), fairId, gateId, name: `手机 ${n}`, tokenHash: seal.hash(token) })) });
    await db.$executeRaw`
      INSERT INTO "Ticket" (id, "fairId", kind, "shortCode", "zoneIds", status, "validFrom", "validUntil")
      SELECT gen_random_uuid(), ${fairId}::uuid, 'visitor', lpad(n::text, 8, '0'), '{}', 'valid', ${at(-3)}, ${at(8)} FROM generate_series(1, ${tickets}::int) AS n`;
    const scanned = Array.from({ length: used }, (_, n) => String(Math.floor((n * tickets) / used) + 1).padStart(8, '0'));
    const rows = shuffled(await db.ticket.findMany({ where: { fairId, shortCode: { in: scanned } } }));
    const sign = await new TicketCodes(new TicketKeys(database, seal)).signer();
    // What the seeding leaves behind (dead pages, a checkpoint to come) is not what is measured.
    await db.$executeRawUnsafe('VACUUM (ANALYZE)');
    await db.$executeRawUnsafe('CHECKPOINT');
    return { fairId, gateId, tokens, codes: rows.map(sign) };
  } finally {
    await database.close();
  }
}

