import ICAL from 'ical.js';
import { Settings } from '#libs/platform';
import { Calendar } from './calendar.js';
import type { FairRow } from './fairs.js';

const fair = {
  id: '01890000-0000-7000-8000-000000000001', name: '春风招聘会; 专场, 第 1\\2 场', campaign: '2026年春风行动', theme: '', description: '第一行\n第二行',
  venueName: '澜江会展中心', venueAddress: '澜江路 1 号', status: 'published', latitude: 26.08, longitude: 119.3, timeZone: 'Asia/Shanghai',
  startsAt: new Date('2026-03-07T01:00:00.000Z'), endsAt: new Date('2026-03-07T08:30:00.000Z'),
} as FairRow;
const calendar = new Calendar(Object.assign(new Settings(), { publicUrl: 'https://fair.example.cn/' }));
const read = (file: string) => new ICAL.Component(ICAL.parse(file) as unknown[]).getFirstSubcomponent('vevent')!;
const value = (file: string, name: string) => String(read(file).getFirstPropertyValue(name));

describe('the calendar entry of a fair', () => {
  const file = calendar.entry(fair, 2);

  it('is at nine in the hall, which is 01:00 in UTC', () => {
    expect(file.split('\r\n')).toEqual(expect.arrayContaining(['DTSTART;TZID=Asia/Shanghai:20260307T090000', 'DTEND;TZID=Asia/Shanghai:20260307T163000']));
    const { startDate, endDate } = new ICAL.Event(read(file));
    expect([startDate, endDate].map((at) => new Date(at.toUnixTime() * 1_000))).toEqual([fair.startsAt, fair.endsAt]);
  });

  it('replaces an older entry of the same fair, and takes it off', () => {
    expect(['uid', 'sequence', 'status'].map((name) => value(file, name))).toEqual([`${fair.id}@fairwind`, '2', 'CONFIRMED']);
    const off = calendar.entry({ ...fair, status: 'cancelled' }, 2);
    expect(['uid', 'sequence', 'status'].map((name) => value(off, name))).toEqual([`${fair.id}@fairwind`, '3', 'CANCELLED']);
  });

  it('says what, where, and where to read on', () => {
    expect(['summary', 'description', 'location', 'url'].map((name) => value(file, name))).toEqual([
      fair.name, '2026年春风行动\n第一行\n第二行', '澜江会展中心 澜江路 1 号', `https://fair.example.cn/fairs/${fair.id}`,
    ]);
  });
});
