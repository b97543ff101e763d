import type { DeskSlot } from '#libs/contracts';
import { byRecruiter, lateBy, seriesOf } from './slot-series';

const at = (clock: string) => `2026-03-07T${clock}:00.000Z`;
const slot = (accountId: string, startsAt: string, expectedAt = startsAt) => ({ recruiter: { accountId, name: accountId }, startsAt: at(startsAt), expectedAt: at(expectedAt) }) as DeskSlot;

describe('a series of slots', () => {
  it('lies one after the other, with the gap between', () => expect(seriesOf(at('01:00'), 15, 3, 5).map(one => new Date(one.from).toISOString())).toEqual([at('01:00'), at('01:20'), at('01:40')]));
  it('is nothing while the form is not whole', () => {
    expect(seriesOf('', 15, 3, 5)).toEqual([]);
    expect(seriesOf(at('01:00'), NaN, 3, 0)).toEqual([]);
  });
});

describe('a day of slots', () => {
  it('says whole minutes of lateness, never earliness', () => {
    expect(lateBy(slot('a', '01:00', '01:08'))).toBe(8);
    expect(lateBy(slot('a', '01:00', '00:50'))).toBe(0);
  });
  it('shows oneself first, each in order of time', () => {
    const days = byRecruiter([slot('b', '02:00'), slot('z', '01:00'), slot('b', '01:00')], 'z');
    expect(days.map(one => [one.recruiter.accountId, one.slots.map(each => each.startsAt)])).toEqual([['z', [at('01:00')]], ['b', [at('01:00'), at('02:00')]]]);
  });
});
