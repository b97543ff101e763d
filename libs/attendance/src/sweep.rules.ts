import { DateTime } from 'luxon';

/** By the fair's own clock: nobody is at a fair any more, and nobody has come for the next day. */
const HOUR = 3;
const DAY_MS = 24 * 3_600_000;

interface FairTimes { startsAt: Date; endsAt: Date }

/** Whether the day that a fair takes is not over: its end may have been put off since its sweep was planned. */
export const goesThroughTheNight = ({ startsAt, endsAt }: FairTimes, now: Date): boolean => endsAt.getTime() - startsAt.getTime() <= DAY_MS && endsAt > now;

/**
 * When the next day of a fair ends: at three in the night. A fair that takes no more than a day may go on through a night (a night
 * market): it is not ended before it is over.
 */
export function nextSweep(fair: FairTimes & { timeZone: string }, now: Date): Date {
  const from = DateTime.fromJSDate(goesThroughTheNight(fair, now) ? fair.endsAt : now, { zone: fair.timeZone });
  const today = from.startOf('day').set({ hour: HOUR });
  return (today > from ? today : from.startOf('day').plus({ days: 1 }).set({ hour: HOUR })).toJSDate();
}
