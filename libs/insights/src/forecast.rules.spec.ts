import { alarmed, forecast } from './forecast.rules.js';

describe('a forecast', () => {
  it('is how long it takes at this rate; places that are held are not free', () => {
    expect(forecast({ more: 100, inside: 800, held: 0, approved: 1_000 })).toEqual({ perMinute: 10, minutesToFull: 20 });
    expect(forecast({ more: 100, inside: 800, held: 150, approved: 1_000 })).toEqual({ perMinute: 10, minutesToFull: 5 });
    expect(forecast({ more: 3, inside: 990, held: 0, approved: 1_000 })).toEqual({ perMinute: 0.3, minutesToFull: 34 });
  });

  it('says nothing of a zone that empties, is full, or fills by chance or far from now', () => {
    for (const more of [-50, 0, 2]) expect(forecast({ more, inside: 10, held: 0, approved: 1_000 })).toBeNull();
    expect(forecast({ more: 100, inside: 1_000, held: 0, approved: 1_000 })).toBeNull();
    expect(forecast({ more: 10, inside: 0, held: 0, approved: 1_000 })).toBeNull();
  });

  it('rings at a quarter of an hour and is calm again at twenty-five minutes', () => {
    const at = (minutesToFull: number) => ({ perMinute: 1, minutesToFull });
    expect([16, 15, 1].map((minutes) => alarmed(false, at(minutes)))).toEqual([false, true, true]);
    expect([16, 24, 25].map((minutes) => alarmed(true, at(minutes)))).toEqual([true, true, false]);
    expect(alarmed(true, null)).toBe(false);
  });
});
