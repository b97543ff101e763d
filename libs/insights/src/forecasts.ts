import type { ZoneForecast, ZoneStatus } from '#libs/contracts';
import { Prisma, type Database, type Tx } from '#libs/platform';
import { alarmed, forecast, LOOK_BACK, type Forecast } from './forecast.rules.js';

/** What passed in a zone within the minutes before: persons more, and the minute of the first passage. */
interface Passed { more: number; first: Date }

/** What passed in each zone within the minutes before `now`; nobody: not there. */
async function passedIn(reader: Tx | Database['read'], where: Prisma.Sql, now: Date): Promise<Map<string, Passed>> {
  const rows = await reader.$queryRaw<(Passed & { zoneId: string })[]>`
    SELECT "zoneId", sum(entered - "left")::int AS more, min(minute) AS first FROM "ZoneMinute"
    WHERE ${where} AND minute > ${now}::timestamptz - make_interval(mins => ${LOOK_BACK}) AND minute <= ${now} GROUP BY 1`;
  return new Map(rows.map(({ zoneId, more, first }) => [zoneId, { more, first }]));
}

function forecastAt(passed: Passed | undefined, zone: { inside: number; held: number; approved: number }, now: Date): Forecast | null {
  return passed ? forecast({ ...zone, more: passed.more, minutes: (now.getTime() - passed.first.getTime()) / 60_000 }) : null;
}

/** When these zones are full, as of `now`. */
export async function forecastOf(tx: Tx, zones: { zoneId: string; inside: number; held: number; approved: number }[], now: Date): Promise<Map<string, Forecast | null>> {
  const passed = await passedIn(tx, Prisma.sql`"zoneId" = ANY(${zones.map(({ zoneId }) => zoneId)}::uuid[])`, now);
  return new Map(zones.map(({ zoneId, ...zone }) => [zoneId, forecastAt(passed.get(zoneId), zone, now)]));
}

/** What a fair's forecast is made of, before it is known who is inside. */
export interface FillingRates {
  passed: Map<string, Passed>;
  /** Zones whose alarm rings. */
  ringing: Set<string>;
}

export async function fillingRates({ read }: Database, fairId: string, now: Date): Promise<FillingRates> {
  const [passed, alarms] = await Promise.all([
    passedIn(read, Prisma.sql`"fairId" = ${fairId}::uuid`, now),
    read.$queryRaw<{ zoneId: string }[]>`SELECT "zoneId" FROM "ForecastAlarm" WHERE "fairId" = ${fairId}::uuid`,
  ]);
  return { passed, ringing: new Set(alarms.map(({ zoneId }) => zoneId)) };
}

/** What the dashboards show: zones that fill, in the order of `zones`. */
export function fairForecast({ passed, ringing }: FillingRates, zones: ZoneStatus[], now: Date): ZoneForecast[] {
  if (passed.size === 0) return [];
  return zones.flatMap(({ zoneId, inside, held = 0, approvedNumber: approved }) => {
    const coming = forecastAt(passed.get(zoneId), { inside, held, approved }, now);
    return coming ? [{ zoneId, ...coming, fullAt: new Date(now.getTime() + coming.minutesToFull * 60_000).toISOString(), alarm: alarmed(ringing.has(zoneId), coming) }] : [];
  });
}
