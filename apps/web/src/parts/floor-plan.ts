/** Geometry of the floor plan: decimetres on the plan, pixels on the screen. */
import type { Place } from '#libs/contracts';

export interface View { x: number; y: number; scale: number }
export interface Point { x: number; y: number }
export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** Booths move in steps of half a metre. */
export const GRID = 5;
export const MAX_ZOOM = 6;

export const steps: Record<Direction, Point> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };
export const isDirection = (key: string): key is Direction => key in steps;

const clamp = (n: number, low: number, high: number) => Math.min(Math.max(n, low), Math.max(low, high));

/** The nearest place on the grid that lies wholly inside `room`. */
export function snap(place: Place, room: Place): Place {
  const on = (n: number) => Math.round(n / GRID) * GRID;
  return {
    ...place,
    x: clamp(on(place.x), room.x, room.x + room.width - place.width),
    y: clamp(on(place.y), room.y, room.y + room.height - place.height),
  };
}

export const middle = (place: Place): Point => ({ x: place.x + place.width / 2, y: place.y + place.height / 2 });
export const holds = (place: Place, point: Point): boolean =>
  point.x >= place.x && point.x <= place.x + place.width && point.y >= place.y && point.y <= place.y + place.height;
export const overlaps = (a: Place, b: Place): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The id that Tab comes to: the first of the wished ones that is there, else the first of all. */
export const firstOf = (all: readonly { id: string }[], ...wished: (string | null | undefined)[]): string | undefined =>
  wished.find(id => all.some(one => one.id === id)) ?? all[0]?.id;

/** The booth that an arrow key goes to: the nearest in that direction, sideways distance counting double. */
export function neighbour<T extends Place>(all: readonly T[], from: T, direction: Direction): T | undefined {
  const step = steps[direction];
  const start = middle(from);
  let best: { one: T; cost: number } | undefined;
  for (const one of all) {
    if (one === from) continue;
    const end = middle(one);
    const ahead = (end.x - start.x) * step.x + (end.y - start.y) * step.y;
    if (ahead <= 0) continue;
    const aside = Math.abs((end.x - start.x) * step.y) + Math.abs((end.y - start.y) * step.x);
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { one, cost };
  }
  return best?.one;
}

/** Zooms so that what lies under `at` (plan units) stays there; a plan that fits is never moved off. */
export function zoomAt(view: View, factor: number, at: Point, size: { width: number; height: number }): View {
  const scale = clamp(view.scale * factor, 1, MAX_ZOOM);
  const k = view.scale / scale;
  return keepInside({ scale, x: at.x - (at.x - view.x) * k, y: at.y - (at.y - view.y) * k }, size);
}

export function keepInside(view: View, size: { width: number; height: number }): View {
  return {
    scale: view.scale,
    x: clamp(view.x, 0, size.width - size.width / view.scale),
    y: clamp(view.y, 0, size.height - size.height / view.scale),
  };
}
