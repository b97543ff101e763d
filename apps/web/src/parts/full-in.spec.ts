import { shallowRef } from 'vue';
import type { ZoneForecast } from '#libs/contracts';
import { toldMinutes, useFullIn } from './full-in';

it('tells whole minutes while they can be waited for, and fives beyond, rather too early than too late', () => {
  expect([1, 7, 19, 20, 24, 25, 39, 240].map(minutes => toldMinutes(minutes))).toEqual([1, 7, 19, 20, 20, 25, 35, 240]);
});

it('goes down at once, and up only when it is two minutes over, so that it does not go to and fro', () => {
  expect(toldMinutes(6, 7)).toBe(6);
  expect([7, 8].map(minutes => toldMinutes(minutes, 6))).toEqual([6, 6]);
  expect(toldMinutes(9, 6)).toBe(9);
  expect([34, 35, 36].map(minutes => toldMinutes(minutes, 30))).toEqual([30, 30, 30]);
  expect(toldMinutes(37, 30)).toBe(35);
});

it('is of the zones that fill, each by what was told of it before', () => {
  const at = (zoneId: string, minutesToFull: number): ZoneForecast => ({ zoneId, minutesToFull, perMinute: 1, fullAt: '2026-03-07T02:00:00.000Z', alarm: false });
  const coming = shallowRef<ZoneForecast[] | undefined>(undefined);
  const told = useFullIn(() => coming.value);
  const after = (...list: ZoneForecast[]) => { coming.value = list; return [...told.value]; };
  expect([...told.value]).toEqual([]);
  expect(after(at('A', 6), at('B', 35))).toEqual([['A', 6], ['B', 35]]);
  expect(after(at('A', 7), at('B', 34))).toEqual([['A', 6], ['B', 30]]);
  expect(after(at('B', 36))).toEqual([['B', 30]]);
  expect(after(at('A', 8), at('B', 36))).toEqual([['A', 8], ['B', 30]]);
});
