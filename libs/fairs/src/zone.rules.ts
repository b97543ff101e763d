/** Zones of a venue, as pure rules. Lengths are decimetres from the top-left corner of the floor plan. */
import type { Place, ZoneInput } from '#libs/contracts';
import type { FieldRefusal } from '#libs/platform';

/** Size of the floor plan of a new fair: a hall of 120 × 80 m. It grows with its zones. */
export const planSize = { width: 1_200, height: 800 } as const;
/** Free space round the outermost zones when the plan grows. */
const margin = 20;

/** Whether two rectangles share more than an edge. A rectangle without size (not drawn yet) overlaps nothing. */
export const overlap = (a: Place, b: Place): boolean =>
  isDrawn(a) && isDrawn(b) && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const contains = (outer: Place, inner: Place): boolean =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

export const isDrawn = (place: Place): boolean => place.width > 0 && place.height > 0;

/** What is wrong with a set of zones: a letter or an id twice, rectangles over each other. */
export function zoneProblems(zones: readonly ZoneInput[]): FieldRefusal[] {
  return zones.flatMap((zone, n) => {
    const before = zones.slice(0, n);
    const under = before.find((each) => overlap(each, zone));
    const problems: FieldRefusal[] = [];
    if (before.some((each) => each.letter === zone.letter)) {
      problems.push({ field: `zones.${n}.letter`, zh: `${zone.letter} 用过了，换一个字母。`, en: `${zone.letter} is used already; take another letter.` });
    }
    if (zone.id !== undefined && before.some((each) => each.id === zone.id)) {
      problems.push({ field: `zones.${n}.id`, zh: '这个分区写了两次。', en: 'This zone is listed twice.' });
    }
    if (under) {
      problems.push({ field: `zones.${n}.x`, zh: `和 ${under.letter} 区叠在一起了，挪开一点。`, en: `It lies over zone ${under.letter}; move it away.` });
    }
    return problems;
  });
}

/** The first zone that is approved for more than the whole venue, or undefined. */
export const overVenue = <T extends { approvedNumber: number }>(zones: readonly T[], venue: number): T | undefined =>
  zones.find((zone) => zone.approvedNumber > venue);

/** The floor plan that holds all zones: never smaller than it was. */
export function grownPlan(plan: { width: number; height: number }, zones: readonly Place[]): { width: number; height: number } {
  const right = Math.max(0, ...zones.map((zone) => zone.x + zone.width + margin));
  const bottom = Math.max(0, ...zones.map((zone) => zone.y + zone.height + margin));
  return { width: Math.max(plan.width, right), height: Math.max(plan.height, bottom) };
}
