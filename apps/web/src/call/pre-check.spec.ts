import { judged } from './pre-check';

type Line = Parameters<typeof judged>;

it('promises a picture only on a line that carries one', () => {
  expect(judged(60, 0, 5_000_000)).toBe('good');
  expect(judged(60, 0, null)).toBe('good');
  const fair: Line[] = [[500, 0, 5_000_000], [60, 0.2, 5_000_000], [60, 0, 400_000]];
  const poor: Line[] = [[2_000, 0, 5_000_000], [60, 0.6, 5_000_000], [60, 0, 40_000]];
  expect(fair.map(line => judged(...line))).toEqual(['fair', 'fair', 'fair']);
  expect(poor.map(line => judged(...line))).toEqual(['poor', 'poor', 'poor']);
});
