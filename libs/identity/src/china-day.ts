import { DateTime } from 'luxon';

/** The day (`2026-03-07`) that it is in China at this instant: the law's days are China's, whatever the server's clock. */
export function chinaDay(at: Date): string {
  const day = DateTime.fromJSDate(at, { zone: 'Asia/Shanghai' }).toISODate();
  if (day === null) throw new RangeError('not an instant');
  return day;
}

/** A `date` column (Prisma gives midnight UTC) as its day. */
export const dayOf = (column: Date): string => column.toISOString().slice(0, 10);
/** A day for a `date` column. */
export const dateColumn = (day: string): Date => new Date(`${day}T00:00:00Z`);
