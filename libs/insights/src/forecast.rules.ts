/** So many minutes are looked back on. */
export const LOOK_BACK = 10;
/** An alarm begins when a zone is full within so many minutes, and ends when it takes so many, so that it does not flicker. */
const ALARM_AT = 15;
const CALM_AT = 25;
/** Beyond, it says nothing: nobody can plan with it. */
const FARTHEST = 240;
/** One or two persons are chance, not a rate. */
const LEAST = 3;
/** A first minute may be a crowd that stood at the door: no rate is taken of less than so many minutes. */
const FEWEST_MINUTES = 2;

export interface ZoneRate {
  /** Persons more in the zone within the last `LOOK_BACK` minutes. */
  more: number;
  /** Minutes since the first of those passages: less than `LOOK_BACK` where the doors have just opened. */
  minutes: number;
  inside: number;
  /** Places kept for gates without a network. */
  held: number;
  approved: number;
}
export interface Forecast { perMinute: number; minutesToFull: number }

/**
 * When a zone is full if it goes on like this; null: it does not fill, or not soon. The rate is that of the minutes since the first
 * passage, not of all that are looked back on: else a rush would look slow until the doors have been open for so long. A handful may
 * have come together by chance, so half the persons and the minutes are `LOOK_BACK` at least: five persons are spread over 7.5 minutes,
 * sixteen are believed after two.
 */
export function forecast({ more, minutes, inside, held, approved }: ZoneRate): Forecast | null {
  const free = approved - inside - held;
  if (more < LEAST || free <= 0) return null;
  const perMinute = more / Math.min(LOOK_BACK, Math.max(minutes, FEWEST_MINUTES, LOOK_BACK - more / 2));
  const minutesToFull = Math.ceil(free / perMinute);
  return minutesToFull <= FARTHEST ? { perMinute: Math.round(perMinute * 10) / 10, minutesToFull } : null;
}

/** Whether the alarm rings now. */
export function alarmed(before: boolean, now: Forecast | null): boolean {
  if (now === null) return false;
  return before ? now.minutesToFull < CALM_AT : now.minutesToFull <= ALARM_AT;
}
