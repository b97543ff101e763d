/**
 * The SQL of a group commit: three statements, and a fourth for the events (libs/events). Lists travel as one JSON parameter each, so that the
 * statements are always the same and stay prepared, however many scans there are.
 */
import type { Direction, FairStatus, ScanResult } from '#libs/contracts';
import type { Tx } from '#libs/platform';
import type { GateDevice, GateFacts, HallFacts, HallLease, HallPresence, ZoneCount } from './hall.js';

/** What the statements need to find what a batch is about. */
export interface BatchKeys { scanIds: string[]; ticketIds: string[]; shortCodes: string[]; leaseIds: string[]; deviceIds: string[] }
/** A scan that was answered before. */
export interface KnownScan { id: string; fairId: string; result: ScanResult }

export interface NewScan {
  id: string; gateId: string; deviceId: string | null; ticketId: string | null; direction: Direction; codeHash: string;
  admitted: boolean; reason: string | null; result: ScanResult; happenedAt: string;
}
export interface NewCheckIn {
  id: string; scanId: string; zoneId: string; gateId: string; ticketId: string; direction: Direction;
  persons: number; arrived: number; order: number; offline: boolean; mark: string | null; happenedAt: string;
}
export interface BatchWrites {
  scans: NewScan[]; checkIns: NewCheckIn[];
  gone: { ticketId: string; zoneId: string }[]; come: HallPresence[];
  zones: Pick<ZoneCount, 'id' | 'inside' | 'entered' | 'left' | 'held' | 'bodies'>[];
  leases: HallLease[];
}

export type Counters = Pick<ZoneCount, 'inside' | 'entered' | 'left' | 'held' | 'bodies' | 'earlyLocked' | 'stopped'> & { zoneId: string };
/** Instants are milliseconds since 1970. */
interface HallRow {
  now: Date;
  fair: { id: string; status: FairStatus };
  reEntry: boolean | null;
  leases: HallLease[] | null;
  devices: GateDevice[] | null;
  zones: (Pick<ZoneCount, 'id' | 'parentId' | 'name' | 'approvedNumber'>)[] | null;
  gates: GateFacts[] | null;
  scans: KnownScan[] | null;
  tickets: (Omit<HallFacts['tickets'][number], 'validFrom' | 'validUntil'> & { validFrom: number; validUntil: number })[] | null;
  presences: (Omit<HallPresence, 'since'> & { since: number })[] | null;
}

/**
 * Locks the counters of a fair's zones in the order of their ids until `tx` ends. Whoever changes what a scan is decided on
 * (a lock, a number, a ticket) takes this lock first, so that it happens before or after each scan and never during one.
 *
 * It also has the rest of `tx` look rows up by their index, as `lookUpByIndex` does, without a statement more.
 * Each plan is kept (`force_generic_plan`): the large question of a batch takes longer to plan than to answer.
 */
export function lockZones(tx: Tx, fairId: string): Promise<Counters[]> {
  return tx.$queryRaw<Counters[]>`
    SELECT z."zoneId", z.inside, z.entered, z."left", z.held, z.bodies, z."earlyLocked", z.stopped, planner.settings
    FROM (SELECT concat(set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
            set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true),
            set_config('plan_cache_mode', 'force_generic_plan', true)) AS settings) planner, "ZoneState" z
    WHERE z."fairId" = ${fairId}::uuid ORDER BY z."zoneId" FOR UPDATE OF z`;
}

/** What a batch is decided on. */
export interface ReadHall { hall: HallFacts; known: KnownScan[] }

/** Everything that the batch is decided on, in one statement after `lockZones`. */
export async function readHall(tx: Tx, fairId: string, counters: Counters[], keys: BatchKeys): Promise<ReadHall> {
  return hallOf(counters, await readRow(tx, fairId, keys));
}

/** `lockZones` and `readHall` of a raw transaction, sent one behind the other: the server runs the second when the first is done. */
export async function lockAndRead(tx: Tx, fairId: string, keys: BatchKeys): Promise<ReadHall> {
  const [counters, row] = await Promise.all([lockZones(tx, fairId), readRow(tx, fairId, keys)]);
  return hallOf(counters, row);
}

/**
 * It must run after the lock: what the lock waited for is seen only by a statement that begins later (READ COMMITTED). Each part is
 * found by its own key, whatever plan is kept: a join could be turned round while a table is empty. Of what a ticket has done, as a rule
 * no more is read than its first and its last passage, and of a group its day: a staff pass goes in and out for days. No EXISTS there: while the
 * table is small it may be planned as one reading of it all, and that plan would be kept. A day begins with the sweep that ended the one before.
 */
async function readRow(tx: Tx, fairId: string, keys: BatchKeys): Promise<HallRow> {
  const [row] = await tx.$queryRaw<HallRow[]>`
    WITH asked AS MATERIALIZED (
      SELECT * FROM "Ticket" WHERE id = ANY(${keys.ticketIds}::uuid[]) AND "fairId" = ${fairId}::uuid
      UNION ALL
      SELECT * FROM "Ticket" WHERE "fairId" = ${fairId}::uuid AND "shortCode" = ANY(${keys.shortCodes}::bpchar[]) AND id <> ALL(${keys.ticketIds}::uuid[])
    ), day AS MATERIALIZED (
      SELECT coalesce(max("order"), 0) AS began FROM "PresenceSweep" WHERE "fairId" = ${fairId}::uuid
    )
    SELECT clock_timestamp() AS now,
      (SELECT json_build_object('id', id, 'status', status) FROM "Fair" WHERE id = ${fairId}::uuid) AS fair,
      (SELECT json_agg(json_build_object('id', id, 'parentId', "parentId", 'name', name, 'approvedNumber', "approvedNumber"))
         FROM "Zone" WHERE "fairId" = ${fairId}::uuid) AS zones,
      (SELECT json_agg(json_build_object('id', id, 'zoneId', "zoneId", 'name', name, 'direction', direction))
         FROM "Gate" WHERE "fairId" = ${fairId}::uuid) AS gates,
      (SELECT json_agg(json_build_object('id', id, 'fairId', "fairId", 'result', result))
         FROM "Scan" WHERE id = ANY(${keys.scanIds}::uuid[])) AS scans,
      (SELECT "reEntry" FROM "GateRules" WHERE "fairId" = ${fairId}::uuid) AS "reEntry",
      (SELECT json_agg(json_build_object('id', id, 'deviceId', "deviceId", 'status', status, 'zoneIds', "zoneIds", 'held', held, 'used', used, 'bodies', bodies))
         FROM "GateLease" WHERE id = ANY(${keys.leaseIds}::uuid[]) AND "fairId" = ${fairId}::uuid) AS leases,
      (SELECT json_agg(json_build_object('id', id, 'gateId', "gateId", 'revoked', "revokedAt" IS NOT NULL))
         FROM "Device" WHERE id = ANY(${keys.deviceIds}::uuid[]) AND "fairId" = ${fairId}::uuid) AS devices,
      (SELECT json_agg(json_build_object('id', id, 'shortCode', "shortCode", 'kind', kind, 'status', status, 'zoneIds', "zoneIds", 'size', size,
           'validFrom', extract(epoch FROM "validFrom") * 1000, 'validUntil', extract(epoch FROM "validUntil") * 1000,
           'entered', past.entered, 'arrived', past.arrived, 'lastOrder', past."lastOrder"))
         FROM asked CROSS JOIN LATERAL (
           SELECT coalesce((SELECT true FROM "CheckIn" c WHERE c."ticketId" = asked.id AND c.mark IS DISTINCT FROM 'void' AND c.direction = 'entry' LIMIT 1), false) AS entered,
             coalesce(CASE WHEN size > 1 THEN (SELECT sum(c.arrived)::int FROM "CheckIn" c WHERE c."ticketId" = asked.id AND c."order" > (SELECT began FROM day) AND c.mark IS DISTINCT FROM 'void')
               ELSE (SELECT 1 FROM "CheckIn" c WHERE c."ticketId" = asked.id AND c."order" > (SELECT began FROM day) AND c.mark IS DISTINCT FROM 'void' AND c.arrived > 0 LIMIT 1) END, 0) AS arrived,
             coalesce((SELECT c."order" FROM "CheckIn" c WHERE c."ticketId" = asked.id AND c.mark IS DISTINCT FROM 'void'
               ORDER BY c."order" DESC LIMIT 1), 0) AS "lastOrder") past) AS tickets,
      (SELECT json_agg(json_build_object('ticketId', p."ticketId", 'zoneId', p."zoneId", 'gateId', p."gateId",
           'since', extract(epoch FROM p.since) * 1000, 'persons', p.persons))
         FROM "Presence" p WHERE p."ticketId" = ANY(ARRAY(SELECT id FROM asked))) AS presences`;
  return row!;
}

function hallOf(counters: Counters[], { now, fair, reEntry, zones, gates, scans, tickets, presences, leases, devices }: HallRow): ReadHall {
  const counted = new Map(counters.map((each) => [each.zoneId, each]));
  return {
    known: scans ?? [],
    hall: {
      now,
      fair,
      reEntry: reEntry ?? true,
      leases: leases ?? [],
      devices: devices ?? [],
      zones: (zones ?? []).flatMap((zone) => {
        const count = counted.get(zone.id);
        if (!count) return [];
        const { inside, entered, left, held, bodies, earlyLocked, stopped } = count;
        return [{ ...zone, inside, entered, left, held, bodies, earlyLocked, stopped }];
      }),
      gates: gates ?? [],
      tickets: (tickets ?? []).map((ticket) => ({ ...ticket, validFrom: new Date(ticket.validFrom), validUntil: new Date(ticket.validUntil) })),
      presences: (presences ?? []).map((presence) => ({ ...presence, since: new Date(presence.since) })),
    },
  };
}

/** Writes what came of a batch, all of it with one moment of recording. */
export async function writeBatch(tx: Tx, fairId: string, recordedAt: Date, { scans, checkIns, gone, come, zones, leases }: BatchWrites): Promise<void> {
  await tx.$executeRaw`
    WITH scan AS (
      INSERT INTO "Scan" (id, "fairId", "gateId", "deviceId", "ticketId", direction, "codeHash", admitted, reason, result, "happenedAt", "recordedAt")
      SELECT id, ${fairId}::uuid, "gateId", "deviceId", "ticketId", direction, "codeHash", admitted, reason, result, "happenedAt", ${recordedAt}::timestamptz
      FROM json_to_recordset(${JSON.stringify(scans)}::json) AS new(id uuid, "gateId" uuid, "deviceId" uuid, "ticketId" uuid,
        direction "ScanDirection", "codeHash" text, admitted boolean, reason text, result jsonb, "happenedAt" timestamptz)
    ), check_in AS (
      INSERT INTO "CheckIn" (id, "scanId", "fairId", "zoneId", "gateId", "ticketId", direction, persons, arrived, "order", offline, mark, "happenedAt", "recordedAt")
      SELECT id, "scanId", ${fairId}::uuid, "zoneId", "gateId", "ticketId", direction, persons, arrived, "order", offline, mark, "happenedAt", ${recordedAt}::timestamptz
      FROM json_to_recordset(${JSON.stringify(checkIns)}::json) AS new(id uuid, "scanId" uuid, "zoneId" uuid, "gateId" uuid,
        "ticketId" uuid, direction "ScanDirection", persons int, arrived int, "order" bigint, offline boolean, mark text, "happenedAt" timestamptz)
    ), gone AS (
      DELETE FROM "Presence" p USING json_to_recordset(${JSON.stringify(gone)}::json) AS old("ticketId" uuid, "zoneId" uuid)
      WHERE p."ticketId" = old."ticketId" AND p."zoneId" = old."zoneId"
    ), come AS (
      INSERT INTO "Presence" ("ticketId", "zoneId", "fairId", "gateId", since, persons)
      SELECT "ticketId", "zoneId", ${fairId}::uuid, "gateId", since, persons
      FROM json_to_recordset(${JSON.stringify(come)}::json) AS new("ticketId" uuid, "zoneId" uuid, "gateId" uuid, since timestamptz, persons int)
      ON CONFLICT ("ticketId", "zoneId") DO UPDATE SET "gateId" = excluded."gateId", since = excluded.since, persons = excluded.persons
    ), lease AS (
      UPDATE "GateLease" l SET held = new.held, used = new.used, bodies = new.bodies, status = new.status
      FROM json_to_recordset(${JSON.stringify(leases)}::json) AS new(id uuid, held int, used int, bodies int, status text) WHERE l.id = new.id
    )
    UPDATE "ZoneState" z SET inside = new.inside, entered = new.entered, "left" = new."left", held = new.held, bodies = new.bodies
    FROM json_to_recordset(${JSON.stringify(zones)}::json) AS new(id uuid, inside int, entered int, "left" int, held int, bodies int)
    WHERE z."zoneId" = new.id`;
}
