/** One's turn in a booth's queue, out of its picture. Pure. Seconds in, words' parts out. */
import type { QueueState } from '#libs/contracts';

export interface Turn {
  /** 1 is called next. */
  position: number;
  earliest: number; latest: number;
}

/** Where a place stands in a picture; null: it does not wait there. */
export function turnIn(state: Pick<QueueState, 'waiting'>, placeId: string): Turn | null {
  const at = state.waiting.findIndex(one => one.placeId === placeId);
  if (at < 0) return null;
  const { earliest, latest } = state.waiting[at];
  return { position: at + 1, earliest, latest };
}

/**
 * What somebody would wait who joined now: as long as the last who waits, and one interview more, spread over the recruiters. Null
 * while nobody has been called lately: there is nothing honest to say.
 */
export function afterLast(state: Pick<QueueState, 'waiting' | 'recruiters' | 'minutesEach' | 'interviewing'>): Omit<Turn, 'position'> | null {
  const { waiting, recruiters, minutesEach, interviewing } = state;
  if (!recruiters) return null;
  const one = (minutesEach * 60) / recruiters;
  const last = waiting[waiting.length - 1];
  if (last) return { earliest: last.earliest + one / 2, latest: last.latest + one * 1.5 };
  return interviewing.length < recruiters ? { earliest: 0, latest: 60 } : { earliest: 0, latest: one * 1.5 };
}

/** The range as it is said: down to whole minutes below, up above; from ten minutes on in fives, from 90 in half hours. */
export type Wait = { kind: 'now' } | { kind: 'upTo'; b: number } | { kind: 'minutes' | 'hours'; a: number; b: number };

export function waitOf({ earliest, latest }: Omit<Turn, 'position'>): Wait {
  const [low, high] = [Math.max(0, earliest) / 60, Math.max(0, latest) / 60];
  if (high <= 1) return { kind: 'now' };
  if (high > 90) {
    const b = Math.ceil(high / 30) / 2;
    return { kind: 'hours', a: Math.min(Math.floor(low / 30) / 2, b - 0.5), b };
  }
  const step = high > 15 ? 5 : 1;
  const b = Math.ceil(high / step) * step;
  const a = Math.floor(low / step) * step;
  if (a <= 0) return { kind: 'upTo', b };
  return { kind: 'minutes', a: Math.min(a, b - step), b };
}
