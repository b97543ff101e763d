import { median, medianInterval } from './statistics.js';

it('takes the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

it('gives the interval of the median by ranks', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  expect(medianInterval(upTo(5))).toEqual([1, 5]); // 94 %: too few for better
  expect(medianInterval(upTo(6))).toEqual([1, 6]);
  expect(medianInterval(upTo(9))).toEqual([2, 8]); // 96.1 %, as in the tables
  expect(medianInterval(upTo(20))).toEqual([6, 15]);
});
