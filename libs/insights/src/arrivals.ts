import type { ArrivalPoint } from '#libs/contracts';
import type { DeskRows } from './dashboard.rows.js';

const MINUTE = 60_000;
/** Longest curve: twelve hours. Of a longer day the end is shown. */
const POINTS = 720;

/**
 * The curve of a day: each minute from the first that has a passage to the last, those without one too. Whom the end of a day
 * takes out has not left: they are only not inside any more.
 * @param until minutes without a passage are added up to here (now, while the fair is open); null: none
 */
export function arrivals(rows: DeskRows['minutes'], until: Date | null): ArrivalPoint[] {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const byMinute = new Map(rows.map((row) => [Date.parse(row.minute), row]));
  const end = Math.max(Date.parse(last.minute), until ? until.getTime() - (until.getTime() % MINUTE) : 0);
  const points: ArrivalPoint[] = [];
  let inside = first.before;
  for (let at = Date.parse(first.minute); at <= end; at += MINUTE) {
    const { entered = 0, left = 0, swept = 0 } = byMinute.get(at) ?? {};
    inside += entered - left - swept;
    points.push({ minute: new Date(at).toISOString(), entered, left, inside });
  }
  return points.slice(-POINTS);
}
