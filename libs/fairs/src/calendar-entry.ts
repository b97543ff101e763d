import { createEvent, type EventAttributes } from 'ics';
import { DateTime } from 'luxon';

/** What a calendar entry says; `timeZone` is an IANA name, that of the fair: the entry shows the clock that hangs in its hall. */
export type CalendarEntry =
  Omit<EventAttributes, 'start' | 'startInputType' | 'startOutputType' | 'end' | 'endInputType' | 'endOutputType' | 'duration' | 'productId' | 'method'>
  & { startsAt: Date; endsAt: Date; timeZone: string };

/**
 * RFC 5545: the package `ics` writes and escapes the text; it knows no zone and counts characters where octets are meant, so the times get their
 * zone, the zone its VTIMEZONE, and the lines their folds here. Always METHOD:PUBLISH, because nobody is invited by mail: an entry with the same
 * UID and a higher SEQUENCE replaces the one before, and STATUS:CANCELLED takes it off (RFC 5546, 3.2.1).
 */
export function calendarFile({ startsAt, endsAt, timeZone, ...entry }: CalendarEntry): string {
  const { value, error } = createEvent({
    ...entry, productId: 'fairwind', method: 'PUBLISH',
    start: startsAt.getTime(), startInputType: 'utc', startOutputType: 'utc',
    end: endsAt.getTime(), endInputType: 'utc', endOutputType: 'utc',
  });
  if (value == null) throw error ?? new Error('the calendar entry is empty');
  const zoned = unfolded(value).flatMap((line) => {
    if (line === 'BEGIN:VEVENT') return [...zoneLines(timeZone, startsAt, endsAt), line];
    if (line.startsWith('DTSTART:')) return [`DTSTART;TZID=${timeZone}:${onClock(startsAt, timeZone)}`];
    if (line.startsWith('DTEND:')) return [`DTEND;TZID=${timeZone}:${onClock(endsAt, timeZone)}`];
    return [line];
  });
  return zoned.map(folded).join('\r\n');
}

const unfolded = (file: string): string[] => file.replace(/\r\n[\t ]/g, '').split('\r\n');

/** A line of at most 75 octets (3.1), cut between characters. */
export function folded(line: string): string {
  let width = 0;
  return [...line].reduce((out, character) => {
    const octets = Buffer.byteLength(character);
    if (width + octets <= 74) {
      width += octets;
      return out + character;
    }
    width = 1 + octets;
    return `${out}\r\n ${character}`;
  }, '');
}

const onClock = (at: Date, zone: string): string => DateTime.fromJSDate(at, { zone }).toFormat("yyyyMMdd'T'HHmmss");

/** VTIMEZONE (3.6.5): what the zone's clocks did in the year before and after; with no change in it, one offset since 1970. */
function zoneLines(zone: string, startsAt: Date, endsAt: Date): string[] {
  const offsetAt = (at: number) => DateTime.fromMillis(at, { zone }).offset;
  const first = startsAt.getTime() - YEAR;
  return [
    'BEGIN:VTIMEZONE', `TZID:${zone}`,
    ...observance('19700101T000000', offsetAt(first), DateTime.fromMillis(first, { zone })),
    ...changes(offsetAt, first, endsAt.getTime() + YEAR).flatMap((at) => {
      const before = offsetAt(at - MINUTE);
      return observance(DateTime.fromMillis(at, { zone: 'utc' }).plus({ minutes: before }).toFormat("yyyyMMdd'T'HHmmss"), before, DateTime.fromMillis(at, { zone }));
    }),
    'END:VTIMEZONE',
  ];
}

/** From `since`, on the clock that was in force till then. */
function observance(since: string, before: number, { offset, isInDST }: DateTime): string[] {
  const kind = isInDST ? 'DAYLIGHT' : 'STANDARD';
  return [`BEGIN:${kind}`, `DTSTART:${since}`, `TZOFFSETFROM:${utcOffset(before)}`, `TZOFFSETTO:${utcOffset(offset)}`, `END:${kind}`];
}

const MINUTE = 60_000;
const YEAR = 366 * 24 * 60 * MINUTE;
/** No zone changes twice within it. */
const STEP = 10 * 24 * 60 * MINUTE;

/** The moments, to the minute, at which the offset changes. */
function changes(offsetAt: (at: number) => number, from: number, until: number): number[] {
  const found: number[] = [];
  for (let at = Math.ceil(from / MINUTE) * MINUTE; at < until; at += STEP) {
    let [before, after] = [at, at + STEP];
    if (offsetAt(before) === offsetAt(after)) continue;
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === offsetAt(before)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

function utcOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${String(rest).padStart(2, '0')}`;
}
