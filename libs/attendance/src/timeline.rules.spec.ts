import fc from 'fast-check';
import type { Zones } from '#libs/contracts';
import { runs, seed } from '../../../test/support/runs.js';
import { difference, walk, type PassageRecord, type Walked } from './timeline.rules.js';

const parents = { venue: null, A: 'venue', B: 'venue', A1: 'A' } as const;
const names = Object.keys(parents) as (keyof typeof parents)[];
const zones: Zones = new Map(names.map((id) => [id, { id, parentId: parents[id], name: id, approvedNumber: 9, inside: 0, earlyLocked: false, stopped: false }]));
const empty: Walked = walk(zones, 1, [], []);
const record = (n: number, facts: Partial<PassageRecord>): PassageRecord =>
  ({ id: `r${n}`, scanId: `s${n}`, direction: 'entry', zoneId: 'venue', gateId: 'g', persons: 1, since: new Date(n), order: n, ...facts });
const insideOf = (walked: Walked) => Object.fromEntries(walked.presences.map(({ zoneId, persons }) => [zoneId, persons]));

describe('a ticket’s day', () => {
  it('counts one body for one ticket: the earlier entry holds, the later is in excess, an exit between them explains it', () => {
    const [first, second] = [record(1, {}), record(5, {})];
    const twice = walk(zones, 1, [second, first], []);
    expect(insideOf(twice)).toEqual({ venue: 1 });
    expect([...twice.excess]).toEqual([['r5', { scanId: 's5', zoneId: 'venue', persons: 1, holder: 's1' }]]);
    expect(walk(zones, 1, [{ ...second, byHand: true }, first], []).excess.size).toBe(0);
    const explained = walk(zones, 1, [second, first, record(3, { direction: 'exit' })], []);
    expect([explained.excess.size, explained.entered.get('venue'), explained.left.get('venue')]).toEqual([0, 2, 1]);
  });

  it('ends at a sweep; what is recorded before it stays before it', () => {
    const swept = walk(zones, 1, [record(1, { zoneId: 'A' }), record(9, {})], [5]);
    expect(insideOf(swept)).toEqual({ venue: 1 });
    expect([swept.excess.size, swept.left.get('A'), swept.entered.get('venue')]).toEqual([0, 1, 2]);
  });

  it(`comes out the same for every order of arrival, and the counters with it (seed ${seed})`, () => {
    const step = fc.record({ direction: fc.constantFrom('entry' as const, 'exit' as const), zoneId: fc.constantFrom(...names), persons: fc.integer({ min: 1, max: 3 }) });
    const day = fc.array(step, { maxLength: 14 }).chain((steps) => fc.record({
      records: fc.constant(steps.map((facts, n) => record(n + 1, facts))),
      arrival: fc.shuffledSubarray(steps.map((_, n) => n), { minLength: steps.length, maxLength: steps.length }),
      size: fc.integer({ min: 1, max: 4 }),
      sweeps: fc.subarray([4.5, 9.5]),
    }));
    fc.assert(fc.property(day, ({ records, arrival, size, sweeps }) => {
      const truth = walk(zones, size, records, sweeps);
      const counters = new Map<string, number>();
      const come: PassageRecord[] = [];
      let walked = empty;
      for (const n of arrival) {
        come.push(records[n]!);
        const next = walk(zones, size, come, sweeps);
        for (const { zoneId, change } of difference(walked, next)) counters.set(zoneId, (counters.get(zoneId) ?? 0) + change);
        walked = next;
        expect(Object.fromEntries([...counters].filter(([, inside]) => inside !== 0))).toEqual(insideOf(walked));
        // A path, never more than the ticket is for, and no inner zone above what lies around it.
        for (const { zoneId, persons = 1 } of walked.presences) {
          expect(persons).toBeLessThanOrEqual(size);
          const around = parents[zoneId as keyof typeof parents];
          if (around) expect(insideOf(walked)[around]).toBeGreaterThanOrEqual(persons);
        }
      }
      expect(insideOf(walked)).toEqual(insideOf(truth));
      expect(walked.excess).toEqual(truth.excess);
    }), runs(500, 10_000));
  });
});
