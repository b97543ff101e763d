/** 水位: how full a zone is against its approved number. */
export type CrowdLevel = 'flow' | 'busy' | 'near' | 'lock';

/** Shares of the approved number at which a level begins (ui.md, section 2). */
export const crowdThresholds = { busy: 0.8, near: 0.95, lock: 1 } as const;

/** An alert closes only this much below its threshold, so that one person at the door does not ring it again and again. */
export const alertHysteresis = 0.03;

/**
 * The level of `inside` persons against `approved` (both >= 0). Exact: `lock` if and only if no one more may enter.
 * Compared in whole numbers, because 0.95 × 20 is not 19 in floating point.
 */
export function crowdLevel(inside: number, approved: number): CrowdLevel {
  if (inside >= approved) return 'lock';
  if (inside * 100 >= approved * 95) return 'near';
  if (inside * 100 >= approved * 80) return 'busy';
  return 'flow';
}
