/** Of one's own network, by the same bounds as a media node judges others' (apps/media/src/quality.rules.ts). */
import type { PeerQuality } from '#libs/contracts';

const step = (value: number, bounds: readonly number[]): number => 5 - bounds.filter(bound => value >= bound).length;

/** 5 good, 0 gone. Ratio 0–1, milliseconds. */
export function qualityOf(lossRatio: number, roundTrip: number | null): PeerQuality['score'] {
  const byLoss = step(lossRatio, [0.01, 0.03, 0.08, 0.2, 0.5]);
  const byDelay = roundTrip === null ? 5 : step(roundTrip, [150, 400, 800, 1_500, 5_000]);
  return Math.min(byLoss, byDelay) as PeerQuality['score'];
}
