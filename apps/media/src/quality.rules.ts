import type { PeerQuality } from '#libs/contracts';

/** Network quality from what a client measured: 5 good, 0 gone. Speech suffers from 3 % losses or 400 ms on. */
export function qualityScore(lossRatio: number, roundTrip: number | null): PeerQuality['score'] {
  const byLoss = step(lossRatio, [0.01, 0.03, 0.08, 0.2, 0.5]);
  const byDelay = roundTrip === null ? 5 : step(roundTrip, [150, 400, 800, 1_500, 5_000]);
  return Math.min(byLoss, byDelay) as PeerQuality['score'];
}

/** 5 below the first bound, 0 from the last on. */
const step = (value: number, bounds: readonly number[]): number => 5 - bounds.filter((bound) => value >= bound).length;
