import { DateTime } from 'luxon';

/** By the fair's own clock: nobody is at a fair any more, and nobody has come for the next day. */
const HOUR = 3;
const DAY_MS = 24 * 3_600_000;

/**
 * When the next day of a fair ends: at three in the night. A fair that takes no more than a day may go on through a night (a night
 * market): it is not ended before it is over.
 */
export function nextSweep({ startsAt, endsAt, timeZone }: { startsAt: Date; endsAt: Date; timeZone: string }, now: Date): Date {
  const oneDay = endsAt.getTime() - startsAt.getTime() <= DAY_MS;
  const from = DateTime.fromJSDate(oneDay && endsAt > now ? endsAt : now, { zone: timeZone });
  const today = from.startOf('day').set({ hour: HOUR });
  return (today > from ? today : from.startOf('day').plus({ days: 1 }).set({ hour: HOUR })).toJSDate();
}
