/**
 * The two statements of the scan floors: a question without a lock, and all that is written, which alone is a transaction of its own.
 * The hot counter is taken in the last one, on condition, so that it is held while the server writes and commits (and over COMMIT's
 * way, where it is one). What was decided on is asked again there: places by the condition, who is inside by the rows of `Presence`
 * (its key, for who comes), a repeated id by the key of `Scan`. Nothing is written when one of them is not so any more.
 */
export interface Known {
  inside: number;
  devices: { id: string; tokenHash: string }[] | null;
  tickets: { id: string; status: string; present: boolean }[] | null;
  answered: { id: string; result: object }[] | null;
}

/** As ours has it in its transactions: on the morning of a fair the tables are empty, and a plan that reads them whole would stay. */
export const plans = ['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'jit=off', 'plan_cache_mode=force_generic_plan'].map((set) => `-c ${set}`).join(' ');

const named = (name: string, text: string) => (values: unknown[]) => ({ name, text, values });

/** Token hashes, tickets, scans, fair, zone, gate. */
export const question = named('question', `SELECT z.inside,
    (SELECT json_agg(json_build_object('id', id, 'tokenHash', "tokenHash")) FROM "Device" WHERE "tokenHash" = ANY($1::text[]) AND "gateId" = $6 AND "revokedAt" IS NULL) AS devices,
    (SELECT json_agg(json_build_object('id', t.id, 'status', t.status, 'present', EXISTS (SELECT FROM "Presence" p WHERE p."ticketId" = t.id AND p."zoneId" = $5)))
       FROM "Ticket" t WHERE t.id = ANY($2::uuid[]) AND t."fairId" = $4) AS tickets,
    (SELECT json_agg(json_build_object('id', id, 'result', result)) FROM "Scan" WHERE id = ANY($3::uuid[])) AS answered
  FROM "ZoneState" z WHERE z."zoneId" = $5`);

/** Taken first only by who was overtaken or finds the zone full. Fair. */
export const lock = named('lock', 'SELECT FROM "ZoneState" WHERE "fairId" = $1 ORDER BY "zoneId" FOR UPDATE');

/** Scans, fair, gate, zone, who comes, who goes, entered, left, after which entry the most have come (more than before; null: no entry), approved number. No row: not any more. */
export const write = named('write', `WITH new AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS r(id uuid, "deviceId" uuid, "ticketId" uuid, direction "ScanDirection", "codeHash" text, admitted boolean, reason text, result jsonb,
      "happenedAt" timestamptz, "checkInId" uuid, "eventId" uuid, data jsonb, type text, change int)
  ), inside AS MATERIALIZED (
    SELECT "ticketId" FROM "Presence" WHERE "ticketId" = ANY($6::uuid[]) AND "zoneId" = $4 FOR UPDATE
  ), took AS (
    UPDATE "ZoneState" SET inside = inside + $7 - $8, entered = entered + $7, "left" = "left" + $8
    WHERE "zoneId" = $4 AND ($9::int IS NULL OR inside + $9 <= $10) AND (SELECT count(*) FROM inside) = cardinality($6::uuid[]) RETURNING inside - $7 + $8 AS before
  ), scan AS (
    INSERT INTO "Scan" (id, "fairId", "gateId", "deviceId", "ticketId", direction, "codeHash", admitted, reason, result, "happenedAt")
    SELECT id, $2, $3, "deviceId", "ticketId", direction, "codeHash", admitted, reason, jsonb_set(result, '{zone,inside}', to_jsonb(before + change)), "happenedAt" FROM took, new
  ), check_in AS (
    INSERT INTO "CheckIn" (id, "scanId", "fairId", "zoneId", "gateId", "ticketId", direction, "happenedAt")
    SELECT "checkInId", id, $2, $4, $3, "ticketId", direction, "happenedAt" FROM took, new WHERE admitted
  ), gone AS (
    DELETE FROM "Presence" p USING took WHERE p."ticketId" = ANY($6::uuid[]) AND p."zoneId" = $4
  ), come AS (
    INSERT INTO "Presence" ("ticketId", "zoneId", "fairId", "gateId", since) SELECT id, $4, $2, $3, since FROM took, json_to_recordset($5::json) AS r(id uuid, since timestamptz)
  ), event AS (
    INSERT INTO "Event" (id, type, "scopeKind", "scopeId", "actorId", data, "happenedAt")
    SELECT "eventId", type, 'fair', $2, "deviceId", jsonb_set(data, '{zones,0,inside}', to_jsonb(before + change)), "happenedAt" FROM took, new
  ) SELECT before FROM took`);
