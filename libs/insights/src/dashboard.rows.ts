import type { RefusalReason } from '#libs/contracts';
import type { Database } from '#libs/platform';
import type { AlertLevel } from './alert.rules.js';
import { TOTALS } from './totals.projector.js';

/** Instants come as PostgreSQL writes them into JSON; `instant` makes them ours. */
type Timestamp = string;
export interface FairTotalRow {
  registered: number; visitors: number; inside: number; entered: number; left: number; refused: number; peakInside: number; peakAt: Timestamp | null;
  applications: number; leads: number; position: number;
}
export interface CrowdRows {
  /** How far the projector has come, at least, for this fair. */
  position: number;
  total: FairTotalRow | null;
  zones: { zoneId: string; inside: number }[];
  /** Today's, by the fair's own clock. */
  visitorsToday: number;
}
export interface DeskRows extends CrowdRows {
  gates: { gateId: string; entered: number; left: number; refused: number; lastScanAt: Timestamp | null }[];
  /** Passages in the current minute and the one before it. */
  rates: { gateId: string; minute: Timestamp; passed: number }[];
  /**
   * The newest day that has a passage, by the fair's own clock, from its first one on; `before` is who was inside before the minute.
   * `swept`: whom the end of a day took out.
   */
  minutes: { minute: Timestamp; entered: number; left: number; swept: number; before: number }[];
  booths: { organisationId: string; applications: number; leads: number }[];
  refusals: { reason: RefusalReason; count: number }[];
  alerts: { id: string; zoneId: string; level: AlertLevel; inside: number; approved: number; raisedAt: Timestamp; clearedAt: Timestamp | null }[];
}

/** @returns ISO 8601 in UTC with milliseconds */
export const instant = (timestamp: Timestamp): string => new Date(timestamp).toISOString();

/** What every dashboard shows, in one statement: one snapshot of the database, so that sums add up. */
export async function crowdRows({ read }: Database, fairId: string, today: string): Promise<CrowdRows> {
  const [row] = await read.$queryRaw<[{ rows: CrowdRows }]>`
    SELECT jsonb_build_object(
      'position', greatest((SELECT position FROM "FairTotal" WHERE "fairId" = ${fairId}::uuid), (SELECT position FROM "Consumer" WHERE name = ${TOTALS}), 0),
      'total', (SELECT to_jsonb(t) FROM "FairTotal" AS t WHERE "fairId" = ${fairId}::uuid),
      'zones', (SELECT coalesce(jsonb_agg(jsonb_build_object('zoneId', "zoneId", 'inside', inside)), '[]') FROM "ZoneTotal" WHERE "fairId" = ${fairId}::uuid),
      'visitorsToday', coalesce((SELECT visitors FROM "DayTotal" WHERE "fairId" = ${fairId}::uuid AND day = ${today}::date), 0)
    ) AS rows`;
  return row.rows;
}

/** The same and all that only the organiser sees. Top ten booths; open alerts and the last twenty that were cleared. */
export async function deskRows({ read }: Database, fairId: string, today: string, timeZone: string, now: Date): Promise<DeskRows> {
  const [row] = await read.$queryRaw<[{ rows: DeskRows }]>`
    SELECT jsonb_build_object(
      'position', greatest((SELECT position FROM "FairTotal" WHERE "fairId" = ${fairId}::uuid), (SELECT position FROM "Consumer" WHERE name = ${TOTALS}), 0),
      'total', (SELECT to_jsonb(t) FROM "FairTotal" AS t WHERE "fairId" = ${fairId}::uuid),
      'zones', (SELECT coalesce(jsonb_agg(jsonb_build_object('zoneId', "zoneId", 'inside', inside)), '[]') FROM "ZoneTotal" WHERE "fairId" = ${fairId}::uuid),
      'visitorsToday', coalesce((SELECT visitors FROM "DayTotal" WHERE "fairId" = ${fairId}::uuid AND day = ${today}::date), 0),
      'gates', (SELECT coalesce(jsonb_agg(to_jsonb(g)), '[]') FROM "GateTotal" AS g WHERE "fairId" = ${fairId}::uuid),
      'rates', (SELECT coalesce(jsonb_agg(jsonb_build_object('gateId', "gateId", 'minute', minute, 'passed', entered + "left")), '[]')
        FROM "GateMinute" WHERE "fairId" = ${fairId}::uuid AND minute >= date_trunc('minute', ${now}::timestamptz) - interval '1 minute'),
      'minutes', (SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY minute), '[]') FROM (
        SELECT minute, entered, "left", swept, before FROM (
          SELECT *, (sum(entered - "left" - swept) OVER (ORDER BY minute) - entered + "left" + swept)::int AS before,
            max(day) FILTER (WHERE passed) OVER () AS newest, min(minute) FILTER (WHERE passed) OVER (PARTITION BY day) AS first
          FROM (SELECT *, (minute AT TIME ZONE ${timeZone})::date AS day, entered + "left" > 0 AS passed FROM "FairMinute" WHERE "fairId" = ${fairId}::uuid) AS f
        ) AS w WHERE day = newest AND minute >= first) AS m),
      'booths', (SELECT coalesce(jsonb_agg(to_jsonb(b) ORDER BY applications DESC, leads DESC, "organisationId"), '[]') FROM (
        SELECT "organisationId", applications, leads FROM "BoothTotal" WHERE "fairId" = ${fairId}::uuid AND applications + leads > 0
        ORDER BY applications DESC, leads DESC, "organisationId" LIMIT 10) AS b),
      'refusals', (SELECT coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'count', count) ORDER BY count DESC, reason), '[]')
        FROM "RefusalTotal" WHERE "fairId" = ${fairId}::uuid),
      'alerts', (SELECT coalesce(jsonb_agg(to_jsonb(a)), '[]') FROM (
        (SELECT * FROM "Alert" WHERE "fairId" = ${fairId}::uuid AND "clearedAt" IS NULL ORDER BY "raisedAt" LIMIT 100) UNION ALL
        (SELECT * FROM "Alert" WHERE "fairId" = ${fairId}::uuid AND "clearedAt" IS NOT NULL ORDER BY "clearedAt" DESC LIMIT 20)) AS a)
    ) AS rows`;
  return row.rows;
}
