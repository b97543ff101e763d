import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, Events, projector, type AnyDraft, type EventsOf } from '#libs/events';
import type { Tx } from '#libs/platform';
import { alarmed } from './forecast.rules.js';
import { forecastOf } from './forecasts.js';

const types = ['checkIn.recorded', 'checkIn.voided', 'presence.corrected', 'presence.swept'] as const;
type Moved = EventsOf<(typeof types)[number]>;

/** Keeps each zone's minutes, and rings when a zone will soon be full: once, until it is calm again. */
@Injectable()
export class ForecastProjector implements OnModuleInit {
  constructor(private readonly consumers: Consumers, private readonly events: Events) {}

  onModuleInit(): void {
    this.consumers.add(projector({ name: 'insights.forecast', types, batch: 2_000, statements: true, pause: 250, project: (tx, batch) => this.project(tx, batch) }));
  }

  private async project(tx: Tx, batch: Moved[]): Promise<void> {
    const minutes = new Map<string, { zoneId: string; minute: string; fairId: string; entered: number; left: number }>();
    const last = new Map<string, { zoneId: string; fairId: string; inside: number }>();
    for (const { data, happenedAt, type } of batch) {
      for (const { zoneId, change, inside } of data.zones) {
        last.set(zoneId, { zoneId, fairId: data.fairId, inside });
        if (type === 'presence.swept') continue; // nobody walked out
        const minute = `${happenedAt.slice(0, 16)}:00.000Z`;
        const key = `${zoneId} ${minute}`;
        const row = minutes.get(key) ?? { zoneId, minute, fairId: data.fairId, entered: 0, left: 0 };
        row[change > 0 ? 'entered' : 'left'] += Math.abs(change);
        minutes.set(key, row);
      }
    }
    if (last.size === 0) return;
    await tx.$executeRaw`
      INSERT INTO "ZoneMinute" AS t ("zoneId", minute, "fairId", entered, "left")
      SELECT r.* FROM jsonb_to_recordset(${JSON.stringify([...minutes.values()])}::jsonb) AS r("zoneId" uuid, minute timestamptz, "fairId" uuid, entered int, "left" int)
      ON CONFLICT ("zoneId", minute) DO UPDATE SET entered = t.entered + EXCLUDED.entered, "left" = t."left" + EXCLUDED."left"`;
    await this.ring(tx, [...last.values()], new Date(batch.at(-1)!.recordedAt));
  }

  private async ring(tx: Tx, moved: { zoneId: string; fairId: string; inside: number }[], now: Date): Promise<void> {
    const ids = moved.map(({ zoneId }) => zoneId);
    const rows = await tx.$queryRaw<{ id: string; approved: number; held: number; ringing: boolean }[]>`
      SELECT z.id, z."approvedNumber" AS approved, coalesce(s.held, 0) AS held, a."zoneId" IS NOT NULL AS ringing
      FROM "Zone" z LEFT JOIN "ZoneState" s ON s."zoneId" = z.id LEFT JOIN "ForecastAlarm" a ON a."zoneId" = z.id WHERE z.id = ANY(${ids}::uuid[])`;
    const byId = new Map(rows.map((row) => [row.id, row]));
    const zones = moved.flatMap(({ zoneId, inside }) => {
      const row = byId.get(zoneId);
      return row ? [{ zoneId, inside, held: row.held, approved: row.approved }] : [];
    });
    const coming = await forecastOf(tx, zones, now);
    const drafts: AnyDraft[] = [];
    for (const { zoneId, fairId } of moved) {
      const [before, next] = [byId.get(zoneId)?.ringing ?? false, coming.get(zoneId) ?? null];
      const rings = alarmed(before, next);
      if (rings === before) continue;
      const scope = { kind: 'fair', id: fairId } as const;
      if (rings && next) {
        await tx.$executeRaw`
          INSERT INTO "ForecastAlarm" ("zoneId", "fairId", minutes, "raisedAt") VALUES (${zoneId}::uuid, ${fairId}::uuid, ${next.minutesToFull}, ${now}::timestamptz)`;
        const at = new Date(now.getTime() + next.minutesToFull * 60_000).toISOString();
        drafts.push({ type: 'forecast.alarmed', scope, data: { fairId, zoneId, minutes: next.minutesToFull, at } });
      } else {
        await tx.$executeRaw`DELETE FROM "ForecastAlarm" WHERE "zoneId" = ${zoneId}::uuid`;
        drafts.push({ type: 'forecast.calmed', scope, data: { fairId, zoneId } });
      }
    }
    await this.events.appendMany(tx, drafts);
  }
}
