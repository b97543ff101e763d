import { alertHysteresis, crowdThresholds, type CrowdLevel } from '#libs/contracts';

export type AlertLevel = Exclude<CrowdLevel, 'flow'>;
export const alertLevels = ['busy', 'near', 'lock'] as const satisfies AlertLevel[];

/** In whole per cent, because 0.95 × 20 is not 19 in floating point. */
const raiseAt: Record<AlertLevel, number> = {
  busy: Math.round(crowdThresholds.busy * 100), near: Math.round(crowdThresholds.near * 100), lock: Math.round(crowdThresholds.lock * 100),
};
const below = Math.round(alertHysteresis * 100);

/**
 * What changes when a zone holds `inside` of `approved` persons (both >= 0) and the alerts `open` are open. An alert is
 * raised at 80, 95 or 100 %, and cleared only 3 points below its line, so that one person at the door does not ring it
 * again and again. An empty zone has no alert, whatever it is approved for.
 */
export function alertChanges(open: ReadonlySet<AlertLevel>, inside: number, approved: number): { raise: AlertLevel[]; clear: AlertLevel[] } {
  const raise = alertLevels.filter((level) => !open.has(level) && inside > 0 && inside * 100 >= approved * raiseAt[level]);
  const clear = alertLevels.filter((level) => open.has(level) && (inside === 0 || inside * 100 <= approved * (raiseAt[level] - below)));
  return { raise, clear };
}
