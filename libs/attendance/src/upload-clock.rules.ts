import type { OfflineRecord } from '#libs/contracts';

/** From here on a device's clock is called wrong. */
export const CLOCK_WRONG_MS = 60_000;

export interface Placed { at: Date; /** Microseconds since 1970. */ order: number }

/**
 * When a record of a device happened, by the server's clock. Its monotonic clock wins, because nobody can set it; after a
 * reboot its wall clock counts, corrected by what it was off at the last contact before the record. Never in the future, and
 * never before the device's own earlier record.
 * @param after order of the device's record before this one, 0: none
 */
export function placeOf({ happenedAt, offsetMs, agoMs }: Pick<OfflineRecord, 'happenedAt' | 'offsetMs' | 'agoMs'>, receivedAt: Date, after: number): Placed {
  const said = agoMs === null ? Date.parse(happenedAt) + offsetMs : receivedAt.getTime() - agoMs;
  const order = Math.max(Math.min(said, receivedAt.getTime()) * 1_000, after + 1);
  return { at: new Date(Math.floor(order / 1_000)), order };
}
