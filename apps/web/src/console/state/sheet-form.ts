/** A score sheet as it is filled in, and several of them beside each other. Pure. */
import type { Criterion, ScoreSheet } from '#libs/contracts';

/** Weighed mean of what is scored, 1–5; null: nothing is. */
export function meanOf(criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): number | null {
  const scored = criteria.filter(one => scores[one.key]);
  const weight = scored.reduce((sum, one) => sum + one.weight, 0);
  return weight ? scored.reduce((sum, one) => sum + one.weight * scores[one.key]!, 0) / weight : null;
}

export const missingOf = (criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): Criterion[] => criteria.filter(one => !scores[one.key]);

export interface Compared { criterion: Criterion; scores: (number | null)[]; spread: number }
/** A line a criterion, a column a sheet; `spread`: how far the judgements lie apart. */
export function compare(criteria: readonly Criterion[], sheets: readonly ScoreSheet[]): Compared[] {
  return criteria.map(criterion => {
    const scores = sheets.map(sheet => sheet.scores[criterion.key] ?? null);
    const given = scores.filter((score): score is number => score !== null);
    return { criterion, scores, spread: given.length > 1 ? Math.max(...given) - Math.min(...given) : 0 };
  });
}
