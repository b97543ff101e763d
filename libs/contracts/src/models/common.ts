/** An instant: ISO 8601 in UTC, milliseconds (`2026-03-07T01:00:00.000Z`). */
export type Instant = string;
/** A day in China's calendar: `2026-03-07`. */
export type Day = string;
/** UUID. */
export type Id = string;

/** A page of a long list; `next` is the cursor of the following page, null at the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
}
export interface PageQuery {
  after?: string;
  /** 1–100, 20 unless told. */
  limit?: number;
}
