import type { FairStatus } from '#libs/contracts';
import { byInterest, fairOfTheDay, mayRegister, phaseOf } from './fair-phase';

const noon = Date.parse('2026-03-07T04:00:00.000Z'); // 12:00 in Shanghai
const fair = (status: FairStatus, startsAt: string, endsAt: string) => ({ status, startsAt, endsAt, timeZone: 'Asia/Shanghai', channel: 'hall' as const });
const today = fair('open', '2026-03-07T01:00:00.000Z', '2026-03-07T08:30:00.000Z');
const later = fair('published', '2026-03-07T15:00:00.000Z', '2026-03-07T18:00:00.000Z'); // 23:00 that day
const tomorrow = fair('published', '2026-03-07T16:30:00.000Z', '2026-03-08T08:00:00.000Z'); // 00:30 the next day, in Shanghai only
const past = fair('closed', '2026-03-01T01:00:00.000Z', '2026-03-01T08:00:00.000Z');

describe('where a fair stands', () => {
  it('reads the day in the fair’s own zone', () => {
    expect([today, later, tomorrow, past].map(one => phaseOf(one, noon))).toEqual(['now', 'today', 'ahead', 'over']);
  });

  it('believes the organiser: not opened is not on, closed early is over, cancelled is cancelled', () => {
    expect(phaseOf({ ...today, status: 'published' }, noon)).toBe('today');
    expect(phaseOf({ ...today, status: 'closed' }, noon)).toBe('over');
    expect(phaseOf({ ...today, status: 'cancelled' }, noon)).toBe('cancelled');
  });

  it('ends at its last instant', () => {
    expect(phaseOf(today, Date.parse(today.endsAt) - 1)).toBe('now');
    expect(phaseOf(today, Date.parse(today.endsAt))).toBe('over');
  });
});

describe('which fair comes first', () => {
  it('puts what is on before what comes, and what is over last', () => {
    expect(byInterest([past, tomorrow, later, today], noon)).toEqual([today, later, tomorrow, past]);
  });

  it('has none of the day when all are over or cancelled', () => {
    expect(fairOfTheDay([past, { ...tomorrow, status: 'cancelled' }], noon)).toBeUndefined();
    expect(fairOfTheDay([past, tomorrow], noon)).toBe(tomorrow);
  });

  it('takes registrations until the end, for a hall only', () => {
    expect(mayRegister(today, noon)).toBe(true);
    expect(mayRegister({ ...today, channel: 'online' }, noon)).toBe(false);
    expect(mayRegister(today, Date.parse(today.endsAt))).toBe(false);
    expect(mayRegister({ ...today, status: 'draft' }, noon)).toBe(false);
  });
});
