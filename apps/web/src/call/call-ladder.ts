/**
 * What an interview carries: picture and sound, sound alone, written lines alone. It steps down by itself when the network is bad in
 * either direction, not when the other side's is gone (nothing comes, though our own way is whole: whoever comes back finds us as before), and up again when it has been calm for a while; each climb that failed makes the next wait longer. Pure: one state in,
 * one state out. Milliseconds; ratios 0–1.
 */
export type CallStep = 'video' | 'audio' | 'text';
/** By hand: by itself, never more than sound, never more than text. */
export type CallWish = 'auto' | 'audio' | 'text';
export const callSteps = ['video', 'audio', 'text'] as const satisfies CallStep[];
/** Why it stands where it stands. */
export type StepReason = 'start' | 'loss' | 'stalled' | 'silence' | 'calm' | 'wish';

export interface CallLadder {
  step: CallStep;
  reason: StepReason;
  /** Since when it stands there. */
  since: number;
  calmSince: number | null;
  badSince: number | null;
  /** How long it must be calm before the next climb. */
  patience: number;
  climbedAt: number | null;
}

/** Of the last seconds. */
export interface CallMeasure {
  at: number;
  /** Of what is received, and of what is sent as the other side counted it. */
  lossIn: number; lossOut: number;
  /** So long no new picture came, while one is wanted and sent; 0: none is. */
  stalledFor: number;
  /** So long nothing at all came, while sound is wanted and sent. */
  silentFor: number;
}

/** Losses that a picture does not survive, and those that words do not. */
const BAD = { video: 0.08, audio: 0.25 } as const;
const CALM = { video: 0.02, audio: 0.04, text: 0.05 } as const;
const STALL = 2_500;
/** So long without any packet, and it is no bad network that speaks: ours is gone, which is repaired elsewhere, or theirs. */
const SILENCE = 1_000;
/** So long it must be bad, so that a burst, or two seconds without network, change nothing. */
export const BAD_FOR = 3_000;
/** After a step the next one down waits: what was sent before is still on its way. */
const SETTLE = 5_000;
export const PATIENCE = 10_000;
const MOST_PATIENCE = 120_000;
/** A climb that falls within this time has failed. */
const PROVED = 20_000;

export const best = (wish: CallWish): CallStep => (wish === 'auto' ? 'video' : wish);
const rank = (step: CallStep): number => callSteps.indexOf(step);
const down: Record<CallStep, CallStep> = { video: 'audio', audio: 'text', text: 'text' };
const up: Record<CallStep, CallStep> = { video: 'video', audio: 'video', text: 'audio' };

const stand = (ladder: CallLadder, step: CallStep, reason: StepReason, at: number): CallLadder => ({ ...ladder, step, reason, since: at, calmSince: null, badSince: null });

export const start = (at: number, wish: CallWish = 'auto'): CallLadder =>
  ({ step: best(wish), reason: 'start', since: at, calmSince: null, badSince: null, patience: PATIENCE, climbedAt: null });

/** What is wrong for the step that it stands on; null: nothing. */
function trouble(step: CallStep, { lossIn, lossOut, stalledFor, silentFor }: CallMeasure): StepReason | null {
  if (step === 'text' || silentFor >= SILENCE) return null;
  if (step === 'video' && stalledFor >= STALL) return 'stalled';
  return Math.max(lossIn, lossOut) >= BAD[step] ? 'loss' : null;
}

/** After each second's measure. */
export function measured(ladder: CallLadder, measure: CallMeasure, wish: CallWish): CallLadder {
  const { at } = measure;
  const why = trouble(ladder.step, measure);
  const calm = why === null && Math.max(measure.lossIn, measure.lossOut) < CALM[ladder.step] && measure.silentFor < SILENCE;
  const next: CallLadder = { ...ladder, badSince: why ? ladder.badSince ?? at : null, calmSince: calm ? ladder.calmSince ?? at : null };
  if (why && next.badSince !== null && at - next.badSince >= BAD_FOR && at - ladder.since >= SETTLE) {
    const failed = ladder.climbedAt !== null && at - ladder.climbedAt < PROVED;
    return { ...stand(next, down[ladder.step], why, at), climbedAt: null, patience: failed ? Math.min(MOST_PATIENCE, ladder.patience * 2) : PATIENCE };
  }
  const higher = up[ladder.step];
  if (higher !== ladder.step && rank(higher) >= rank(best(wish)) && next.calmSince !== null && at - next.calmSince >= ladder.patience) {
    return { ...stand(next, higher, 'calm', at), climbedAt: at };
  }
  return next;
}

/** The person chose: at once down to it, and up to it as well: they may know better. */
export const chosen = (ladder: CallLadder, wish: CallWish, at: number): CallLadder => ({ ...stand(ladder, best(wish), 'wish', at), patience: PATIENCE, climbedAt: null });
