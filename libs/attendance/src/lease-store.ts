import type { Tx } from '#libs/platform';
import type { AnyDraft } from '#libs/events';

/**
 * Asks the devices that hold places in these zones to give back what they have not used. Each lease is asked once: the device that does
 * not hear the event hears it with its heartbeat, until it has given back. The zones are locked by `tx`.
 */
export async function recallLeases(tx: Tx, fairId: string, zoneIds: string[], now: Date): Promise<AnyDraft[]> {
  const recalled = await tx.$queryRaw<{ id: string; deviceId: string; gateId: string }[]>`
    UPDATE "GateLease" SET "recalledAt" = ${now}::timestamptz
    WHERE "fairId" = ${fairId}::uuid AND status = 'outstanding' AND "recalledAt" IS NULL AND held > 0 AND "zoneIds" && ${zoneIds}::uuid[]
    RETURNING id, "deviceId", "gateId"`;
  return recalled.map(({ id, deviceId, gateId }) => ({
    type: 'lease.recalled', scope: { kind: 'fair', id: fairId }, data: { fairId, leaseId: id, deviceId, gateId },
  }));
}

/**
 * Tells how many places a lease or a conflict keeps now. Whoever changes its `held` tells it in the same transaction: the log is
 * what `rebuild` has the counters' `held` from.
 */
export const placesHeld = (fairId: string, holder: 'lease' | 'conflict', { id, zoneIds, held }: { id: string; zoneIds: string[]; held: number }): AnyDraft =>
  ({ type: 'places.held', scope: { kind: 'fair', id: fairId }, data: { fairId, holder, holderId: id, zoneIds, held } });

/** Changes how many places are kept in zones, outside of a batch of scans. The zones are locked by `tx`. */
export async function holdPlaces(tx: Tx, zoneIds: readonly string[], change: number): Promise<void> {
  if (change !== 0 && zoneIds.length > 0) await tx.zoneState.updateMany({ where: { zoneId: { in: [...zoneIds] } }, data: { held: { increment: change } } });
}
