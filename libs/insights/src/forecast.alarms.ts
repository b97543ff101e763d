import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Events, type AnyDraft } from '#libs/events';
import { Database, Timers, type Tx } from '#libs/platform';
import { alarmed } from './forecast.rules.js';
import { forecastOf } from './forecasts.js';

const TIMER = 'insights.forecast';
/** While an alarm rings it is looked at again after so long, whether or not somebody passes. Milliseconds. */
const AGAIN = 60_000;

/** A zone, and who is inside as far as is known. */
export interface Filling { zoneId: string; fairId: string; inside: number }

/** Rings when a zone will soon be full, once, until it is calm again: by a passage, or by time alone when nobody comes any more. */
@Injectable()
export class ForecastAlarms implements OnModuleInit, OnApplicationBootstrap {
  constructor(private readonly database: Database, private readonly events: Events, private readonly timers: Timers) {}

  onModuleInit(): void {
    this.timers.handle(TIMER, (tx, { key }) => this.look(tx, key));
  }

  /** Alarms that ring already are looked at as well: they may be from before there was a timer. */
  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const { zoneId } of await tx.forecastAlarm.findMany({ select: { zoneId: true }, orderBy: { zoneId: 'asc' } })) await this.lookAgain(tx, zoneId, new Date());
    });
  }

  /** Begins and ends these zones' alarms as of `now`, with their events. `tx` may be one of raw statements. */
  async judge(tx: Tx, zones: Filling[], now: Date): Promise<void> {
    const ids = zones.map(({ zoneId }) => zoneId);
    // A zone that was removed has no places, so that nothing is foretold of it.
    const rows = await tx.$queryRaw<{ id: string; approved: number; held: number; ringing: boolean }[]>`
      SELECT i.id, coalesce(z."approvedNumber", 0) AS approved, coalesce(s.held, 0) AS held, a."zoneId" IS NOT NULL AS ringing
      FROM unnest(${ids}::uuid[]) AS i(id) LEFT JOIN "Zone" z USING (id) LEFT JOIN "ZoneState" s ON s."zoneId" = i.id LEFT JOIN "ForecastAlarm" a ON a."zoneId" = i.id`;
    const byId = new Map(rows.map((row) => [row.id, row]));
    const coming = await forecastOf(tx, zones.map(({ zoneId, inside }) => ({ ...byId.get(zoneId)!, zoneId, inside })), now);
    const drafts: AnyDraft[] = [];
    for (const { zoneId, fairId } of zones) {
      const [before, next] = [byId.get(zoneId)!.ringing, coming.get(zoneId) ?? null];
      const rings = alarmed(before, next);
      if (rings === before) continue;
      const scope = { kind: 'fair', id: fairId } as const;
      if (rings && next) {
        const begun = await tx.$executeRaw`
          INSERT INTO "ForecastAlarm" ("zoneId", "fairId", minutes, "raisedAt") VALUES (${zoneId}::uuid, ${fairId}::uuid, ${next.minutesToFull}, ${now}::timestamptz)
          ON CONFLICT DO NOTHING`;
        if (begun === 0) continue; // a passage and the timer came at the same moment: the other one has said it
        await this.lookAgain(tx, zoneId, now);
        const at = new Date(now.getTime() + next.minutesToFull * 60_000).toISOString();
        drafts.push({ type: 'forecast.alarmed', scope, data: { fairId, zoneId, minutes: next.minutesToFull, at } });
      } else if (await tx.$executeRaw`DELETE FROM "ForecastAlarm" WHERE "zoneId" = ${zoneId}::uuid` > 0) {
        // Else the other one has said it.
        drafts.push({ type: 'forecast.calmed', scope, data: { fairId, zoneId } });
      }
    }
    await this.events.appendMany(tx, drafts);
  }

  /** The timer's work: while it rings, it comes again. One that a passage has ended is left to come to nothing, so that no passage waits for it. */
  private async look(tx: Tx, zoneId: string): Promise<void> {
    const [zone] = await tx.$queryRaw<(Filling & { now: Date })[]>`
      SELECT a."zoneId", a."fairId", coalesce(s.inside, 0) AS inside, now() AS now
      FROM "ForecastAlarm" a LEFT JOIN "ZoneState" s USING ("zoneId") WHERE a."zoneId" = ${zoneId}::uuid`;
    if (!zone) return;
    await this.judge(tx, [zone], zone.now);
    const [rings] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "ForecastAlarm" WHERE "zoneId" = ${zoneId}::uuid`;
    if (rings) await this.lookAgain(tx, zoneId, zone.now);
  }

  private lookAgain(tx: Tx, zoneId: string, now: Date): Promise<void> {
    return this.timers.schedule(tx, TIMER, zoneId, new Date(now.getTime() + AGAIN));
  }
}
