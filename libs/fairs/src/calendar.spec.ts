import { Settings } from '#libs/platform';
import { Calendar, folded } from './calendar.js';
import type { FairRow } from './fairs.js';

const fair = {
  id: '01890000-0000-7000-8000-000000000001', name: '春风招聘会; 专场, 第 1\\2 场', campaign: '2026年春风行动', theme: '', description: '第一行\n第二行，' + '长'.repeat(80),
  venueName: '澜江会展中心', venueAddress: '澜江路 1 号', status: 'published', latitude: 26.08, longitude: 119.3,
  startsAt: new Date('2026-03-07T01:00:00.000Z'), endsAt: new Date('2026-03-07T08:30:00.000Z'),
} as FairRow;
const settings = Object.assign(new Settings(), { publicUrl: 'https://fair.example.cn/' });
const unfolded = (text: string) => text.replace(/\r\n /g, '').split('\r\n');

describe('the calendar entry', () => {
  const lines = unfolded(new Calendar(settings).entry(fair, 2));

  it('says the time in UTC: 9:00 in Shanghai is 01:00Z', () => {
    expect(lines).toEqual(expect.arrayContaining(['DTSTART:20260307T010000Z', 'DTEND:20260307T083000Z']));
  });

  it('replaces an older entry of the same fair', () => {
    expect(lines).toEqual(expect.arrayContaining([`UID:${fair.id}@fairwind`, 'SEQUENCE:2', 'STATUS:CONFIRMED']));
    expect(unfolded(new Calendar(settings).entry({ ...fair, status: 'cancelled' }, 2))).toContain('STATUS:CANCELLED');
  });

  it('escapes what RFC 5545 gives a meaning to', () => {
    expect(lines).toContain('SUMMARY:春风招聘会\\; 专场\\, 第 1\\\\2 场');
    expect(lines.find((line) => line.startsWith('DESCRIPTION:'))).toContain('第一行\\n第二行');
    expect(lines).toContain(`URL:https://fair.example.cn/fairs/${fair.id}`);
  });

  it('has no line of more than 75 octets, and loses no character by it', () => {
    const text = new Calendar(settings).entry(fair, 0);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replace(/\r\n /g, '')).toContain('长'.repeat(80));
    expect(folded('DESCRIPTION:' + '😀'.repeat(40)).replace(/\r\n /g, '')).toBe('DESCRIPTION:' + '😀'.repeat(40));
  });
});
