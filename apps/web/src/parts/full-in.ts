import type { Id, ZoneForecast } from '#libs/contracts';
import { computed, type ComputedRef } from 'vue';

/** From so many minutes on it is told in fives: nobody waits for one of them. */
const FIVES_FROM = 20;
/** It goes up only when it is so many minutes over, so that it does not go to and fro with each person. */
const OVER = 2;

const rounded = (minutes: number) => (minutes < FIVES_FROM ? minutes : minutes - (minutes % 5));

/** In how many minutes a zone is full, as it is told after `before` (absent: for the first time): rather too early than too late. */
export function toldMinutes(minutes: number, before = Infinity): number {
  const next = rounded(minutes);
  return next > before && rounded(minutes - OVER) <= before ? before : next;
}

/** In how many minutes each zone is full at its rate, of those that fill: the same on every part of a page. */
export function useFullIn(coming: () => readonly ZoneForecast[] | undefined): ComputedRef<ReadonlyMap<Id, number>> {
  return computed<ReadonlyMap<Id, number>>(told => new Map((coming() ?? []).map(({ zoneId, minutesToFull }) => [zoneId, toldMinutes(minutesToFull, told?.get(zoneId))])));
}
