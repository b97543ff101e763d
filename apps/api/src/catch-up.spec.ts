import type { AnyEnvelope } from '#libs/contracts';
import { entry, LiveApi, updated } from '../../../test/support/live.js';
import { CatchUp, type Missed } from './catch-up.js';

let live: LiveApi;
beforeAll(async () => { live = await LiveApi.start(); });
afterAll(() => live.close());

describe('catching up', () => {
  it('from the log, while events keep coming, leaves no gap and no overlap to who joins inside', async () => {
    const made = await live.fair();
    for (let n = 0; n < 5; n += 1) await live.append(...Array.from({ length: 80 }, () => updated(made)));
    await live.settled();
    const log = await live.feed.since(0, { scopeId: made.id, limit: 10_000 });
    const since = log[0]!.position;
    let stop = false;
    const rush = (async () => { while (!stop) await live.append(updated(made), entry(made, 1)); })();
    const joined: { missed: Missed; heard: AnyEnvelope[]; end: () => void }[] = [];
    for (let n = 0; n < 40; n += 1) {
      // Just started: nothing is in memory yet, so the log is read, and the head moves meanwhile.
      await new CatchUp(live.feed).read([`fair:${made.id}`], since, (missed) => {
        const heard: AnyEnvelope[] = [];
        const end = live.feed.follow((events) => heard.push(...events.filter(({ type }) => type === 'fair.updated')));
        joined.push({ missed, heard, end });
      });
    }
    stop = true;
    await rush;
    await live.settled();
    const whole = await live.feed.since(since, { scopeId: made.id, types: ['fair.updated'], limit: 10_000 });
    for (const { missed, heard, end } of joined) {
      end();
      expect([...missed!, ...heard].map(({ position }) => position)).toEqual(whole.map(({ position }) => position));
    }
    expect(joined.some(({ heard }) => heard.length > 0)).toBe(true);
  });
});
