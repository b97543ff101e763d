import type { FairSummary } from '#libs/contracts';
import { isoDay } from '../../words/format';

type Times = Pick<FairSummary, 'status' | 'startsAt' | 'endsAt' | 'timeZone'>;

/** Where a fair stands for a visitor: `now` its doors are open, `today` they open later today, `ahead`, `over`, `cancelled`. */
export type FairPhase = 'now' | 'today' | 'ahead' | 'over' | 'cancelled';

/** The phase at `now` (epoch ms), by the fair's own day. The organiser's word counts: a fair that was not opened is not on. */
export function phaseOf(fair: Times, now: number): FairPhase {
  if (fair.status === 'cancelled') return 'cancelled';
  if (fair.status === 'closed' || fair.status === 'archived' || Date.parse(fair.endsAt) <= now) return 'over';
  if (fair.status === 'open' && Date.parse(fair.startsAt) <= now) return 'now';
  const place = { language: 'zh' as const, zone: fair.timeZone };
  return isoDay(fair.startsAt, place) === isoDay(now, place) || Date.parse(fair.startsAt) <= now ? 'today' : 'ahead';
}

const order: Record<FairPhase, number> = { now: 0, today: 1, ahead: 2, cancelled: 3, over: 4 };

/** Fairs in the order of a visitor's interest: on now, today, soonest first; those that are over come last, newest first. */
export function byInterest<T extends Times>(fairs: readonly T[], now: number): T[] {
  const start = (fair: T) => Date.parse(fair.startsAt);
  return [...fairs].sort((a, b) => {
    const [pa, pb] = [phaseOf(a, now), phaseOf(b, now)];
    return order[pa] - order[pb] || (pa === 'over' ? start(b) - start(a) : start(a) - start(b));
  });
}

/** The fair that the first screen is about: on now, else today's, else the next; none when all are over. */
export function fairOfTheDay<T extends Times>(fairs: readonly T[], now: number): T | undefined {
  const first = byInterest(fairs, now)[0];
  return first && order[phaseOf(first, now)] <= order.ahead ? first : undefined;
}

/** Whether a visitor may still register: its own hall, published or open, not over. The server decides; this hides what cannot be. */
export const mayRegister = (fair: Times & Pick<FairSummary, 'channel'>, now: number): boolean =>
  fair.channel !== 'online' && (fair.status === 'published' || fair.status === 'open') && Date.parse(fair.endsAt) > now;
