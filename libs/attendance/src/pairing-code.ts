import { randomInt } from 'node:crypto';

/** Without 0 O 1 I L: it is read aloud and typed by somebody else. 31 signs, eight of them: 8.5 × 10¹¹ codes. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;
export const PAIRING_CODE_MS = 10 * 60_000;

export const newPairingCode = (): string => Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');

/** A code as somebody typed it (small letters, blanks, dashes, full width) as it was made. */
export const normalPairingCode = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
