/** So many minutes are looked back on. */
export const LOOK_BACK = 10;
/** An alarm begins when a zone is full within so many minutes, and ends when it takes so many, so that it does not flicker. */
const ALARM_AT = 15;
const CALM_AT = 25;
/** Beyond, it says nothing: nobody can plan with it. */
const FARTHEST = 240;
/** A person in four minutes is chance, not a rate. */
const LEAST = 0.25;

export interface ZoneRate {
  /** Persons more in the zone within the last `LOOK_BACK` minutes. */
  more: number;
  inside: number;
  /** Places kept for gates without a network. */
  held: number;
  approved: number;
}
export interface Forecast { perMinute: number; minutesToFull: number }

/** When a zone is full if it goes on like this; null: it does not fill, or not soon. */
export function forecast({ more, inside, held, approved }: ZoneRate): Forecast | null {
  const perMinute = more / LOOK_BACK;
  const free = approved - inside - held;
  if (perMinute < LEAST || free <= 0) return null;
  const minutesToFull = Math.ceil(free / perMinute);
  return minutesToFull <= FARTHEST ? { perMinute: Math.round(perMinute * 10) / 10, minutesToFull } : null;
}

/** Whether the alarm rings now. */
export function alarmed(before: boolean, now: Forecast | null): boolean {
  if (now === null) return false;
  return before ? now.minutesToFull < CALM_AT : now.minutesToFull <= ALARM_AT;
}
