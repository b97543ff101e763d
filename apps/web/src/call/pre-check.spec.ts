import { judged } from './pre-check';

it('promises a picture only on a line that carries one', () => {
  expect(judged(60, 0, 5_000_000)).toBe('good');
  expect(judged(60, 0, null)).toBe('good');
  for (const line of [[500, 0, 5_000_000], [60, 0.2, 5_000_000], [60, 0, 400_000]] as const) expect(judged(...line)).toBe('fair');
  for (const line of [[2_000, 0, 5_000_000], [60, 0.6, 5_000_000], [60, 0, 40_000]] as const) expect(judged(...line)).toBe('poor');
});
