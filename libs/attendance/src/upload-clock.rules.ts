import type { OfflineRecord } from '#libs/contracts';

/** From here on a device's clock is called wrong. */
export const CLOCK_WRONG_MS = 60_000;
/** And is right again below this. */
export const CLOCK_RIGHT_MS = 50_000;

/** Less than this between two offsets is a slow line, not a clock that was set. */
const CLOCK_SET_MS = 10_000;

export interface Placed { at: Date; /** Microseconds since 1970. */ order: number }
/** One request: when it was sent by the device's wall clock, and when it came by ours. */
export interface Sending { sentAt: Date; receivedAt: Date }

/**
 * When a record of a device happened, by the server's clock. Its running time wins, because nobody can set it; what its wall clock
 * has more is the time that the device slept. After a reboot the wall clock counts, corrected by what it was off at the last contact
 * before the record. Never in the future, and never before the device's own earlier record.
 * @param after order of the device's record before this one, 0: none
 */
export function placeOf({ happenedAt, offsetMs, agoMs }: Pick<OfflineRecord, 'happenedAt' | 'offsetMs' | 'agoMs'>, { sentAt, receivedAt }: Sending, after: number): Placed {
  const received = receivedAt.getTime();
  const happened = Date.parse(happenedAt);
  const said = agoMs === null ? happened + offsetMs
    : received - agoOf({ running: agoMs, wall: sentAt.getTime() - happened, forward: offsetMs - (received - sentAt.getTime()) });
  const order = Math.max(Math.min(said, received) * 1_000, after + 1);
  return { at: new Date(Math.floor(order / 1_000)), order };
}

/**
 * Milliseconds since a record. Phones set their clocks when the network comes back, just before they upload: the wall clock then has
 * run too far, or back, by what it was set, `forward`. Whether it was set before the record or after it, its surplus over the
 * running time tells.
 */
function agoOf({ running, wall, forward }: { running: number; wall: number; forward: number }): number {
  const surplus = wall - running;
  if (Math.abs(forward) < CLOCK_SET_MS) return Math.max(running, wall);
  const since = forward > 0 ? surplus > forward - CLOCK_SET_MS : surplus < -CLOCK_SET_MS;
  const slept = surplus - (since ? forward : 0);
  return slept > CLOCK_SET_MS ? running + slept : running;
}
