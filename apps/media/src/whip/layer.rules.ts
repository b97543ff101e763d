/**
 * Which layer a player (WHEP) is sent, by the losses that it reports. mediasoup estimates a line's bandwidth with header extensions
 * only, whose numbers it fixes for all routers; players number them themselves, so that without this they would always get the whole
 * picture. Pure. Milliseconds.
 */
export interface Standing {
  /** Spatial: 0 is the smallest. */
  layer: number;
  since: number;
  badSince: number | null;
  calmSince: number | null;
  /** So long it must be calm before the next climb. */
  patience: number;
  climbedAt: number | null;
}

const BAD = 0.08;
const CALM = 0.02;
/** So long it must be bad, so that one burst changes nothing. */
const BAD_FOR = 2_000;
/** A step needs a moment to be felt. */
const SETTLE = 5_000;
const PATIENCE = 12_000;
const MOST_PATIENCE = 180_000;
/** A climb that falls within this time has failed. */
const PROVED = 15_000;

export const start = (layer: number, at: number): Standing => ({ layer, since: at, badSince: null, calmSince: at, patience: PATIENCE, climbedAt: null });

/** After each report. `lossRatio` 0–1; `top`: the highest layer that there is. */
export function reported(standing: Standing, { at, lossRatio }: { at: number; lossRatio: number }, top: number): Standing {
  const badSince = lossRatio >= BAD ? standing.badSince ?? at : null;
  const calmSince = lossRatio < CALM ? standing.calmSince ?? at : null;
  const next = { ...standing, badSince, calmSince };
  const stood = at - standing.since;
  if (badSince !== null && at - badSince >= BAD_FOR && stood >= SETTLE && standing.layer > 0) {
    const failed = standing.climbedAt !== null && at - standing.climbedAt < PROVED;
    return { ...start(standing.layer - 1, at), patience: failed ? Math.min(MOST_PATIENCE, standing.patience * 2) : PATIENCE };
  }
  if (calmSince !== null && at - calmSince >= standing.patience && stood >= standing.patience && standing.layer < top) {
    return { ...next, layer: standing.layer + 1, since: at, climbedAt: at };
  }
  return next;
}
