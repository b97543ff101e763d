/** What people read and type: the day and the clock in China, wherever the test runs. */
const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;

/** Such as `2026-03-07`. */
export const chinaDay = (instant: number | string): string => new Date(new Date(instant).getTime() + 8 * HOUR_MS).toISOString().slice(0, 10);

/** Such as `09:30`. */
export const chinaClock = (instant: number | string): string => new Date(new Date(instant).getTime() + 8 * HOUR_MS).toISOString().slice(11, 16);

/** The next whole quarter that is a minute or more away, which late in the evening is tomorrow's. */
export const nextQuarter = (): number => Math.ceil((Date.now() + 60_000) / QUARTER_MS) * QUARTER_MS;
