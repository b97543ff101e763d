import { newId, type Tx } from '#libs/platform';
import type { AnyDraft } from '#libs/events';
import type { Hall } from './hall.js';
import type { PassageRecord } from './timeline.rules.js';
import type { ConflictWrite } from './upload-batch.js';

/** The records of tickets that count, by ticket. */
export async function pastOf(tx: Tx, ticketIds: string[]): Promise<Map<string, PassageRecord[]>> {
  const rows = await tx.checkIn.findMany({ where: { ticketId: { in: ticketIds }, OR: [{ mark: null }, { mark: 'correction' }] } });
  const past = new Map<string, PassageRecord[]>(ticketIds.map((id) => [id, []]));
  for (const { id, scanId, direction, zoneId, gateId, persons, happenedAt, order, ticketId } of rows) {
    past.get(ticketId)!.push({ id, scanId, direction, zoneId, gateId, persons, since: happenedAt, order: Number(order) });
  }
  return past;
}

/** Places that open conflicts of these tickets keep, by scan. */
export async function conflictsHeld(tx: Tx, ticketIds: string[]): Promise<Map<string, { held: number; zoneIds: string[]; kind: string }>> {
  const rows = await tx.gateConflict.findMany({ where: { ticketId: { in: ticketIds }, decision: null } });
  return new Map(rows.map(({ scanId, held, heldZoneIds, kind }) => [scanId, { held, zoneIds: heldZoneIds, kind }]));
}

/** Since when the zones that are locked or stopped now are so, as orders. Nothing is read when none is. */
export async function lockedSince(tx: Tx, fairId: string, hall: Hall): Promise<Map<string, number>> {
  const since = new Map<string, number>();
  const closed = [...hall.zones.values()].filter(({ earlyLocked, stopped }) => earlyLocked || stopped);
  if (closed.length === 0) return since;
  const events = await tx.event.findMany({ where: { scopeId: fairId, type: { in: ['zone.lockChanged', 'fair.stopChanged'] } }, orderBy: { seq: 'asc' } });
  for (const { data, happenedAt } of events) {
    const { zoneId, locked, stopped } = data as { zoneId?: string; locked?: boolean; stopped?: boolean };
    const zone = zoneId ?? closed.find(({ parentId }) => parentId === null)?.id;
    if (zone && (locked === true || stopped === true)) since.set(zone, happenedAt.getTime() * 1_000);
  }
  return since;
}

/** Writes conflicts that were raised, have changed or are explained. @returns the facts about them */
export async function writeConflicts(tx: Tx, fairId: string, writes: ConflictWrite[], now: Date, gateId: string): Promise<AnyDraft[]> {
  const drafts: AnyDraft[] = [];
  const scope = { kind: 'fair', id: fairId } as const;
  for (const { scanId, kind, ticketId, otherScanId, persons, held, heldZoneIds } of writes) {
    const before = await tx.gateConflict.findUnique({ where: { scanId } });
    if (persons === 0) {
      if (!before || before.decision !== null) continue;
      await tx.gateConflict.update({ where: { scanId }, data: { decision: 'explained', decidedAt: now, held: 0, heldZoneIds: [] } });
      drafts.push({ type: 'conflict.decided', scope, data: { fairId, conflictId: before.id, kind, decision: 'explained' } });
      continue;
    }
    const facts = { kind, ticketId, otherScanId, persons, held, heldZoneIds };
    const reopened = before !== null && before.decision !== 'explained';
    const conflictId = before?.id ?? newId();
    await tx.gateConflict.upsert({
      where: { scanId }, create: { id: conflictId, fairId, scanId, ...facts, raisedAt: now },
      // What somebody has decided stays decided.
      update: before?.decision === 'explained' ? { ...facts, decision: null, decidedAt: null } : facts,
    });
    if (!reopened) drafts.push({ type: 'conflict.raised', scope, data: { fairId, conflictId, kind, scanId, gateId, ticketId } });
  }
  return drafts;
}
