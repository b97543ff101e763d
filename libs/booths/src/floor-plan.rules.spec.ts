import fc from 'fast-check';
import { ZoneRules } from '#libs/fairs';
import { layOut, nextNumbers, placeProblem, roomFor } from './floor-plan.rules.js';

const zone = { x: 100, y: 50, width: 600, height: 400 };

describe('a booth on the plan', () => {
  const booth = { x: 120, y: 80, width: 30, height: 30 };
  it('lies inside its zone, edges included, and over no other', () => {
    expect(placeProblem(booth, zone, [])).toBeNull();
    expect(placeProblem({ ...booth, x: 100, y: 50 }, zone, [])).toBeNull();
    expect(placeProblem({ ...booth, x: 99 }, zone, [])).toEqual({ field: 'x', kind: 'outside' });
    expect(placeProblem({ ...booth, x: 671 }, zone, [])).toEqual({ field: 'x', kind: 'outside' });
    expect(placeProblem(booth, zone, [{ ...booth, x: 149, number: 'A-02' }])).toEqual({ field: 'x', kind: 'over', number: 'A-02' });
    expect(placeProblem(booth, zone, [{ ...booth, x: 150, number: 'A-02' }])).toBeNull();
    expect(placeProblem(booth, { ...zone, width: 0 }, [])).toEqual({ field: 'zoneId', kind: 'notDrawn' });
  });
});

describe('laying out', () => {
  it('fills the zone with rows that line up, with an aisle between them', () => {
    const places = layOut(zone, [], 24) ?? [];
    const [xs, ys] = [new Set(places.map(({ x }) => x)), [...new Set(places.map(({ y }) => y))].sort((a, b) => a - b)];
    expect([places.length, xs.size, ys.length]).toEqual([24, 6, 4]);
    for (const [n, y] of ys.slice(1).entries()) expect(y - (ys[n] as number) - 40).toBeGreaterThanOrEqual(24);
    expect(Math.min(...xs) - zone.x).toBeLessThan(60);
  });

  it('in two goes is as tidy as in one where the first go left the places', () => {
    const all = layOut(zone, [], 24) ?? [];
    expect(layOut(zone, all.slice(0, 12), 12)).toEqual(all.slice(12));
  });

  it('takes smaller booths before it gives up, and says how many there is room for', () => {
    const small = { x: 0, y: 0, width: 120, height: 100 };
    expect(layOut(small, [], 2)?.[0]?.width).toBe(40);
    expect(layOut(small, [], 6)?.[0]?.width).toBe(25);
    expect(layOut(small, [], roomFor(small, []))?.[0]?.width).toBe(15);
    expect(layOut(small, [], roomFor(small, []) + 1)).toBeNull();
  });

  it('never puts a booth outside the zone or over another, whatever stands there', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }), width: fc.integer({ min: 0, max: 700 }), height: fc.integer({ min: 0, max: 700 }) });
    const booths = fc.array(fc.record({ x: fc.nat(600), y: fc.nat(600), width: fc.constant(30), height: fc.constant(30) }), { maxLength: 8 });
    fc.assert(fc.property(place, booths, fc.integer({ min: 1, max: 60 }), (area, standing, count) => {
      const places = layOut(area, standing, count);
      if (places === null) return;
      expect(places).toHaveLength(count);
      places.forEach((each, n) => {
        expect(ZoneRules.contains(area, each)).toBe(true);
        expect([...standing, ...places.slice(0, n)].some((other) => ZoneRules.overlap(other, each))).toBe(false);
      });
    }), { numRuns: 500 });
  });
});

describe('numbers', () => {
  it('go on after the highest', () => {
    expect(nextNumbers('A', [], 2)).toEqual(['A-01', 'A-02']);
    expect(nextNumbers('A', ['A-03', 'B-09', 'A-特'], 2)).toEqual(['A-04', 'A-05']);
    expect(nextNumbers('A', ['A-99'], 1)).toEqual(['A-100']);
    expect(nextNumbers('', ['07', 'A-08'], 1)).toEqual(['08']);
  });
});
