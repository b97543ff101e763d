/** A broadcast as a calendar's file (RFC 5545), made here: times in UTC, so that no zone must be written. Pure. */
export interface CalendarFacts { id: string; title: string; organisationName: string; startsAt: string; endsAt: string; url: string }

const utc = (at: string) => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
const text = (value: string) => value.replace(/[\\;,]/g, sign => `\\${sign}`).replace(/\r?\n/g, '\\n');
/** Lines are at most 75 bytes long; the rest goes on behind a space. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const letter of line) {
    const size = letter.codePointAt(0)! < 0x80 ? 1 : letter.codePointAt(0)! < 0x800 ? 2 : letter.codePointAt(0)! < 0x10000 ? 3 : 4;
    if (bytes + size > 74) { parts.push(part); part = ''; bytes = 0; }
    part += letter;
    bytes += size;
  }
  return [...parts, part].join('\r\n ');
}

/** Reminds ten minutes before. */
export function calendarOf({ id, title, organisationName, startsAt, endsAt, url }: CalendarFacts, now: string): string {
  return [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Fairwind//ZH', 'BEGIN:VEVENT', `UID:${id}@fairwind`, `DTSTAMP:${utc(now)}`, `DTSTART:${utc(startsAt)}`, `DTEND:${utc(endsAt)}`,
    `SUMMARY:${text(title)}`, `DESCRIPTION:${text(`${organisationName}\n${url}`)}`, `URL:${url}`,
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${text(title)}`, 'TRIGGER:-PT10M', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', '',
  ].map(folded).join('\r\n');
}
