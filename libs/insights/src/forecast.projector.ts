import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, projector, type EventsOf } from '#libs/events';
import type { Tx } from '#libs/platform';
import { ForecastAlarms, type Filling } from './forecast.alarms.js';

const types = ['checkIn.recorded', 'checkIn.voided', 'presence.corrected', 'presence.swept'] as const;
type Moved = EventsOf<(typeof types)[number]>;

/** Keeps each zone's minutes, and has the alarms of those that changed judged. */
@Injectable()
export class ForecastProjector implements OnModuleInit {
  constructor(private readonly consumers: Consumers, private readonly alarms: ForecastAlarms) {}

  onModuleInit(): void {
    this.consumers.add(projector({ name: 'insights.forecast', types, batch: 2_000, statements: true, pause: 250, project: (tx, batch) => this.project(tx, batch) }));
  }

  private async project(tx: Tx, batch: Moved[]): Promise<void> {
    const minutes = new Map<string, { zoneId: string; minute: string; fairId: string; entered: number; left: number }>();
    const last = new Map<string, Filling>();
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
    await this.alarms.judge(tx, [...last.values()], new Date(batch.at(-1)!.recordedAt));
  }
}
