/** The order of broadcasts in a list. Pure. */
import type { BroadcastStatus, BroadcastSummary } from '#libs/contracts';

export const moments = ['now', 'upcoming', 'past', 'cancelled'] as const;
export type Moment = (typeof moments)[number];
const momentOf: Record<BroadcastStatus, Moment> = { scheduled: 'upcoming', rehearsing: 'upcoming', live: 'now', paused: 'now', ended: 'past', cancelled: 'cancelled' };

/** On now, the most watched first; next ones, the nearest first; past ones, the latest first. */
export function byMoment<T extends Pick<BroadcastSummary, 'status' | 'startsAt' | 'viewers'>>(list: readonly T[]): { moment: Moment; items: T[] }[] {
  return moments.map(moment => ({
    moment,
    items: list.filter(one => momentOf[one.status] === moment).sort((a, b) =>
      (moment === 'now' ? b.viewers - a.viewers : 0) || (moment === 'upcoming' || moment === 'now' ? a.startsAt.localeCompare(b.startsAt) : b.startsAt.localeCompare(a.startsAt))),
  }));
}

/** Persons who watch now, over broadcasts that are on: a number of its own, never added to people in a hall. One who watches two counts twice. */
export const watchingNow = (list: readonly Pick<BroadcastSummary, 'status' | 'viewers'>[]): number =>
  list.filter(one => momentOf[one.status] === 'now').reduce((sum, one) => sum + one.viewers, 0);
