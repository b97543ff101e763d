import { KeyFrameGate } from './key-frame-gate.js';

describe('KeyFrameGate', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Resolves to whether it has passed by now. */
  const watch = (passing: Promise<void>) => {
    const state = { passed: false };
    void passing.then(() => { state.passed = true; });
    return state;
  };

  it('lets the first ask at once, and whoever comes while the key frame is on its way share it', async () => {
    const gate = new KeyFrameGate(300);
    await gate.pass();
    await jest.advanceTimersByTimeAsync(50);
    await gate.pass();
  });

  it('lets those who come after it wait for the end of the rest, and ask together', async () => {
    const gate = new KeyFrameGate(300);
    await gate.pass();
    gate.arrived();
    await jest.advanceTimersByTimeAsync(100);
    const one = watch(gate.pass());
    await jest.advanceTimersByTimeAsync(150);
    const two = watch(gate.pass());
    await jest.advanceTimersByTimeAsync(49);
    expect([one.passed, two.passed]).toEqual([false, false]);
    await jest.advanceTimersByTimeAsync(1);
    expect([one.passed, two.passed]).toEqual([true, true]);
    // The rest begins anew with what they asked.
    gate.arrived();
    const three = watch(gate.pass());
    await jest.advanceTimersByTimeAsync(299);
    expect(three.passed).toBe(false);
  });

  it('asks again when a key frame has not come within the rest', async () => {
    const gate = new KeyFrameGate(300);
    await gate.pass();
    await jest.advanceTimersByTimeAsync(300);
    await gate.pass();
    gate.arrived();
    const next = watch(gate.pass());
    await jest.advanceTimersByTimeAsync(299);
    expect(next.passed).toBe(false);
  });
});
