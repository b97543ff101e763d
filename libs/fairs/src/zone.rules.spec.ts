import fc from 'fast-check';
import type { ZoneInput } from '#libs/contracts';
import { regionPrefix } from './region.js';
import { contains, grownPlan, overlap, overVenue, zoneProblems } from './zone.rules.js';

const zone = (letter: string, x: number, y: number, width = 100, height = 100, rest: Partial<ZoneInput> = {}): ZoneInput =>
  ({ letter, name: letter, approvedNumber: 10, x, y, width, height, ...rest });

describe('zones', () => {
  it('may touch, and may not lie over each other', () => {
    expect(zoneProblems([zone('A', 0, 0), zone('B', 100, 0), zone('C', 0, 100)])).toEqual([]);
    expect(zoneProblems([zone('A', 0, 0), zone('B', 99, 99)]).map(({ field }) => field)).toEqual(['zones.1.x']);
  });

  it('that are not drawn yet lie over nothing', () => {
    expect(zoneProblems([zone('A', 0, 0), zone('B', 10, 10, 0, 0)])).toEqual([]);
  });

  it('have each letter and id once', () => {
    expect(zoneProblems([zone('A', 0, 0), zone('A', 200, 0)]).map(({ field }) => field)).toEqual(['zones.1.letter']);
    expect(zoneProblems([zone('A', 0, 0, 1, 1, { id: 'i' }), zone('B', 9, 9, 1, 1, { id: 'i' })]).map(({ field }) => field)).toEqual(['zones.1.id']);
  });

  it('are approved for no more than the venue, one by one: people walk between them', () => {
    expect(overVenue([zone('A', 0, 0), zone('B', 0, 0)], 10)).toBeUndefined();
    expect(overVenue([zone('A', 0, 0, 1, 1, { approvedNumber: 11 })], 10)?.letter).toBe('A');
  });

  it('make the plan grow, never shrink', () => {
    expect(grownPlan({ width: 1_200, height: 800 }, [zone('A', 0, 0)])).toEqual({ width: 1_200, height: 800 });
    expect(grownPlan({ width: 1_200, height: 800 }, [zone('A', 1_150, 0)])).toEqual({ width: 1_270, height: 800 });
  });
});

describe('rectangles', () => {
  const place = fc.record({ x: fc.nat(50), y: fc.nat(50), width: fc.nat(50), height: fc.nat(50) });

  it('overlap if and only if some whole point square lies in both', () => {
    fc.assert(fc.property(place, place, (a, b) => {
      const inside = (p: typeof a, x: number, y: number) => x >= p.x && x < p.x + p.width && y >= p.y && y < p.y + p.height;
      let shared = false;
      for (let x = 0; x < 100; x++) for (let y = 0; y < 100; y++) shared ||= inside(a, x, y) && inside(b, x, y);
      expect(overlap(a, b)).toBe(shared);
      expect(overlap(b, a)).toBe(shared);
    }), { numRuns: 50 });
  });

  it('hold what does not stick out', () => {
    expect(contains({ x: 10, y: 10, width: 20, height: 20 }, { x: 10, y: 10, width: 20, height: 20 })).toBe(true);
    expect(contains({ x: 10, y: 10, width: 20, height: 20 }, { x: 11, y: 10, width: 20, height: 20 })).toBe(false);
  });
});

describe('region prefixes (GB/T 2260)', () => {
  it.each([['350000', '35'], ['350100', '3501'], ['350102', '350102'], ['110000', '11'], ['500100', '5001']])('%s → %s', (code, prefix) => {
    expect(regionPrefix(code)).toBe(prefix);
  });
});
