import fc from 'fast-check';
import ICAL from 'ical.js';
import { runs } from '../../../test/support/runs.js';
import { calendarFile, folded, type CalendarEntry } from './calendar-entry.js';

const zones = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Kolkata', 'America/St_Johns', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo'];
const entry: CalendarEntry = {
  uid: 'one@fairwind', sequence: 3, title: '面试：海峤; 精密, 第 1\\2 轮', description: '第一行\n第二行，' + '长'.repeat(80), location: '线上（A01 展位）', url: 'https://fair.example.cn/me/interviews', status: 'CONFIRMED',
  startsAt: new Date('2026-03-07T01:00:00.000Z'), endsAt: new Date('2026-03-07T01:15:00.000Z'), timeZone: 'Asia/Shanghai',
};

/** As a parser that is not ours reads it; its zones come out of the file alone. */
function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
  const zone = calendar.getFirstSubcomponent('vtimezone')!;
  return { calendar, event, zone, at: (time: ICAL.Time) => new Date(time.toUnixTime() * 1_000) };
}

describe('a calendar file', () => {
  it('says the clock of its own zone, and what that clock is', () => {
    const file = calendarFile(entry);
    expect(file.split('\r\n')).toEqual(expect.arrayContaining([
      'DTSTART;TZID=Asia/Shanghai:20260307T090000', 'DTEND;TZID=Asia/Shanghai:20260307T091500', 'BEGIN:VTIMEZONE', 'TZID:Asia/Shanghai', 'TZOFFSETTO:+0800', 'METHOD:PUBLISH',
    ]));
    const { event, zone } = read(file);
    expect(event.startDate.zone.tzid).toBe('Asia/Shanghai');
    expect(zone.getAllSubcomponents()).toHaveLength(1); // no summer time since 1991
  });

  it('means the same moment, wherever it is held and whenever it is', () => {
    fc.assert(fc.property(
      fc.constantFrom(...zones), fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2034-12-31T00:00:00Z'), noInvalidDate: true }), fc.integer({ min: 1, max: 60 * 72 }),
      (timeZone, date, minutes) => {
        const startsAt = new Date(Math.floor(date.getTime() / 60_000) * 60_000);
        const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
        const { event, at } = read(calendarFile({ ...entry, timeZone, startsAt, endsAt }));
        // The hour that is there twice a year has one spelling only.
        for (const [said, meant] of [[event.startDate, startsAt], [event.endDate, endsAt]] as const) {
          const twice = [-60, -30, 30, 60].some((shift) => clock(new Date(meant.getTime() + shift * 60_000), timeZone) === clock(meant, timeZone));
          if (!twice) expect(at(said)).toEqual(meant);
        }
      },
    ), runs(150, 1_000));
  });

  it('keeps what people wrote, also through lines of at most 75 octets', () => {
    const file = calendarFile(entry);
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const { event, calendar } = read(file);
    expect([event.summary, event.description, event.location]).toEqual([entry.title, entry.description, entry.location]);
    expect([event.uid, event.sequence, calendar.getFirstSubcomponent('vevent')!.getFirstPropertyValue('url')]).toEqual(['one@fairwind', 3, entry.url]);
    expect(folded('DESCRIPTION:' + '😀'.repeat(40)).replace(/\r\n /g, '')).toBe('DESCRIPTION:' + '😀'.repeat(40));
  });

  it('says that it is off', () => {
    const { calendar } = read(calendarFile({ ...entry, sequence: 4, status: 'CANCELLED' }));
    expect(calendar.getFirstSubcomponent('vevent')!.getFirstPropertyValue('status')).toBe('CANCELLED');
  });
});

const clock = (at: Date, timeZone: string) => at.toLocaleString('sv', { timeZone });
