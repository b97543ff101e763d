import { calendarOf } from './live-calendar';

const facts = { id: 'b1', title: '走进海峤车间，数控; 装配', organisationName: '海峤精密', startsAt: '2026-03-07T02:00:00.000Z', endsAt: '2026-03-07T03:00:00.000Z', url: 'https://fair.example/live/b1' };

describe('a broadcast in a calendar', () => {
  const lines = calendarOf(facts, '2026-03-01T00:00:00.000Z').split('\r\n');
  it('stands at its moment in every zone', () => expect(lines).toEqual(expect.arrayContaining(['DTSTART:20260307T020000Z', 'DTEND:20260307T030000Z', 'TRIGGER:-PT10M'])));
  it('keeps what people wrote as text', () => expect(lines).toContain('SUMMARY:走进海峤车间，数控\\; 装配'));
  it('folds long lines at letters, not inside one', () => {
    const long = calendarOf({ ...facts, title: '车间'.repeat(60) }, '2026-03-01T00:00:00.000Z').split('\r\n');
    expect(long.every(line => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(long.join('\r\n').replace(/\r\n /g, '')).toContain('车间'.repeat(60));
  });
});
