import type { Tx } from '#libs/platform';
import type { TotalsFold } from './totals.fold.js';

/** The rows as one parameter. */
const json = (rows: object[]): string => JSON.stringify(rows);

/**
 * Adds a fold to the tables: at most one statement a table, none for a table that nothing touched. In a raw transaction: they
 * are sent one behind the other, and waited for together.
 */
export async function writeTotals(tx: Tx, fold: TotalsFold): Promise<void> {
  const { fairs, zones, minutes, gateMinutes, gates, refusals, booths, days, visits } = fold;
  const sent: Promise<unknown>[] = [];
  if (fairs.length > 0) sent.push(tx.$executeRaw`
    INSERT INTO "FairTotal" AS t ("fairId", registered, visitors, inside, entered, "left", refused, "peakInside", "peakAt", applications, leads, position, "updatedAt")
    SELECT r."fairId", r.registered, r.visitors, coalesce(r.inside, f.inside, 0), r.entered, r."left", r.refused, r."peakInside", r."peakAt", r.applications, r.leads, r.position, now()
    FROM jsonb_to_recordset(${json(fairs)}::jsonb) AS r("fairId" uuid, registered int, visitors int, inside int, entered int, "left" int, refused int,
      "peakInside" int, "peakAt" timestamptz, applications int, leads int, position bigint)
      LEFT JOIN "FairTotal" AS f USING ("fairId")
    ON CONFLICT ("fairId") DO UPDATE SET
      registered = t.registered + EXCLUDED.registered, visitors = t.visitors + EXCLUDED.visitors,
      inside = EXCLUDED.inside,
      entered = t.entered + EXCLUDED.entered, "left" = t."left" + EXCLUDED."left", refused = t.refused + EXCLUDED.refused,
      "peakAt" = CASE WHEN EXCLUDED."peakInside" > t."peakInside" THEN EXCLUDED."peakAt" ELSE t."peakAt" END,
      "peakInside" = greatest(t."peakInside", EXCLUDED."peakInside"),
      applications = t.applications + EXCLUDED.applications, leads = t.leads + EXCLUDED.leads,
      position = EXCLUDED.position, "updatedAt" = now()`);
  if (zones.length > 0) sent.push(tx.$executeRaw`
    INSERT INTO "ZoneTotal" AS t ("zoneId", "fairId", inside, entered, "left")
    SELECT r.* FROM jsonb_to_recordset(${json(zones)}::jsonb) AS r("zoneId" uuid, "fairId" uuid, inside int, entered int, "left" int)
    ON CONFLICT ("zoneId") DO UPDATE SET inside = EXCLUDED.inside, entered = t.entered + EXCLUDED.entered, "left" = t."left" + EXCLUDED."left"`);
  if (minutes.length > 0) sent.push(tx.$executeRaw`
    INSERT INTO "FairMinute" AS t ("fairId", minute, entered, "left", swept)
    SELECT r.* FROM jsonb_to_recordset(${json(minutes)}::jsonb) AS r("fairId" uuid, minute timestamptz, entered int, "left" int, swept int)
    ON CONFLICT ("fairId", minute) DO UPDATE SET entered = t.entered + EXCLUDED.entered, "left" = t."left" + EXCLUDED."left", swept = t.swept + EXCLUDED.swept`);
  if (gateMinutes.length > 0) sent.push(tx.$executeRaw`
    INSERT INTO "GateMinute" AS t ("gateId", minute, "fairId", entered, "left", refused)
    SELECT r.* FROM jsonb_to_recordset(${json(gateMinutes)}::jsonb) AS r("gateId" uuid, minute timestamptz, "fairId" uuid, entered int, "left" int, refused int)
    ON CONFLICT ("gateId", minute) DO UPDATE SET
      entered = t.entered + EXCLUDED.entered, "left" = t."left" + EXCLUDED."left", refused = t.refused + EXCLUDED.refused`);
  if (gates.length > 0) sent.push(tx.$executeRaw`
    INSERT INTO "GateTotal" AS t ("gateId", "fairId", entered, "left", refused, "lastScanAt")
    SELECT r.* FROM jsonb_to_recordset(${json(gates)}::jsonb) AS r("gateId" uuid, "fairId" uuid, entered int, "left" int, refused int, "lastScanAt" timestamptz)
    ON CONFLICT ("gateId") DO UPDATE SET
      entered = t.entered + EXCLUDED.entered, "left" = t."left" + EXCLUDED."left", refused = t.refused + EXCLUDED.refused,
      "lastScanAt" = greatest(t."lastScanAt", EXCLUDED."lastScanAt")`);
  if (refusals.length > 0) sent.push(tx.$executeRaw`
    INSERT INTO "RefusalTotal" AS t ("fairId", reason, count)
    SELECT r.* FROM jsonb_to_recordset(${json(refusals)}::jsonb) AS r("fairId" uuid, reason text, count int)
    ON CONFLICT ("fairId", reason) DO UPDATE SET count = t.count + EXCLUDED.count`);
  if (booths.length > 0) sent.push(tx.$executeRaw`
    INSERT INTO "BoothTotal" AS t ("fairId", "organisationId", applications, leads)
    SELECT r.* FROM jsonb_to_recordset(${json(booths)}::jsonb) AS r("fairId" uuid, "organisationId" uuid, applications int, leads int)
    ON CONFLICT ("fairId", "organisationId") DO UPDATE SET applications = t.applications + EXCLUDED.applications, leads = t.leads + EXCLUDED.leads`);
  if (days.length > 0) sent.push(tx.$executeRaw`
    WITH visit AS (SELECT * FROM jsonb_to_recordset(${json(visits)}::jsonb) AS r("fairId" uuid, day date, "ticketId" uuid, entered int, size int)),
    written AS (
      INSERT INTO "VisitorDay" AS v ("fairId", day, "ticketId", entered, size) SELECT "fairId", day, "ticketId", entered, size FROM visit
      ON CONFLICT ("fairId", day, "ticketId") DO UPDATE SET entered = v.entered + EXCLUDED.entered, size = greatest(v.size, EXCLUDED.size)
      RETURNING "fairId", day, entered, size
    ), counted AS (
      -- Persons as it is written, without those as it was read: a statement sees the rows of before it.
      SELECT "fairId", day, sum(sign * greatest(0, least(entered, size)))::int AS visitors FROM (
        SELECT 1 AS sign, * FROM written UNION ALL
        SELECT -1, v."fairId", v.day, v.entered, v.size FROM "VisitorDay" AS v JOIN visit USING ("fairId", day, "ticketId")) AS r
      GROUP BY "fairId", day)
    INSERT INTO "DayTotal" AS t ("fairId", day, visitors, entered, "left")
    SELECT r."fairId", r.day, coalesce(c.visitors, 0), r.entered, r."left"
    FROM jsonb_to_recordset(${json(days)}::jsonb) AS r("fairId" uuid, day date, entered int, "left" int) LEFT JOIN counted AS c USING ("fairId", day)
    ON CONFLICT ("fairId", day) DO UPDATE SET
      visitors = t.visitors + EXCLUDED.visitors, entered = t.entered + EXCLUDED.entered, "left" = t."left" + EXCLUDED."left"`);
  await Promise.all(sent);
}
