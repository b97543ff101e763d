import { fieldRefused } from '../errors/field-refused.js';

/** What a place in an ordered list is made of. */
export type CursorPart = 'id' | 'number' | 'instant';
type ValueOf = { id: string; number: number; instant: Date };
type Values<P extends readonly CursorPart[]> = { -readonly [K in keyof P]: ValueOf[P[K]] };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The cursor of a page (`next`, `after`): the sort key of its last row, opaque to callers. What comes back is hostile until
 * it has been checked part by part, because it ends in a query.
 */
export function cursorOf<const P extends readonly CursorPart[]>(parts: P): {
  write(...values: Values<P>): string;
  /** The values, or null without a cursor. Throws `validationFailed` for one that is not ours. */
  read(text: string | undefined): Values<P> | null;
} {
  return {
    write: (...values) => Buffer.from(JSON.stringify(values)).toString('base64url'),
    read: (text) => {
      if (text === undefined) return null;
      const values = parse(text);
      if (values.length !== parts.length) throw wrong();
      return parts.map((part, n) => check(part, values[n])) as Values<P>;
    },
  };
}

function parse(text: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(values)) return values;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw wrong();
}

function check(part: CursorPart, value: unknown): string | number | Date {
  if (part === 'id' && typeof value === 'string' && UUID.test(value)) return value;
  if (part === 'number' && typeof value === 'number' && Number.isFinite(value)) return value;
  const at = part === 'instant' && typeof value === 'string' && value.length <= 24 ? new Date(value) : null;
  if (at && at.getUTCFullYear() >= 1900 && at.getUTCFullYear() <= 2200) return at; // NaN fails both
  throw wrong();
}

const wrong = () => fieldRefused({ field: 'after', zh: '这一页的位置读不懂，请从头看。', en: 'This place in the list is not ours; start again.' });
