/**
 * The ladder of what a viewer gets: picture, small picture, sound, and text when nothing else comes; HLS carries picture and sound where
 * WebRTC cannot. It steps down by itself when the network is bad, and up again when it has been calm for a while; each climb that failed
 * makes the next wait longer. Pure: one state in, one state out. Milliseconds.
 */

/** `text`: neither picture nor sound. */
export type Step = 'high' | 'low' | 'audio' | 'text';
export type Carriage = 'webrtc' | 'hls' | 'none';
/** By hand: by itself, 省流量 (never more than the small picture), 只听声音. */
export type Wish = 'auto' | 'saver' | 'audio';
export const wishes = ['auto', 'saver', 'audio'] as const satisfies Wish[];
export const steps = ['high', 'low', 'audio', 'text'] as const satisfies Step[];

export interface Ladder {
  carriage: Carriage;
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
const STALL = 1_500;
/** So long it must be bad, so that one burst changes nothing. */
const BAD_FOR = 2_000;
/** After a step down the next one waits: the smaller picture needs a moment to come. */
const SETTLE = 5_000;
export const PATIENCE = 12_000;
const MOST_PATIENCE = 180_000;
/** A climb that falls within this time has failed. */
const PROVED = 15_000;

/** The best step that the wish allows. */
export const best = (wish: Wish): Step => (wish === 'audio' ? 'audio' : wish === 'saver' ? 'low' : 'high');
const rank = (step: Step) => steps.indexOf(step);
const down: Record<Step, Step> = { high: 'low', low: 'audio', audio: 'audio', text: 'text' };
const up: Record<Step, Step> = { high: 'high', low: 'high', audio: 'low', text: 'audio' };

export const start = (at: number, wish: Wish): Ladder => ({ carriage: 'webrtc', step: best(wish), since: at, calmSince: at, badSince: null, patience: PATIENCE, climbedAt: null });

const stand = (ladder: Ladder, step: Step, at: number): Ladder => ({ ...ladder, step, since: at, calmSince: at, badSince: null });

/** After each second's measure. Only WebRTC steps by measures: HLS chooses for itself. */
export function measured(ladder: Ladder, { at, lossRatio, stalledFor }: Measure, wish: Wish): Ladder {
  if (ladder.carriage !== 'webrtc') return ladder;
  const pictured = ladder.step === 'high' || ladder.step === 'low';
  const bad = lossRatio >= BAD_LOSS || (pictured && stalledFor >= STALL);
  const calm = lossRatio < CALM_LOSS && (!pictured || stalledFor < STALL);
  const next: Ladder = { ...ladder, badSince: bad ? ladder.badSince ?? at : null, calmSince: calm ? ladder.calmSince ?? at : null };
  if (next.badSince !== null && at - next.badSince >= BAD_FOR && at - ladder.since >= SETTLE && down[ladder.step] !== ladder.step) {
    const failed = ladder.climbedAt !== null && at - ladder.climbedAt < PROVED;
    return { ...stand(next, down[ladder.step], at), climbedAt: null, patience: failed ? Math.min(MOST_PATIENCE, ladder.patience * 2) : PATIENCE };
  }
  const higher = up[ladder.step];
  if (higher !== ladder.step && rank(higher) >= rank(best(wish)) && next.calmSince !== null && at - next.calmSince >= ladder.patience && at - ladder.since >= ladder.patience) {
    return { ...stand(next, higher, at), climbedAt: at };
  }
  return next;
}

/** The person chose: at once down to it, and up to it as well: they may know better. */
export function chosen(ladder: Ladder, wish: Wish, at: number): Ladder {
  if (ladder.carriage === 'none') return ladder;
  return { ...stand(ladder, best(wish), at), patience: PATIENCE, climbedAt: null };
}

/** WebRTC cannot be had (or was given up): HLS if there is any, else text. */
export function webrtcFailed(ladder: Ladder, hls: boolean, wish: Wish, at: number): Ladder {
  if (ladder.carriage === 'hls' && hls) return ladder;
  return hls ? { ...stand(ladder, best(wish), at), carriage: 'hls' } : { ...stand(ladder, 'text', at), carriage: 'none' };
}

export const hlsFailed = (ladder: Ladder, at: number): Ladder => (ladder.carriage === 'hls' ? { ...stand(ladder, 'text', at), carriage: 'none' } : ladder);

/** WebRTC works (again): from HLS or text back to it. */
export function webrtcWorks(ladder: Ladder, wish: Wish, at: number): Ladder {
  return ladder.carriage === 'webrtc' ? ladder : { ...start(at, wish), patience: ladder.patience };
}
