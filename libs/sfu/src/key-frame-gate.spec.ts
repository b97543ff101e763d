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

  describe('of a publisher who makes key frames on demand', () => {
    const open = () => {
      let wanted = 0;
      const gate = new KeyFrameGate(300, () => { wanted += 1; });
      return { gate, wanted: () => wanted };
    };
    const after = (ms: number) => jest.advanceTimersByTimeAsync(ms);

    it('leaves the first to RTCP, and wants one aloud when it has not come in a moment', async () => {
      const { gate, wanted } = open();
      gate.started();
      await after(40);
      gate.arrived();
      await after(300);
      expect(wanted()).toBe(0);
      gate.started();
      await after(100);
      expect(wanted()).toBe(1);
    });

    it('lets nobody of a burst wait for the end of the rest: one for all who came within 50 ms', async () => {
      const { gate, wanted } = open();
      gate.started();
      gate.arrived();
      const counts: number[] = [];
      for (let n = 0; n < 4; n++) {
        await after(50);
        gate.started();
        await after(1);
        counts.push(wanted());
        if (n % 2 === 1) gate.arrived();
      }
      expect(counts).toEqual([1, 1, 2, 2]);
    });

    it('makes a crowd wait for the rest after a burst, for the sake of the picture', async () => {
      const { gate, wanted } = open();
      for (let n = 0; n < 60; n++) {
        gate.started();
        await after(100);
        gate.arrived();
      }
      expect(wanted()).toBeGreaterThan(9);
      expect(wanted()).toBeLessThan(25); // six seconds: ten at once, and two a second
    });

    it('gives a recorder its own at once, in the middle of the rest', () => {
      const { gate, wanted } = open();
      gate.started();
      gate.arrived();
      expect(gate.demand()).toBe(true);
      expect(gate.demand()).toBe(true);
      expect(wanted()).toBe(2);
      expect(new KeyFrameGate(300).demand()).toBe(false);
    });

    it('turns to RTCP for a while when the publisher does not answer', async () => {
      const { gate } = open();
      for (let n = 0; n < 4; n++) {
        gate.demand();
        await after(400);
      }
      expect(gate.onDemand).toBe(false);
      await after(10_000);
      expect(gate.onDemand).toBe(true);
      // Again, and for longer.
      for (let n = 0; n < 4; n++) {
        gate.demand();
        await after(400);
      }
      await after(10_000);
      expect(gate.onDemand).toBe(false);
    });
  });
});
