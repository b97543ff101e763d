/**
 * The ladder of what a viewer gets: picture, small picture, sound, and text when nothing else comes; HLS carries picture and sound where
 * WebRTC cannot. Only rungs that are there are stood on: an encoder's single picture has no small one, HLS never has. It steps down by itself
 * when the network is bad, and up again when it has been calm for a while; each climb that failed makes the next wait longer. Pure: one state
 * in, one state out. Milliseconds.
 */

/** `text`: neither picture nor sound. */
export type Step = 'high' | 'low' | 'audio' | 'text';
export type Carriage = 'webrtc' | 'hls' | 'none';
/** By hand: by itself, 省流量 (never more than the small picture), 只听声音. */
export type Wish = 'auto' | 'saver' | 'audio';
export const wishes = ['auto', 'saver', 'audio'] as const satisfies Wish[];
export const steps = ['high', 'low', 'audio', 'text'] as const satisfies Step[];

/** What there is between the whole picture and text. */
export interface Rungs { small: boolean; sound: boolean }
export interface Ladder {
  carriage: Carriage;
  rungs: Rungs;
  step: Step;
  /** Since when it stands on this step. */
  since: number;
  /** Since when the network has been calm; null: it is not. */
  calmSince: number | null;
  /** Since when it has been bad; null: it is not. */
  badSince: number | null;
  /** How long it must be calm before the next climb. */
  patience: number;
  /** When it last climbed by itself. */
  climbedAt: number | null;
}
export interface Measure {
  at: number;
  /** 0–1 over the last second. */
  lossRatio: number;
  /** So long no new picture has come, while one is wanted and sent. */
  stalledFor: number;
}

const BAD_LOSS = 0.08;
const CALM_LOSS = 0.02;
/** `stall`: so long nothing may move. `settle`: after a step the next one down waits, because what was asked for needs a moment to come; HLS begins anew. */
const pace = { webrtc: { stall: 1_500, settle: 5_000 }, hls: { stall: 2_000, settle: 8_000 } };
/** So long it must be bad, so that one burst changes nothing. */
const BAD_FOR = 2_000;
export const PATIENCE = 12_000;
const MOST_PATIENCE = 180_000;
/** A climb that falls within this time has failed. */
const PROVED = 15_000;

const ALL: Rungs = { small: true, sound: true };

/** The best step that the wish allows, of those that are there. */
export const best = (wish: Wish, { small, sound }: Rungs = ALL): Step => (wish === 'audio' && sound ? 'audio' : wish === 'saver' && small ? 'low' : 'high');
const rank = (step: Step) => steps.indexOf(step);
const has = ({ small, sound }: Rungs, step: Step) => (step === 'low' ? small : step === 'audio' ? sound : step === 'high');
const below = (rungs: Rungs, step: Step) => steps.find(one => rank(one) > rank(step) && has(rungs, one)) ?? step;
const above = (rungs: Rungs, step: Step) => steps.filter(one => rank(one) < rank(step) && has(rungs, one)).pop() ?? step;

export const start = (at: number, wish: Wish, rungs = ALL): Ladder => ({ carriage: 'webrtc', rungs, step: best(wish, rungs), since: at, calmSince: at, badSince: null, patience: PATIENCE, climbedAt: null });

const stand = (ladder: Ladder, step: Step, at: number): Ladder => ({ ...ladder, step, since: at, calmSince: at, badSince: null });

/** After each second's measure; of HLS `lossRatio` is 0. */
export function measured(ladder: Ladder, { at, lossRatio, stalledFor }: Measure, wish: Wish): Ladder {
  const { carriage, rungs } = ladder;
  if (carriage === 'none') return ladder;
  const { stall, settle } = pace[carriage];
  // Packets of sound are judged by their losses; HLS has but its clock.
  const watched = carriage === 'hls' || ladder.step === 'high' || ladder.step === 'low';
  const bad = lossRatio >= BAD_LOSS || (watched && stalledFor >= stall);
  const calm = lossRatio < CALM_LOSS && (!watched || stalledFor < stall);
  const next: Ladder = { ...ladder, badSince: bad ? ladder.badSince ?? at : null, calmSince: calm ? ladder.calmSince ?? at : null };
  const lower = below(rungs, ladder.step);
  if (next.badSince !== null && at - next.badSince >= BAD_FOR && at - ladder.since >= settle && lower !== ladder.step) {
    const failed = ladder.climbedAt !== null && at - ladder.climbedAt < PROVED;
    return { ...stand(next, lower, at), climbedAt: null, patience: failed ? Math.min(MOST_PATIENCE, ladder.patience * 2) : PATIENCE };
  }
  const higher = above(rungs, ladder.step);
  if (higher !== ladder.step && rank(higher) >= rank(best(wish, rungs)) && next.calmSince !== null && at - next.calmSince >= ladder.patience && at - ladder.since >= ladder.patience) {
    return { ...stand(next, higher, at), climbedAt: at };
  }
  return next;
}

/** What there is has changed, or is known now: nobody stays on a rung that is gone, nor above their wish. */
export function fitted(ladder: Ladder, rungs: Rungs, wish: Wish, at: number): Ladder {
  if (ladder.rungs.small === rungs.small && ladder.rungs.sound === rungs.sound) return ladder;
  const next = { ...ladder, rungs };
  const { step } = ladder;
  const to = step === 'text' ? step : rank(step) < rank(best(wish, rungs)) ? best(wish, rungs) : has(rungs, step) ? step : above(rungs, step);
  return to === step ? next : stand(next, to, at);
}

/** The person chose: at once down to it, and up to it as well: they may know better. */
export function chosen(ladder: Ladder, wish: Wish, at: number): Ladder {
  if (ladder.carriage === 'none') return ladder;
  return { ...stand(ladder, best(wish, ladder.rungs), at), patience: PATIENCE, climbedAt: null };
}

/** HLS has one picture. */
const OF_HLS: Rungs = { small: false, sound: true };

/** WebRTC cannot be had (or was given up): HLS if there is any, else text. */
export function webrtcFailed(ladder: Ladder, hls: boolean, wish: Wish, at: number): Ladder {
  if (ladder.carriage === 'hls' && hls) return ladder;
  return hls ? { ...stand({ ...ladder, rungs: OF_HLS }, best(wish, OF_HLS), at), carriage: 'hls', climbedAt: null } : { ...stand(ladder, 'text', at), carriage: 'none' };
}

/** HLS from the beginning: a replay. */
export const startHls = (at: number, wish: Wish): Ladder => webrtcFailed(start(at, wish), true, wish, at);

export const hlsFailed = (ladder: Ladder, at: number): Ladder => (ladder.carriage === 'hls' ? { ...stand(ladder, 'text', at), carriage: 'none' } : ladder);

/** WebRTC works (again): from HLS or text back to it. */
export function webrtcWorks(ladder: Ladder, wish: Wish, at: number): Ladder {
  return ladder.carriage === 'webrtc' ? ladder : { ...start(at, wish), patience: ladder.patience };
}
