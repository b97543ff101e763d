import type { SlotStatus } from '#libs/contracts';

const MINUTE = 60_000;
/** A booked candidate may be called so long before the time. Milliseconds. */
export const CALL_FROM = 10 * MINUTE;
/** A call is missed so long after it, or after the time if that comes later. */
export const SLOT_PATIENCE = 5 * MINUTE;
/** People are reminded so long before. */
export const REMIND_BEFORE = 30 * MINUTE;
/** People are told of a change of at least this. */
export const TELL_FROM = 5 * MINUTE;
/** Nobody was called: so long after its end the slot is called off. */
export const GIVE_UP = 30 * MINUTE;
/** Slots are published for so long ahead at most. */
export const FARTHEST = 60 * 24 * 60 * MINUTE;

export interface Span { startsAt: Date; endsAt: Date }

/** `count` spans of `minutes` one after the other, `gap` minutes between them. */
export function spansOf({ startsAt, minutes, count, gap = 0 }: { startsAt: Date; minutes: number; count: number; gap?: number }): Span[] {
  return Array.from({ length: count }, (_, n) => {
    const from = startsAt.getTime() + n * (minutes + gap) * MINUTE;
    return { startsAt: new Date(from), endsAt: new Date(from + minutes * MINUTE) };
  });
}

export const overlap = (a: Span, b: Span): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** A slot that has not begun. */
export interface Ahead extends Span { id: string; status: Extract<SlotStatus, 'open' | 'booked'> }

/**
 * When each slot of one recruiter will begin as things stand. A booked one waits for the recruiter and for the booked ones before it,
 * and one whose time has passed begins now at the soonest; an open one keeps nobody waiting. Whole minutes; its own time when nothing is late.
 * @param slots in the order of their times
 * @param freeAt when the recruiter's meeting of now will be over; null: in none
 */
export function expectedTimes(slots: readonly Ahead[], { now, freeAt }: { now: Date; freeAt: Date | null }): Map<string, Date> {
  const expected = new Map<string, Date>();
  let free = freeAt ? Math.max(freeAt.getTime(), now.getTime()) : 0;
  for (const { id, status, startsAt, endsAt } of slots) {
    const begins = Math.max(startsAt.getTime(), free, status === 'booked' ? now.getTime() : 0);
    const at = begins === startsAt.getTime() ? startsAt : new Date(Math.ceil(begins / MINUTE) * MINUTE);
    expected.set(id, at);
    if (status === 'booked') free = at.getTime() + endsAt.getTime() - startsAt.getTime();
  }
  return expected;
}

/**
 * Whether people are told: it is sooner than they were told by some minutes, on time again, or later by some minutes and by half of
 * what they know already, so that a long wait is not a message every five minutes.
 */
export function isNews(startsAt: Date, toldAt: Date | null, expectedAt: Date): boolean {
  const [planned, known, expected] = [startsAt.getTime(), (toldAt ?? startsAt).getTime(), expectedAt.getTime()];
  if (expected === planned) return known !== planned;
  return expected > known ? expected - known >= Math.max(TELL_FROM, (known - planned) / 2) : known - expected >= TELL_FROM;
}

/** When a call at `now` is missed. */
export const missedAfter = (startsAt: Date, now: Date): Date => new Date(Math.max(startsAt.getTime(), now.getTime()) + SLOT_PATIENCE);
