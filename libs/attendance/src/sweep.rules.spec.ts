import { nextSweep } from './sweep.rules.js';

const at = (text: string, zone = '+08:00') => new Date(`2026-03-${text}:00${zone}`);
const next = (startsAt: Date, endsAt: Date, now: Date, timeZone = 'Asia/Shanghai') => nextSweep({ startsAt, endsAt, timeZone }, now);

describe('the end of a fair’s day', () => {
  it('is at three in the night after it, by the fair’s clock', () => {
    expect(next(at('07T09:00'), at('07T16:30'), at('07T08:30'))).toEqual(at('08T03:00'));
    expect(next(at('07T09:00'), at('07T16:30'), at('08T03:00'))).toEqual(at('09T03:00'));
    expect(next(at('07T09:00', '+01:00'), at('07T16:30', '+01:00'), at('07T08:30', '+01:00'), 'Europe/Berlin')).toEqual(at('08T03:00', '+01:00'));
  });

  it('comes each night of a fair that goes on for days', () => {
    expect(next(at('07T09:00'), at('09T16:30'), at('07T08:30'))).toEqual(at('08T03:00'));
    expect(next(at('07T09:00'), at('09T16:30'), at('08T03:00'))).toEqual(at('09T03:00'));
    expect(next(at('07T09:00'), at('09T16:30'), at('08T02:59'))).toEqual(at('08T03:00'));
  });

  it('does not come into a night market', () => {
    expect(next(at('07T18:00'), at('08T04:00'), at('07T17:30'))).toEqual(at('09T03:00'));
    expect(next(at('07T18:00'), at('08T01:00'), at('07T17:30'))).toEqual(at('08T03:00'));
  });

  it('is three by the clock, also in the night when that moves', () => {
    expect(next(at('28T09:00', '+01:00'), at('29T16:00', '+02:00'), at('28T08:00', '+01:00'), 'Europe/Berlin')).toEqual(at('29T03:00', '+02:00'));
  });
});
