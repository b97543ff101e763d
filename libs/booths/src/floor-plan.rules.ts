/** Booths on the floor plan, as pure rules. Lengths are decimetres from the top-left corner of the plan. */
import type { Place } from '#libs/contracts';
import { ZoneRules } from '#libs/fairs';

const { contains, isDrawn, overlap } = ZoneRules;

/** A standard booth is 3 × 3 m; in a small zone they get smaller, down to a table. */
const sizes = [30, 25, 20, 15] as const;
/** Between booths side by side, and the aisle between rows: two people and a stroller pass (at least 1.8 m). */
const gap = 4;
const aisle = 24;
/** Free space inside the zone's edge, where its name stands. */
const edge = { side: 8, top: 14, bottom: 8 } as const;

export type PlaceProblem = { field: 'x' | 'zoneId'; kind: 'outside' } | { field: 'x'; kind: 'over'; number: string } | { field: 'zoneId'; kind: 'notDrawn' };

/** What is wrong with a booth's place: outside its zone, or over another booth. */
export function placeProblem(place: Place, zone: Place, others: readonly (Place & { number: string })[]): PlaceProblem | null {
  if (!isDrawn(zone)) return { field: 'zoneId', kind: 'notDrawn' };
  if (!contains(zone, place)) return { field: 'x', kind: 'outside' };
  const under = others.find((each) => overlap(each, place));
  return under ? { field: 'x', kind: 'over', number: under.number } : null;
}

/**
 * Places for `count` more booths in a zone: rows with an aisle in front of each, the block centred, booths that stand there
 * already left alone. The largest booths that fit are taken. Null when even the smallest do not fit.
 */
export function layOut(zone: Place, standing: readonly Place[], count: number): Place[] | null {
  const here = standing.filter((each) => overlap(each, zone)); // what stands in other zones does not make this one less tidy
  for (const size of sizes) {
    const free = grid(zone, size, here.length > 0 ? Infinity : count).filter((place) => !here.some((each) => overlap(each, place)));
    if (free.length >= count) return free.slice(0, count);
  }
  return null;
}

/** How many more would fit, of the smallest size. */
export const roomFor = (zone: Place, standing: readonly Place[]): number =>
  grid(zone, sizes[sizes.length - 1] as number, Infinity).filter((place) => !standing.some((each) => overlap(each, place))).length;

/** The grid of booths of a size in a zone: as many rows as are needed for `wanted`, filled evenly, at most what fits. */
function grid(zone: Place, size: number, wanted: number): Place[] {
  const width = zone.width - 2 * edge.side;
  const height = zone.height - edge.top - edge.bottom;
  const columns = Math.max(0, Math.floor((width + gap) / (size + gap)));
  const rows = Math.max(0, Math.floor((height + aisle) / (size + aisle)));
  if (columns === 0 || rows === 0) return [];
  const usedRows = Math.min(rows, Math.ceil(wanted / columns));
  const usedColumns = Math.min(columns, Math.ceil(wanted / usedRows));
  // A short block is spread over the zone, so that aisles get wider instead of one corner staying empty.
  const acrossStep = spread(width, size, usedColumns, gap);
  const downStep = spread(height, size, usedRows, aisle);
  const left = zone.x + edge.side + Math.floor((width - (usedColumns - 1) * acrossStep - size) / 2);
  const top = zone.y + edge.top + Math.floor((height - (usedRows - 1) * downStep - size) / 2);
  return Array.from({ length: usedRows * usedColumns }, (_, n) => ({
    x: left + (n % usedColumns) * acrossStep, y: top + Math.floor(n / usedColumns) * downStep, width: size, height: size,
  }));
}

/** The step from one booth to the next: as wide as there is room, at most twice the least gap. */
function spread(room: number, size: number, count: number, least: number): number {
  if (count < 2) return size + least;
  return Math.min(size + 2 * least, Math.floor((room - size) / (count - 1)));
}

/** The next free numbers of a zone: … after the highest that is taken. */
export function nextNumbers(letter: string, taken: Iterable<string>, count: number): string[] {
  const prefix = letter ? `${letter}-` : '';
  const used = [...taken].flatMap((number) => (new RegExp(`^${prefix}(\\d{1,4})$`).exec(number) ?? []).slice(1).map(Number));
  const highest = Math.max(0, ...used);
  return Array.from({ length: count }, (_, n) => `${prefix}${String(highest + n + 1).padStart(2, '0')}`);
}
