/**
 * How long ago something was, by the device's own running time: a clock that somebody sets back does not make a lease last longer.
 * Running time has an origin, which ends with a reboot; between two origins nothing can be said.
 *
 * A page's running time (performance.now) begins anew with each load. The scanner's service worker outlives a reload, so its
 * running time is asked where there is one (public/gate-clock.js).
 */
import { newId } from '../../net/api';

/** A moment: by running time within an origin, and by the wall clock. All ms. */
export interface Moment { origin: string; running: number; wall: number }

/** Where running time comes from now. `running` is the origin's time at the page's own `at`. */
interface Source { origin: string; running: number; at: number }
let source: Source = { origin: newId(), running: 0, at: 0 };

export function thisMoment(): Moment {
  return { origin: source.origin, running: source.running + performance.now() - source.at, wall: Date.now() };
}

/**
 * Milliseconds from `then` to `now`; null when their origins differ. The longer of both clocks counts: running time rests while
 * some phones sleep, the wall clock can be set back.
 */
export function elapsed(then: Moment, now: Moment): number | null {
  return then.origin === now.origin ? Math.max(now.running - then.running, now.wall - then.wall) : null;
}

/** Milliseconds of running time from `then` to `now`; null when their origins differ. The server knows what a clock that was set has done to the rest. */
export const ran = (then: Moment, now: Moment): number | null => (then.origin === now.origin ? now.running - then.running : null);

/** The same moment in the origin of `now`, where `then` lies so long ago: what is kept must outlive a worker that was ended while the page lived. */
export const asOf = (now: Moment, ago: number): Moment => ({ origin: now.origin, running: now.running - ago, wall: now.wall - ago });

const ANSWERS_WITHIN = 1500;

/**
 * Takes up the service worker's running time; resolves when it has been, or cannot be. Call when the page opens, before a kept
 * moment is looked at, and again from time to time, which keeps the worker awake: it gives a new origin when it was ended.
 */
export async function askRunningTime(): Promise<void> {
  const worker = 'serviceWorker' in navigator ? (await navigator.serviceWorker.getRegistration('/gate/'))?.active : undefined;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  const sent = performance.now();
  const answer = await new Promise<{ origin: string; running: number } | null>(resolve => {
    const timer = setTimeout(() => resolve(null), ANSWERS_WITHIN);
    port1.onmessage = ({ data }: MessageEvent<{ origin: string; running: number }>) => { clearTimeout(timer); resolve(data); };
    worker.postMessage('gate-clock', [port2]);
  });
  port1.close();
  // Counted from when it was asked: at most too late, so that nothing lasts longer than it should.
  if (answer) source = { ...answer, at: sent };
}
