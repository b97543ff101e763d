import { randomInt } from 'node:crypto';

/** Eight random digits: typed when a QR cannot be read. Not in sequence, so that one ticket tells nothing of another's. */
export const newShortCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');

/** The short code in what somebody typed (`2071 5530`, `2071-5530`, full-width digits), or null when it is none. */
export function shortCodeIn(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s\-·.]/g, '');
  return /^\d{8}$/.test(digits) ? digits : null;
}
