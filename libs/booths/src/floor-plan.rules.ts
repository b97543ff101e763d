/** Booths on the floor plan, as pure rules. Lengths are decimetres from the top-left corner of the plan. */
import type { Place } from '#libs/contracts';
import { ZoneRules } from '#libs/fairs';

const { contains, isDrawn, overlap } = ZoneRules;

/** A booth is 4 × 4 m where there is room, 3 × 3 m as a rule; in a small zone they get smaller, down to a table. */
const sizes = [40, 30, 25, 20, 15] as const;
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
 * Places for `count` more booths in a zone: rows and columns that fill it evenly, with an aisle between rows. Booths that
 * stand there already are left alone. The largest booths that fit are taken. Null when even the smallest do not fit.
 */
export function layOut(zone: Place, standing: readonly Place[], count: number): Place[] | null {
  const here = standing.filter((each) => overlap(each, zone)); // what stands in other zones does not make this one less tidy
  for (const size of sizes) {
    // The grid that all of them would make together, else as many as fit.
    for (const wanted of [here.length + count, Infinity]) {
      const free = grid(zone, size, wanted).filter((place) => !here.some((each) => overlap(each, place)));
      if (free.length >= count) return free.slice(0, count);
    }
  }
  return null;
}

/** How many more would fit, of the smallest size. */
export const roomFor = (zone: Place, standing: readonly Place[]): number =>
  grid(zone, sizes[sizes.length - 1] as number, Infinity).filter((place) => !standing.some((each) => overlap(each, place))).length;

/** The grid of booths of a size in a zone: at least `wanted`, or as many as fit. */
function grid(zone: Place, size: number, wanted: number): Place[] {
  const width = zone.width - 2 * edge.side;
  const height = zone.height - edge.top - edge.bottom;
  const most = { columns: Math.floor((width + gap) / (size + gap)), rows: Math.floor((height + aisle) / (size + aisle)) };
  if (most.columns < 1 || most.rows < 1) return [];
  const { columns, rows } = wanted < most.columns * most.rows ? shape(width / height, wanted, most) : most;
  const across = step(width, size, columns, gap);
  const down = step(height, size, rows, aisle);
  const left = zone.x + edge.side + Math.floor((width - (columns - 1) * across - size) / 2);
  const top = zone.y + edge.top + Math.floor((height - (rows - 1) * down - size) / 2);
  return Array.from({ length: rows * columns }, (_, n) => ({
    x: left + (n % columns) * across, y: top + Math.floor(n / columns) * down, width: size, height: size,
  }));
}

/** Columns and rows for `wanted` booths: the fewest empty places, and steps across and down that are alike. */
function shape(aspect: number, wanted: number, most: { columns: number; rows: number }): { columns: number; rows: number } {
  const shapes = Array.from({ length: most.columns }, (_, n) => ({ columns: n + 1, rows: Math.ceil(wanted / (n + 1)) })).filter(({ rows }) => rows <= most.rows);
  const cost = ({ columns, rows }: { columns: number; rows: number }) => Math.abs(Math.log((aspect * rows) / columns)) + (columns * rows - wanted) / wanted;
  return shapes.reduce((best, each) => (cost(each) < cost(best) ? each : best));
}

/** From one booth to the next: an even share of the room, never less than a booth and the least space. */
const step = (room: number, size: number, count: number, least: number): number => Math.max(Math.floor(room / count), size + least);

/** The next free numbers of a zone: … after the highest that is taken. */
export function nextNumbers(letter: string, taken: Iterable<string>, count: number): string[] {
  const prefix = letter ? `${letter}-` : '';
  const used = [...taken].flatMap((number) => (new RegExp(`^${prefix}(\\d{1,4})$`).exec(number) ?? []).slice(1).map(Number));
  const highest = Math.max(0, ...used);
  return Array.from({ length: count }, (_, n) => `${prefix}${String(highest + n + 1).padStart(2, '0')}`);
}
