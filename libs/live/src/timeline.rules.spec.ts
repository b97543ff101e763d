import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { placeIn, spansOf } from './timeline.rules.js';

const start = Date.parse('2026-03-07T01:00:00Z');
const at = (ms: number) => new Date(start + ms);
/** Pieces of a second that were written down at these seconds. */
const pieces = (...seconds: number[]) => seconds.map((second) => ({ recordedAt: at(second * 1_000), duration: 1_000 }));

it('counts from the first piece, and over a gap', () => {
  const spans = spansOf(pieces(10, 11, 12, 40, 41));
  expect(spans).toEqual([{ day: start + 9_000, replay: 0, length: 3_000 }, { day: start + 39_000, replay: 3_000, length: 2_000 }]);
  expect([0, 9_500, 12_000, 25_000, 39_000, 40_500, 99_000].map((ms) => placeIn(spans, at(ms)))).toEqual([0, 500, 3_000, 3_000, 3_000, 4_500, 5_000]);
});

it('takes uneven pieces for what they are: no gap', () => {
  expect(spansOf([...pieces(1, 2), { recordedAt: at(3_900), duration: 1_000 }, ...pieces(4)])).toHaveLength(1);
});

it('never goes back, and never beyond the end', () => {
  fc.assert(fc.property(fc.array(fc.record({ wait: fc.integer({ min: 0, max: 60_000 }), duration: fc.integer({ min: 1, max: 4_000 }) }), { maxLength: 40 }),
    fc.array(fc.integer({ min: -10_000, max: 2_000_000 }), { maxLength: 20 }), (gaps, moments) => {
      let day = 0;
      const made = gaps.map(({ wait, duration }) => ({ recordedAt: at(day += wait + duration), duration }));
      const total = gaps.reduce((sum, { duration }) => sum + duration, 0);
      const places = moments.sort((a, b) => a - b).map((ms) => placeIn(spansOf(made), at(ms)));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places.every((place) => place >= 0 && place <= total)).toBe(true);
    }), runs(200, 3_000));
});
