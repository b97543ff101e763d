/** Where in a replay a moment of the day lies: a recording has no gaps, and a day has. Pure. */

/** A piece of a recording: when it was written down, and milliseconds of media in it. */
export interface Piece { recordedAt: Date; duration: number }
/** Pieces that followed each other without a gap: from when in the day, from where in the replay, how long. Milliseconds. */
export interface Span { day: number; replay: number; length: number }

/** Pieces come a little late and not evenly; more than this between two is a gap (the publisher was gone). */
const GAP = 3_000;

/** @param pieces in their order */
export function spansOf(pieces: readonly Piece[]): Span[] {
  const spans: Span[] = [];
  let replay = 0;
  for (const { recordedAt, duration } of pieces) {
    const day = recordedAt.getTime() - duration;
    const last = spans.at(-1);
    if (last && day - (last.day + last.length) <= GAP) last.length += duration;
    else spans.push({ day, replay, length: duration });
    replay += duration;
  }
  return spans;
}

/** Milliseconds of the replay at which `at` is seen; what fell into a gap stands where the replay goes on. */
export function placeIn(spans: readonly Span[], at: Date): number {
  const time = at.getTime();
  let place = 0;
  for (const { day, replay, length } of spans) {
    if (time < day) break;
    place = replay + Math.min(time - day, length);
  }
  return place;
}
