import type { RoomPass } from '#libs/contracts';
import { ApiError } from '../net/api';
import { HeldPass } from './held-pass';

const pass = (): RoomPass => ({ roomId: 'room', token: 't', expiresAt: new Date(Date.now() + 100_000).toISOString(), nodeUrl: 'http://node', role: 'viewer', sources: [], iceServers: [] });
const seconds = (n: number) => jest.advanceTimersByTimeAsync(n * 1000);

/** An API whose next answers are given by hand. */
function slowApi() {
  const waiting: { yes(pass: RoomPass): void; no(error: Error): void }[] = [];
  return { waiting, ask: jest.fn(() => new Promise<RoomPass>((yes, no) => waiting.push({ yes, no }))) };
}

describe('the renewal of a pass', () => {
  beforeEach(() => { jest.useFakeTimers(); jest.spyOn(console, 'warn').mockReturnValue(); });
  afterEach(() => { jest.useRealTimers(); jest.restoreAllMocks(); });
  function planned() {
    const api = slowApi();
    const renew = jest.fn(() => Promise.resolve());
    const held = new HeldPass(api.ask, () => undefined, pass());
    held.plan(renew);
    return { ...api, renew, held };
  }

  it('is asked for at three quarters of its life, and again soon when the API does not answer', async () => {
    const { ask, waiting, renew } = planned();
    await seconds(74);
    expect(ask).not.toHaveBeenCalled();
    await seconds(2);
    expect(ask).toHaveBeenCalledTimes(1);
    waiting[0].no(new ApiError('offline', '', 0, 'r'));
    await seconds(5);
    expect(ask).toHaveBeenCalledTimes(2);
    const next = pass();
    waiting[1].yes(next);
    await seconds(0);
    expect(renew.mock.calls).toEqual([[next]]);
  });

  it('is over with the room, however what was asked before is answered', async () => {
    for (const answer of ['yes', 'no'] as const) {
      const { ask, waiting, renew, held } = planned();
      await seconds(76);
      held.stop();
      if (answer === 'yes') waiting[0].yes(pass());
      else waiting[0].no(new ApiError('offline', '', 0, 'r'));
      await seconds(300);
      expect([answer, ask.mock.calls.length, renew.mock.calls.length, jest.getTimerCount()]).toEqual([answer, 1, 0, 0]);
    }
  });

  it('is one: what was asked before another was planned neither renews nor plans', async () => {
    const { ask, waiting, renew, held } = planned();
    await seconds(76);
    held.take(pass());
    held.plan(renew); // entered anew meanwhile
    waiting[0].no(new ApiError('offline', '', 0, 'r'));
    await seconds(10);
    expect([ask.mock.calls.length, jest.getTimerCount()]).toEqual([1, 1]);
    await seconds(66);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('is not asked for again where the API has said no', async () => {
    const { ask, waiting } = planned();
    await seconds(76);
    waiting[0].no(new ApiError('banned', '', 403, 'r'));
    await seconds(300);
    expect([ask.mock.calls.length, jest.getTimerCount()]).toEqual([1, 0]);
  });
});
