import { EventEmitter } from 'node:events';
import type { Consumer } from '#libs/sfu';
import { followLosses } from './following.js';

type Followed = Parameters<typeof followLosses>[0];

/** A player's consumer whose losses a test sets; `preferred` are the layers that were asked of it. */
class Player extends EventEmitter {
  readonly preferred: number[] = [];
  lossRatio = 0;
  asked = 0;
  failing = false;
  slow: Promise<void> | null = null;

  constructor(readonly type: Consumer['type'] = 'simulcast') { super(); }

  async stats(): Promise<{ type: string; fractionLost?: number }[]> {
    this.asked += 1;
    await this.slow;
    return [{ type: 'inbound-rtp', fractionLost: 255 }, { type: 'outbound-rtp', fractionLost: Math.round(this.lossRatio * 256) }];
  }

  async setPreferredLayers({ spatialLayer }: { spatialLayer: number }): Promise<void> {
    if (this.failing) throw new Error('the worker is busy');
    this.preferred.push(spatialLayer);
  }
}
const follow = (player: Player, layers = 3) => followLosses(player as unknown as Followed, layers);
const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1_000);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a player that loses packets', () => {
  it('gets smaller pictures, down to the smallest, and a larger one again when its line is calm', async () => {
    const player = new Player();
    follow(player);
    await pass(30);
    expect(player.preferred).toEqual([]);
    player.lossRatio = 0.2;
    await pass(30);
    expect(player.preferred).toEqual([1, 0]);
    player.lossRatio = 0;
    await pass(14);
    expect(player.preferred).toEqual([1, 0, 1]);
  });

  it('is asked for its step again when the step failed', async () => {
    const player = new Player();
    follow(player);
    await pass(6);
    [player.lossRatio, player.failing] = [0.2, true];
    await pass(10);
    expect(player.preferred).toEqual([]);
    player.failing = false;
    await pass(2);
    expect(player.preferred).toEqual([1]);
  });

  it('is looked at once at a time, and not after its end', async () => {
    const player = new Player();
    follow(player);
    let answer = (): void => {};
    player.slow = new Promise((resolve) => { answer = resolve; });
    await pass(20);
    expect(player.asked).toBe(1);
    answer();
    await pass(4);
    expect(player.asked).toBeGreaterThan(1);
    const before = player.asked;
    player.emit('closed');
    await pass(20);
    expect([player.asked, jest.getTimerCount()]).toEqual([before, 0]);
  });

  it.each([['simulcast', 1], ['simple', 3]] as const)('is not followed when there is nothing to choose from: %s with %i layers', async (type, layers) => {
    const player = new Player(type);
    player.lossRatio = 0.5;
    follow(player, layers);
    await pass(30);
    expect([player.asked, player.preferred]).toEqual([0, []]);
  });
});
