/**
 * Who sends far more than is allowed. The cap itself is advice (REMB, transport-cc): browsers follow it within a second or two, an
 * encoder need not hear it. Pure. Milliseconds, bits a second.
 */
export interface Look { at: number; bitrate: number }

export interface Sending {
  /** The looks of the last WINDOW, oldest first; each says what came since the one before. */
  looks: readonly Look[];
  /** Since when the mean has been over; null: it is not. */
  overSince: number | null;
}

/** The mean over so long decides, and more than half of its looks must be over: a burst (a key frame of every layer, a probe) ends nobody. */
export const WINDOW = 10_000;
/** So many times the cap is no longer an encoder that breathes. */
const FACTOR = 1.5;
/** What following the advice does not hold: sound, and the smallest picture that a browser makes. */
const SOUND = 200_000;
/** Less than this share of the window's mean: it is on its way down. */
const FALLING = 0.85;
/** Who is still over after so long does not come down. */
const LONGEST = 30_000;

export const begin = (at: number): Sending => ({ looks: [{ at, bitrate: 0 }], overSince: null });

/** What may come on average, bits a second. */
export const limitOf = (most: number): number => most * FACTOR + SOUND;

/** After each look. @returns what it sent on average over the window when it is to be ended, else null */
export function looked({ looks, overSince }: Sending, look: Look, most: number): { sending: Sending; over: number | null } {
  const all = [...looks, look];
  // The oldest that is kept is where the window begins.
  const start = all.findLastIndex(({ at }) => look.at - at >= WINDOW);
  const kept = start > 0 ? all.slice(start) : all;
  const span = look.at - kept[0]!.at;
  const mean = span > 0 ? kept.slice(1).reduce((sum, { at, bitrate }, n) => sum + bitrate * (at - kept[n]!.at), 0) / span : 0;
  const isLong = kept.filter(({ bitrate }) => bitrate > limitOf(most)).length * 2 > kept.length - 1;
  const isOver = span >= WINDOW && isLong && mean > limitOf(most);
  const sending = { looks: kept, overSince: isOver ? overSince ?? look.at : null };
  const comesDown = look.bitrate <= limitOf(most) || (look.bitrate < mean * FALLING && look.at - (sending.overSince ?? look.at) < LONGEST);
  return { sending, over: isOver && !comesDown ? Math.round(mean) : null };
}

/** Who was ended is remembered so long. */
export const REMEMBERED = 600_000;
const FIRST_REST = 30;
const LONGEST_REST = 300;

/**
 * Seconds that somebody waits before coming in again, who was ended so many times within REMEMBERED: encoders come back by themselves
 * and go on as before. The first time may be a mistake that is mended at once.
 */
export const restAfter = (times: number): number => (times < 2 ? 0 : Math.min(LONGEST_REST, FIRST_REST * 2 ** (times - 2)));
