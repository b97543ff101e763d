import { newId, type Tx } from '#libs/platform';
import type { AnyDraft } from '#libs/events';
import { FairCourse, type CourseFact } from './fair-course.rules.js';
import type { KnownTicket } from './hall.js';
import { placesHeld } from './lease-store.js';
import type { PassageRecord } from './timeline.rules.js';
import type { ConflictWrite, HeldByConflict } from './upload-batch.js';

/** The records of tickets that count, by ticket. */
export async function pastOf(tx: Tx, ticketIds: string[]): Promise<Map<string, PassageRecord[]>> {
  const rows = await tx.checkIn.findMany({ where: { ticketId: { in: ticketIds }, OR: [{ mark: null }, { mark: 'correction' }] } });
  const past = new Map<string, PassageRecord[]>(ticketIds.map((id) => [id, []]));
  for (const { id, scanId, direction, zoneId, gateId, persons, happenedAt, order, ticketId, mark } of rows) {
    past.get(ticketId)!.push({ id, scanId, direction, zoneId, gateId, persons, since: happenedAt, order: Number(order), byHand: mark === 'correction' });
  }
  return past;
}

/** Places that conflicts of these tickets keep, by scan; decided ones have some only if they have grown since. */
export async function conflictsHeld(tx: Tx, ticketIds: string[]): Promise<Map<string, HeldByConflict>> {
  const rows = await tx.gateConflict.findMany({ where: { ticketId: { in: ticketIds } } });
  return new Map(rows.map(({ scanId, held, heldZoneIds, decision }) => [scanId, { held, heldZoneIds, decided: decision !== null && decision !== 'explained' }]));
}

/**
 * The leases whose places the server gave to these scans of a device, by scan. A device has one lease at a time, so it is the newest that
 * was granted before the scan: both have their time of the database, under the zones' lock.
 */
export async function leasesUsed(tx: Tx, deviceId: string, scanIds: string[]): Promise<Map<string, string>> {
  if (scanIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ scanId: string; leaseId: string }[]>`
    SELECT scan.id AS "scanId", lease.id AS "leaseId" FROM "Scan" scan CROSS JOIN LATERAL (
      SELECT id FROM "GateLease" WHERE "deviceId" = scan."deviceId" AND "grantedAt" <= scan."recordedAt" ORDER BY sequence DESC LIMIT 1) lease
    WHERE scan.id = ANY(${scanIds}::uuid[]) AND scan."deviceId" = ${deviceId}::uuid AND scan.result->>'leaseUsed' = 'true'`;
  return new Map(rows.map(({ scanId, leaseId }) => [scanId, leaseId]));
}

/**
 * What has changed at the fair, and of these tickets, one by one. Found by `Event_fair_course_idx`, whose types are repeated as they
 * stand there: a fair's log has a hundred thousand passages and a dozen of these.
 */
export async function courseOf(tx: Tx, fairId: string, tickets: readonly KnownTicket[]): Promise<FairCourse> {
  const ended = tickets.flatMap(({ id, status }) => (status === 'valid' ? [] : [id]));
  const rows = await tx.$queryRaw<(CourseFact & { happenedAt: Date })[]>`
    SELECT type, data, "happenedAt" FROM (
      SELECT seq, type, data, "happenedAt" FROM "Event" WHERE "scopeId" = ${fairId}::uuid AND data->>'ticketId' IS NULL
        AND type IN ('fair.statusChanged', 'fair.rescheduled', 'fair.stopChanged', 'zone.lockChanged', 'ticket.cancelled', 'ticket.revoked')
      UNION ALL
      SELECT seq, type, data, "happenedAt" FROM "Event" WHERE "scopeId" = ${fairId}::uuid AND data->>'ticketId' = ANY(${ended}::text[])
        AND type IN ('fair.statusChanged', 'fair.rescheduled', 'fair.stopChanged', 'zone.lockChanged', 'ticket.cancelled', 'ticket.revoked')
    ) facts ORDER BY seq`;
  return new FairCourse(rows.map(({ happenedAt, ...fact }) => ({ ...fact, order: happenedAt.getTime() * 1_000 })));
}

/** Writes conflicts that were raised, have changed or are explained. @returns the facts about them */
export async function writeConflicts(tx: Tx, fairId: string, writes: ConflictWrite[], now: Date, gateId: string): Promise<AnyDraft[]> {
  const drafts: AnyDraft[] = [];
  const scope = { kind: 'fair', id: fairId } as const;
  for (const { scanId, kind, ticketId, otherScanId, persons, held, heldZoneIds } of writes) {
    const before = await tx.gateConflict.findUnique({ where: { scanId } });
    const keeps = (id: string) => { if (held !== (before?.held ?? 0)) drafts.push(placesHeld(fairId, 'conflict', { id, zoneIds: heldZoneIds, held })); };
    if (persons === 0) {
      if (!before) continue;
      const explained = before.decision === null;
      await tx.gateConflict.update({ where: { scanId }, data: { held: 0, heldZoneIds: [], ...(explained && { decision: 'explained', decidedAt: now }) } });
      if (explained) drafts.push({ type: 'conflict.decided', scope, data: { fairId, conflictId: before.id, kind, decision: 'explained' } });
      keeps(before.id);
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
    keeps(conflictId);
    if (!reopened) drafts.push({ type: 'conflict.raised', scope, data: { fairId, conflictId, kind, scanId, gateId, ticketId } });
  }
  return drafts;
}
