import { asOf, elapsed, ran, type Moment } from './elapsed';

const moment = (running: number, wall: number, origin = 'a'): Moment => ({ origin, running, wall });

it('is the longer of both clocks: a sleeping phone, a clock set forward', () => {
  expect(elapsed(moment(0, 1000), moment(500, 1500))).toBe(500);
  expect(elapsed(moment(0, 1000), moment(500, 61_500))).toBe(60_500);
});
it('does not run backwards with a clock that is set back', () => {
  expect(elapsed(moment(0, 100_000), moment(70_000, 40_000))).toBe(70_000);
});
it('ends with the origin', () => expect(elapsed(moment(0, 0), moment(1, 1, 'b'))).toBeNull());
it('goes on in a new origin as long as somebody was there', () => {
  const now = moment(10, 5000, 'b');
  const then = asOf(now, 4000);
  expect(elapsed(then, now)).toBe(4000);
  expect(elapsed(then, moment(1010, 5500, 'b'))).toBe(5000);
});
it('is running time alone for a record, which a clock that is set does not move', () => {
  expect(ran(moment(0, 1000), moment(500, 1_801_500))).toBe(500);
  expect(ran(moment(0, 0), moment(1, 1, 'b'))).toBeNull();
});
