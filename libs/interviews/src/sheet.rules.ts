import type { Criterion } from '#libs/contracts';

/** A score as it is kept: with the criterion's name and weight as they were then. */
export interface KeptScore { score: number; name: string; weight: number }
export type KeptScores = Record<string, KeptScore>;

/** Names of criteria that have no score yet. */
export const unscored = (criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): string[] =>
  criteria.filter(({ key }) => !Object.hasOwn(scores, key)).map(({ name }) => name);

/** Keys that are no criterion's. */
export const strangers = (criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): string[] =>
  Object.keys(scores).filter((key) => criteria.every((each) => each.key !== key));

export const keptScores = (criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): KeptScores =>
  Object.fromEntries(criteria.flatMap(({ key, name, weight }) => (Object.hasOwn(scores, key) ? [[key, { score: scores[key]!, name, weight }]] : [])));

/** The weighted mean, 1–5, to a tenth; null without any score. */
export function total(scores: KeptScores): number | null {
  const all = Object.values(scores);
  const weights = all.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return null;
  return Math.round((all.reduce((sum, { score, weight }) => sum + score * weight, 0) / weights) * 10) / 10;
}
