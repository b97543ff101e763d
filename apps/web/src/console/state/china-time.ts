/** Days and clocks of a fair, in China's one zone, whatever the browser's own: the two inputs of a form against an instant. */
import { say } from '../../words';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CLOCK = /^\d{2}:\d{2}$/;

/** 2026-03-07 and 09:00 as an instant (China has kept +08:00 without summer time since 1991); empty when either is not whole. */
export function instant(day: string, clock: string): string {
  if (!DAY.test(day) || !CLOCK.test(clock)) return '';
  const at = new Date(`${day}T${clock}:00+08:00`);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
export const dayOf = (at: string): string => (at ? say.isoDay(at) : '');
export const clockOf = (at: string): string => (at ? say.clock(at) : '');
/** Another day, days later. */
export const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
