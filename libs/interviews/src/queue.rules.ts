import type { PlaceMode, PlaceStatus } from '#libs/contracts';

const MINUTE = 60_000;
/** A call is missed after so long: a page is opened quickly, a hall is walked across. Milliseconds. */
export const CALL_PATIENCE: Record<PlaceMode, number> = { online: 3 * MINUTE, onSite: 5 * MINUTE };
/** Who missed a call keeps the place for so long. Milliseconds. */
export const KEPT = 10 * MINUTE;
/** Why a place is given up then: the person reads it. */
export const KEPT_OVER = '保留时间已过';
/** Who misses so many calls goes to the end of nothing: the place is dropped. */
export const MOST_MISSES = 3;
/** A recruiter who has called nobody for so long is not at work here. Milliseconds. */
export const AT_WORK = 15 * MINUTE;
/** Most that a queue holds without a limit of its own: nobody waits for so many. */
export const MOST_WAITING = 500;

/** Counts as a place: one of these a queue and person. */
export const standing: readonly PlaceStatus[] = ['waiting', 'called', 'missed', 'interviewing'];
export const isStanding = (status: PlaceStatus): boolean => standing.includes(status);
/** Takes one of the limit: whoever is called or in a room has stopped waiting. */
export const takesRoom: readonly PlaceStatus[] = ['waiting', 'missed'];

/** What the choice of the next one must know of a place. */
export interface Waiting { id: string; accountId: string; stationId: string | null }

/**
 * The first who can be called now. Whoever is in another room, or at a station whose computer is taken, is passed over and keeps the
 * place. Who missed a call and came back has kept their number, so they are the first by themselves.
 * @param places those who wait, in order
 */
export function nextFree<T extends Waiting>(places: readonly T[], busy: { people: ReadonlySet<string>; stations: ReadonlySet<string> }): T | null {
  return places.find((place) => !isBusy(place, busy)) ?? null;
}

export const isBusy = ({ accountId, stationId }: Waiting, busy: { people: ReadonlySet<string>; stations: ReadonlySet<string> }): boolean =>
  busy.people.has(accountId) || (stationId !== null && busy.stations.has(stationId));
