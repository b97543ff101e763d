import { qualityScore } from './quality.rules.js';

it.each([
  [0, 30, 5], [0.009, 149, 5], [0.01, 30, 4], [0, 150, 4], [0.05, 30, 3], [0.1, 30, 2], [0.3, null, 1], [1, null, 0], [0, 10_000, 0], [0, null, 5],
])('losses of %d and %s ms: %d', (lossRatio, roundTrip, score) => expect(qualityScore(lossRatio, roundTrip)).toBe(score));
