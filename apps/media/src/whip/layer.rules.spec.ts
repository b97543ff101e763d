import { reported, start, type Standing } from './layer.rules.js';

/** A report every two seconds. */
function after(standing: Standing, from: number, losses: readonly number[]): { standing: Standing; layers: number[]; at: number } {
  let at = from;
  const layers = losses.map((lossRatio) => {
    at += 2_000;
    standing = reported(standing, { at, lossRatio }, 2);
    return standing.layer;
  });
  return { standing, layers, at };
}
const times = (count: number, lossRatio: number): number[] => Array<number>(count).fill(lossRatio);

describe('the layer that a player is sent', () => {
  it('goes down step by step while much is lost, to the smallest and no further', () => {
    expect(after(start(2, 0), 0, times(12, 0.2)).layers).toEqual([2, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('stays for one bad report, and for losses that retransmission mends', () => {
    expect(after(start(2, 0), 20_000, [0, 0.3, 0, 0.3, 0.05, 0.05, 0.05, 0.05]).layers).toEqual(times(8, 2));
  });

  it('climbs after a calm, and waits twice as long when a climb has failed', () => {
    const calm = after(start(1, 0), 0, times(6, 0));
    expect(calm.layers).toEqual([1, 1, 1, 1, 1, 2]);
    const failed = after(calm.standing, calm.at, times(4, 0.2));
    expect(failed.layers).toEqual([2, 2, 1, 1]);
    expect(after(failed.standing, failed.at, times(13, 0)).layers).toEqual([...times(12, 1), 2]);
  });
});
