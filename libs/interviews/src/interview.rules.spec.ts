import { extension } from './interview.rules.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 7, 2, 0) + minutes * 60_000);
const ask = (now: number, minutes: number, next: number | null = null) =>
  extension({ now: at(now), endsAt: at(10), minutes, nextAt: next === null ? null : at(next) });

it('adds time in the last two minutes, from the planned end', () => {
  expect(ask(7.9, 5)).toEqual({ how: 'tooEarly' });
  expect(ask(8, 5)).toEqual({ how: 'granted', endsAt: at(15) });
});

it('adds it from now once time is over', () => {
  expect(ask(13, 5)).toEqual({ how: 'granted', endsAt: at(18) });
});

it('stops before the next booking, and says how much is left', () => {
  expect(ask(9, 5, 15)).toEqual({ how: 'granted', endsAt: at(15) });
  expect(ask(9, 6, 15)).toEqual({ how: 'blocked', at: at(15), minutes: 5 });
  expect(ask(9, 1, 10.5)).toEqual({ how: 'blocked', at: at(10.5), minutes: 0 });
  expect(ask(16, 1, 15)).toEqual({ how: 'blocked', at: at(15), minutes: 0 });
});
