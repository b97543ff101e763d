/** The life of a broadcast, as pure rules: no database, no clock of its own. */
import type { BroadcastStatus } from '#libs/contracts';

/** What may follow each state, asked by its hosts. What ended stays so: the next show is another broadcast. */
const following: Record<BroadcastStatus, readonly BroadcastStatus[]> = {
  scheduled: ['rehearsing', 'live', 'cancelled'],
  rehearsing: ['scheduled', 'live', 'cancelled'],
  live: ['paused', 'ended'],
  paused: ['live', 'ended'],
  ended: [],
  cancelled: [],
};

export const mayFollow = (from: BroadcastStatus, to: BroadcastStatus): boolean => following[from].includes(to);

/** Whether it has not been on air and may be. */
export const isAhead = (status: BroadcastStatus): boolean => status === 'scheduled' || status === 'rehearsing';

/** Whether it is on air: viewers come in, chat, like. A pause holds the picture, not the people. */
export const isOnAir = (status: BroadcastStatus): boolean => status === 'live' || status === 'paused';

export const isOver = (status: BroadcastStatus): boolean => status === 'ended' || status === 'cancelled';

/** What lists tell people who do not work on it: a rehearsal is a broadcast that has not begun. */
export const shownStatus = (status: BroadcastStatus): BroadcastStatus => (status === 'rehearsing' ? 'scheduled' : status);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A broadcast is planned for no longer than this. */
export const LONGEST_PLAN = 8 * HOUR;
/** Live, and nobody sends: it ends after this. Hosts who come back within it go on in the same broadcast. */
export const PATIENCE = 5 * MINUTE;
/** How long before the start those who asked are reminded. */
export const REMINDER = 15 * MINUTE;

/** When one that went live is ended if nobody did: six hours on, or an hour past its plan if that is later. */
export const latestEnd = (startedAt: Date, endsAt: Date): Date => new Date(Math.max(startedAt.getTime() + 6 * HOUR, endsAt.getTime() + HOUR));

/** When one that never went live is called off: two hours past its planned end. */
export const missedAt = (endsAt: Date): Date => new Date(endsAt.getTime() + 2 * HOUR);

/** When those who asked are reminded; at once when that time is past. */
export const remindAt = (startsAt: Date, now: Date): Date => new Date(Math.max(startsAt.getTime() - REMINDER, now.getTime()));

/** Milliseconds from the start to `at`, its place in the replay; what was before the start stands at 0. */
export const offsetOf = (startedAt: Date | null, at: Date): number => (startedAt ? Math.max(0, at.getTime() - startedAt.getTime()) : 0);
