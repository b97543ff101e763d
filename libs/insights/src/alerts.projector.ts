import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, Events, projector, type AnyDraft, type EventsOf } from '#libs/events';
import { newId, type Alert, type Tx } from '#libs/platform';
import { alertChanges, type AlertLevel } from './alert.rules.js';

/** What changes how many are in a zone, or how many may be. */
const TYPES = ['checkIn.recorded', 'checkIn.voided', 'presence.corrected', 'presence.swept', 'zone.capacityChanged'] as const;
type CrowdEvent = EventsOf<(typeof TYPES)[number]>;

/** A zone while a batch goes through it. */
interface ZoneAlerts { fairId: string; inside: number; approved: number; open: Map<AlertLevel, Alert> }

/** What a batch comes to. */
interface Outcome { raised: Alert[]; cleared: { id: string; at: Date }[]; drafts: AnyDraft[] }

/**
 * Raises and clears the alerts of each zone, with their events in the same transaction. Every change is judged, not
 * only the last of a batch: a zone that was full for a moment was full. Its alerts are state, not a projection that can be
 * made again: rebuilding the totals does not ring twice.
 */
@Injectable()
export class AlertsProjector implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.consumers.add(projector({ name: 'insights.alerts', types: TYPES, statements: true, pause: 100, project: (tx, batch) => this.project(tx, batch) }));
  }

  private async project(tx: Tx, batch: CrowdEvent[]): Promise<void> {
    const zones = await this.zonesOf(tx, batch);
    const outcome: Outcome = { raised: [], cleared: [], drafts: [] };
    for (const event of batch) {
      const moved = event.type === 'zone.capacityChanged' ? [{ zoneId: event.data.zoneId, inside: undefined }] : event.data.zones;
      for (const { zoneId, inside } of moved) {
        const zone = zones.get(zoneId);
        if (!zone) continue; // the zone is gone, and its alerts with it
        if (event.type === 'zone.capacityChanged') zone.approved = event.data.to;
        if (inside !== undefined) zone.inside = inside;
        judge(zoneId, zone, event, outcome);
      }
    }
    await this.write(tx, outcome);
  }

  private async zonesOf(tx: Tx, batch: CrowdEvent[]): Promise<Map<string, ZoneAlerts>> {
    const ids = [...new Set(batch.flatMap(({ type, data }) => (type === 'zone.capacityChanged' ? [data.zoneId] : data.zones.map(({ zoneId }) => zoneId))))];
    const [rows, open] = await Promise.all([
      tx.$queryRaw<{ id: string; fairId: string; approvedNumber: number; inside: number }[]>`
        SELECT z.id, z."fairId", z."approvedNumber", coalesce(s.inside, 0) AS inside
        FROM "Zone" AS z LEFT JOIN "ZoneState" AS s ON s."zoneId" = z.id WHERE z.id = ANY(${ids}::uuid[])`,
      tx.$queryRaw<Alert[]>`SELECT * FROM "Alert" WHERE "zoneId" = ANY(${ids}::uuid[]) AND "clearedAt" IS NULL`,
    ]);
    const zones = new Map<string, ZoneAlerts>();
    for (const { id, fairId, approvedNumber, inside } of rows) {
      // The row may be ahead of the log: until its change comes up, the number before it holds.
      const change = batch.find((event): event is EventsOf<'zone.capacityChanged'> => event.type === 'zone.capacityChanged' && event.data.zoneId === id);
      const own = open.filter((alert) => alert.zoneId === id).map((alert) => [alert.level as AlertLevel, alert] as const);
      zones.set(id, { fairId, inside, approved: change?.data.from ?? approvedNumber, open: new Map(own) });
    }
    return zones;
  }

  private async write(tx: Tx, { raised, cleared, drafts }: Outcome): Promise<void> {
    if (raised.length > 0) await tx.$executeRaw`
      INSERT INTO "Alert" (id, "fairId", "zoneId", level, inside, approved, "raisedAt")
      SELECT r.* FROM jsonb_to_recordset(${JSON.stringify(raised)}::jsonb)
        AS r(id uuid, "fairId" uuid, "zoneId" uuid, level text, inside int, approved int, "raisedAt" timestamptz)`;
    for (const { id, at } of cleared) await tx.$executeRaw`UPDATE "Alert" SET "clearedAt" = ${at}::timestamptz WHERE id = ${id}::uuid`;
    await this.events.appendMany(tx, drafts);
  }
}

function judge(zoneId: string, zone: ZoneAlerts, event: CrowdEvent, outcome: Outcome): void {
  const { fairId, inside, approved, open } = zone;
  const { raise, clear } = alertChanges(new Set(open.keys()), inside, approved);
  const happenedAt = new Date(event.happenedAt);
  const scope = { kind: 'fair', id: fairId } as const;
  for (const level of raise) {
    const alert: Alert = { id: newId(), fairId, zoneId, level, inside, approved, raisedAt: happenedAt, clearedAt: null };
    open.set(level, alert);
    outcome.raised.push(alert);
    outcome.drafts.push({ type: 'alert.raised', scope, happenedAt, data: { fairId, alertId: alert.id, zoneId, level, inside, approved } });
  }
  for (const level of clear) {
    const { id } = open.get(level)!;
    open.delete(level);
    outcome.cleared.push({ id, at: happenedAt });
    outcome.drafts.push({ type: 'alert.cleared', scope, happenedAt, data: { fairId, alertId: id, zoneId, level } });
  }
}
