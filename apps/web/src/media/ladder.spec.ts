import fc from 'fast-check';
import { best, chosen, fitted, hlsFailed, measured, PATIENCE, start, startHls, steps, webrtcFailed, webrtcWorks, type Ladder, type Measure, type Rungs, type Wish } from './ladder';

const good = { lossRatio: 0, stalledFor: 0 };
const lossy = { lossRatio: 0.2, stalledFor: 0 };
const stalled = { lossRatio: 0, stalledFor: 3000 };
/** A measure a second from `from` for `seconds`. */
function run(ladder: Ladder, from: number, seconds: number, measure: Omit<Measure, 'at'>, wish: Wish = 'auto'): Ladder {
  for (let s = 1; s <= seconds; s++) ladder = measured(ladder, { at: from + s * 1000, ...measure }, wish);
  return ladder;
}

describe('the ladder', () => {
  it('stays through a burst, steps down on loss that lasts, one step at a time, to sound and no further', () => {
    const top = start(0, 'auto');
    expect(run(run(top, 10_000, 1, lossy), 11_000, 2, good).step).toBe('high');
    expect(run(top, 10_000, 3, lossy).step).toBe('low');
    expect(run(top, 10_000, 7, lossy).step).toBe('low');
    expect(run(top, 10_000, 12, lossy).step).toBe('audio');
    expect(run(top, 10_000, 60, lossy).step).toBe('audio');
  });

  it('steps down when the picture stands still, and sound is not judged by pictures', () => {
    const low = run(start(0, 'auto'), 10_000, 4, stalled);
    expect(low.step).toBe('low');
    const audio = run(low, 14_000, 10, stalled);
    expect(audio.step).toBe('audio');
    expect(run(audio, 24_000, 8, stalled).step).toBe('low'); // no picture is wanted there: calm
  });

  it('climbs after calm, and waits twice as long after a climb that failed', () => {
    let ladder = run(start(0, 'auto'), 10_000, 3, lossy);
    ladder = run(ladder, 13_000, PATIENCE / 1000 - 1, good);
    expect(ladder.step).toBe('low');
    ladder = run(ladder, 24_000, 1, good);
    expect(ladder.step).toBe('high');
    ladder = run(ladder, 25_000, 6, lossy);
    expect(ladder).toMatchObject({ step: 'low', patience: 2 * PATIENCE });
    expect(run(ladder, 31_000, PATIENCE / 1000 + 2, good).step).toBe('low');
    expect(run(ladder, 31_000, 2 * PATIENCE / 1000 + 2, good).step).toBe('high');
  });

  it('forgets old failures once a climb has held', () => {
    let ladder: Ladder = { ...start(0, 'auto'), patience: 4 * PATIENCE, climbedAt: 1000 };
    ladder = run(ladder, 60_000, 5, lossy);
    expect(ladder).toMatchObject({ step: 'low', patience: PATIENCE });
  });

  it('obeys the hand: never above what was chosen, at once to it', () => {
    expect(start(0, 'saver').step).toBe('low');
    expect(run(start(0, 'saver'), 0, 300, good, 'saver').step).toBe('low');
    expect(run(start(0, 'audio'), 0, 300, good, 'audio').step).toBe('audio');
    expect(chosen(start(0, 'auto'), 'audio', 5).step).toBe('audio');
    expect(chosen(start(0, 'audio'), 'auto', 5)).toMatchObject({ step: 'high', since: 5 });
  });

  it('goes to HLS where WebRTC fails, to text where that fails too, and comes back', () => {
    const hls = webrtcFailed(start(0, 'auto'), true, 'auto', 1000);
    expect(hls).toMatchObject({ carriage: 'hls', step: 'high' });
    const text = hlsFailed(hls, 2000);
    expect(text).toMatchObject({ carriage: 'none', step: 'text' });
    expect(chosen(text, 'audio', 2500)).toBe(text);
    expect(webrtcFailed(start(0, 'auto'), false, 'auto', 1000)).toMatchObject({ carriage: 'none', step: 'text' });
    expect(webrtcWorks(text, 'saver', 3000)).toMatchObject({ carriage: 'webrtc', step: 'low' });
    expect(hlsFailed(start(0, 'auto'), 1)).toMatchObject({ carriage: 'webrtc' });
  });

  it('goes from an encoder’s single picture to sound at once, and never promises a smaller one', () => {
    const single: Rungs = { small: false, sound: true };
    const one = fitted(start(0, 'saver'), single, 'saver', 1000);
    expect(one).toMatchObject({ step: 'high', rungs: single });
    const sound = run(one, 10_000, 4, lossy, 'saver');
    expect(sound.step).toBe('audio');
    expect(run(sound, 14_000, 20, good, 'saver').step).toBe('high');
    expect(chosen(one, 'saver', 2000).step).toBe('high');
    expect(fitted(one, { small: true, sound: true }, 'saver', 3000).step).toBe('low'); // another camera, in three sizes
    expect(fitted(one, single, 'saver', 3000)).toBe(one);
  });

  it('steps to sound in HLS when that stands still, and back to the picture; without sound it stays', () => {
    const hls = webrtcFailed(start(0, 'auto'), true, 'auto', 0);
    expect(hls).toMatchObject({ carriage: 'hls', step: 'high', rungs: { small: false, sound: true } });
    expect(run(hls, 0, 5, stalled).step).toBe('high'); // it is being opened
    const sound = run(hls, 0, 9, stalled);
    expect(sound).toMatchObject({ carriage: 'hls', step: 'audio' });
    expect(run(sound, 9000, 60, stalled).step).toBe('audio'); // a sound that stands is not calm
    const back = run(sound, 9000, 13, good);
    expect(back).toMatchObject({ carriage: 'hls', step: 'high', rungs: { small: false } });
    expect(run(back, 22_000, 10, stalled)).toMatchObject({ step: 'audio', patience: 2 * PATIENCE });
    expect(run(startHls(0, 'audio'), 0, 300, good, 'audio').step).toBe('audio');
    expect(startHls(0, 'saver').step).toBe('high');
    const mute = fitted(startHls(0, 'audio'), { small: false, sound: false }, 'audio', 1000);
    expect(mute.step).toBe('high');
    expect(run(mute, 1000, 60, stalled, 'audio').step).toBe('high');
    expect(webrtcWorks(sound, 'auto', 99_000)).toMatchObject({ carriage: 'webrtc', step: 'high', rungs: { small: true } });
  });

  it('never flaps: whatever the network does, it moves at most once in five seconds and never above the wish', () => {
    const any = fc.array(fc.record({ lossRatio: fc.double({ min: 0, max: 1, noNaN: true }), stalledFor: fc.integer({ min: 0, max: 5000 }) }), { maxLength: 300 });
    const begun = fc.oneof(fc.record({ small: fc.boolean(), sound: fc.boolean() }).map(rungs => (wish: Wish) => start(0, wish, rungs)), fc.constant((wish: Wish) => startHls(0, wish)));
    fc.assert(fc.property(any, begun, fc.constantFrom<Wish>('auto', 'saver', 'audio'), (measures, begin, wish) => {
      let ladder = begin(wish);
      let moved = 0;
      measures.forEach((measure, n) => {
        const next = measured(ladder, { at: (n + 1) * 1000, ...measure }, wish);
        if (next.step !== ladder.step) {
          expect((n + 1) * 1000 - moved).toBeGreaterThanOrEqual(5000);
          moved = (n + 1) * 1000;
        }
        expect(steps.indexOf(next.step)).toBeGreaterThanOrEqual(steps.indexOf(best(wish, ladder.rungs)));
        expect(next.step).not.toBe('text');
        if (next.step !== 'high') expect(next.step === 'low' ? next.rungs.small : next.rungs.sound).toBe(true);
        ladder = next;
      });
    }));
  });
});
