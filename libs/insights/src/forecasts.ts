import type { ZoneForecast, ZoneStatus } from '#libs/contracts';
import { Prisma, type Database, type Tx } from '#libs/platform';
import { alarmed, forecast, LOOK_BACK, type Forecast } from './forecast.rules.js';

/** Persons more in each zone within the minutes before `now`. */
async function rates(reader: Tx | Database['read'], where: Prisma.Sql, now: Date): Promise<Map<string, number>> {
  const rows = await reader.$queryRaw<{ zoneId: string; more: number }[]>`
    SELECT "zoneId", sum(entered - "left")::int AS more FROM "ZoneMinute"
    WHERE ${where} AND minute > ${now}::timestamptz - make_interval(mins => ${LOOK_BACK}) AND minute <= ${now} GROUP BY 1`;
  return new Map(rows.map(({ zoneId, more }) => [zoneId, more]));
}

/** When these zones are full, as of `now`. */
export async function forecastOf(tx: Tx, zones: { zoneId: string; inside: number; held: number; approved: number }[], now: Date): Promise<Map<string, Forecast | null>> {
  const more = await rates(tx, Prisma.sql`"zoneId" = ANY(${zones.map(({ zoneId }) => zoneId)}::uuid[])`, now);
  return new Map(zones.map(({ zoneId, ...zone }) => [zoneId, forecast({ ...zone, more: more.get(zoneId) ?? 0 })]));
}

/** What a fair's forecast is made of, before it is known who is inside. */
export interface FillingRates {
  /** Persons more in each zone within the minutes before; nobody passed: not there. */
  more: Map<string, number>;
  /** Zones whose alarm rings. */
  ringing: Set<string>;
}

export async function fillingRates({ read }: Database, fairId: string, now: Date): Promise<FillingRates> {
  const [more, alarms] = await Promise.all([
    rates(read, Prisma.sql`"fairId" = ${fairId}::uuid`, now),
    read.$queryRaw<{ zoneId: string }[]>`SELECT "zoneId" FROM "ForecastAlarm" WHERE "fairId" = ${fairId}::uuid`,
  ]);
  return { more, ringing: new Set(alarms.map(({ zoneId }) => zoneId)) };
}

/** What the dashboards show: zones that fill, in the order of `zones`. */
export function fairForecast({ more, ringing }: FillingRates, zones: ZoneStatus[], now: Date): ZoneForecast[] {
  if (more.size === 0) return [];
  return zones.flatMap(({ zoneId, inside, held = 0, approvedNumber: approved }) => {
    const coming = forecast({ more: more.get(zoneId) ?? 0, inside, held, approved });
    return coming ? [{ zoneId, ...coming, fullAt: new Date(now.getTime() + coming.minutesToFull * 60_000).toISOString(), alarm: alarmed(ringing.has(zoneId), coming) }] : [];
  });
}
