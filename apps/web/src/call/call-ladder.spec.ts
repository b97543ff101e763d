import { chosen, measured, PATIENCE, start, type CallLadder, type CallMeasure, type CallWish } from './call-ladder';

const fine: Omit<CallMeasure, 'at'> = { lossIn: 0, lossOut: 0, stalledFor: 0, silentFor: 0 };
/** So many seconds of one network, a measure each. */
function after(ladder: CallLadder, seconds: number, measure: Partial<CallMeasure> = {}, wish: CallWish = 'auto'): CallLadder {
  let [now, at] = [ladder, clock];
  for (const end = at + seconds * 1000; at < end;) now = measured(now, { ...fine, ...measure, at: (at += 1000) }, wish);
  clock = at;
  return now;
}
let clock = 0;
beforeEach(() => { clock = 0; });
const settled = () => after(start(0), 6);

it('leaves a burst and two seconds without network alone', () => {
  expect(after(settled(), 3, { lossIn: 0.5 }).step).toBe('video');
  expect(after(settled(), 2, { silentFor: 2000, stalledFor: 2000 }).step).toBe('video');
});

it('goes from picture to sound on losses in either direction, and on to text when words do not come through', () => {
  for (const bad of [{ lossIn: 0.12 }, { lossOut: 0.12 }]) {
    const audio = after(settled(), 5, bad);
    expect([audio.step, audio.reason]).toEqual(['audio', 'loss']);
    expect(after(audio, 30, bad).step).toBe('audio');
  }
  const text = after(settled(), 20, { lossIn: 0.4 });
  expect([text.step, text.reason]).toEqual(['text', 'loss']);
});

it('goes down when the picture stands still while words come, and stays when the other side is gone', () => {
  expect(after(settled(), 5, { stalledFor: 3000 }).reason).toBe('stalled');
  const gone = after(settled(), 30, { silentFor: 5000, stalledFor: 5000 });
  expect(gone.step).toBe('video');
  expect(after(gone, 30).step).toBe('video');
});

it('climbs again one step at a time once it is calm', () => {
  const text = after(settled(), 20, { lossIn: 0.4 });
  const audio = after(text, 12);
  expect([audio.step, audio.reason]).toEqual(['audio', 'calm']);
  expect(after(audio, 12).step).toBe('video');
});

it('waits longer after a climb that failed, and no longer after one that held', () => {
  const audio = after(settled(), 6, { lossOut: 0.15 });
  const failed = after(after(audio, 12), 8, { lossOut: 0.15 });
  expect([failed.step, failed.patience]).toEqual(['audio', PATIENCE * 2]);
  const held = after(after(failed, 22), 40);
  expect(held.step).toBe('video');
  expect(after(held, 6, { lossOut: 0.15 }).patience).toBe(PATIENCE);
});

it('does what the person chose, and never more', () => {
  const audio = chosen(settled(), 'audio', clock);
  expect([audio.step, audio.reason]).toEqual(['audio', 'wish']);
  expect(after(audio, 60, {}, 'audio').step).toBe('audio');
  expect(after(chosen(audio, 'text', clock), 60, {}, 'text').step).toBe('text');
  expect(chosen(audio, 'auto', clock).step).toBe('video');
});
