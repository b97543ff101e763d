import { newId, type Tx } from '#libs/platform';
import type { Events } from '#libs/events';

export interface Bodies {
  fairId: string;
  /** The way from the venue to the zone. */
  zoneIds: readonly string[];
  /** More, or below 0 fewer. */
  persons: number;
  reason: string;
  byId: string | null;
  /** The correction's id; made here when absent. */
  id?: string;
}

/**
 * Counts persons without a ticket into (or out of) a zone and all around it, with the record and the event. The zones are
 * locked by `tx`. Nothing is checked: that is the caller's.
 */
export async function addBodies(tx: Tx, events: Events, { fairId, zoneIds, persons, reason, byId, id = newId() }: Bodies): Promise<void> {
  if (persons === 0) return;
  const zones: { zoneId: string; change: number; inside: number }[] = [];
  for (const zoneId of zoneIds) {
    const { inside } = await tx.zoneState.update({
      where: { zoneId },
      data: { inside: { increment: persons }, bodies: { increment: persons }, ...(persons > 0 ? { entered: { increment: persons } } : { left: { increment: -persons } }) },
    });
    zones.push({ zoneId, change: persons, inside });
  }
  const at = new Date();
  const order = at.getTime() * 1_000;
  const zoneId = zoneIds.at(-1)!;
  await tx.zoneCorrection.create({ data: { id, fairId, zoneId, persons, reason, byId, order, at } });
  await events.append(tx, 'presence.corrected', { kind: 'fair', id: fairId },
    { fairId, correctionId: id, zoneId, gateId: null, persons, ticketId: null, reason, zones, order }, { actorId: byId });
}
