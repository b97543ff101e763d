import { alarmed, forecast } from './forecast.rules.js';

describe('a forecast', () => {
  it('is how long it takes at this rate; places that are held are not free', () => {
    expect(forecast({ more: 100, minutes: 10, inside: 800, held: 0, approved: 1_000 })).toEqual({ perMinute: 10, minutesToFull: 20 });
    expect(forecast({ more: 100, minutes: 10, inside: 800, held: 150, approved: 1_000 })).toEqual({ perMinute: 10, minutesToFull: 5 });
    expect(forecast({ more: 3, minutes: 10, inside: 990, held: 0, approved: 1_000 })).toEqual({ perMinute: 0.3, minutesToFull: 34 });
  });

  it('tells the truth of a rush while the doors have been open for minutes only', () => {
    // A hundred a minute into a thousand places.
    const after = (minutes: number) => forecast({ more: 100 * minutes, minutes, inside: 100 * minutes, held: 0, approved: 1_000 });
    expect([2, 4, 7.5, 9.5].map((minutes) => after(minutes)?.minutesToFull)).toEqual([8, 6, 3, 1]);
    // The first minute may be a crowd that stood at the door: it counts as two.
    expect(after(1)).toEqual({ perMinute: 50, minutesToFull: 18 });
    expect(forecast({ more: 100, minutes: 0.1, inside: 100, held: 0, approved: 1_000 })).toEqual(after(1));
  });

  it('makes nothing of one person in the first minute, and little of a handful', () => {
    const first = (more: number, approved: number) => forecast({ more, minutes: 0.5, inside: more, held: 0, approved });
    for (const approved of [4, 10, 100]) expect([first(1, approved), first(2, approved)]).toEqual([null, null]);
    for (const more of [3, 5, 7, 9]) expect(alarmed(false, first(more, 60))).toBe(false);
    expect(first(5, 60)?.minutesToFull).toBe(83);
    // Sixteen are a rate.
    expect(first(16, 60)).toEqual({ perMinute: 8, minutesToFull: 6 });
  });

  it('says nothing of a zone that empties, is full, or fills by chance or far from now', () => {
    for (const more of [-50, 0, 2]) expect(forecast({ more, minutes: 10, inside: 10, held: 0, approved: 1_000 })).toBeNull();
    expect(forecast({ more: 100, minutes: 10, inside: 1_000, held: 0, approved: 1_000 })).toBeNull();
    expect(forecast({ more: 10, minutes: 10, inside: 0, held: 0, approved: 1_000 })).toBeNull();
  });

  it('rings at a quarter of an hour and is calm again at twenty-five minutes', () => {
    const at = (minutesToFull: number) => ({ perMinute: 1, minutesToFull });
    expect([16, 15, 1].map((minutes) => alarmed(false, at(minutes)))).toEqual([false, true, true]);
    expect([16, 24, 25].map((minutes) => alarmed(true, at(minutes)))).toEqual([true, true, false]);
    expect(alarmed(true, null)).toBe(false);
  });
});
