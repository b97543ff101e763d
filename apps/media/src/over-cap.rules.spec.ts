import { begin, limitOf, looked, restAfter, WINDOW } from './over-cap.rules.js';

const most = 4_000_000;
const every = 2_500;

/** What each look says from the beginning on. @returns at which second it is ended, and with what mean; null: never */
function ended(bitrates: readonly number[]): { second: number; over: number } | null {
  let sending = begin(0);
  for (const [n, bitrate] of bitrates.entries()) {
    const at = (n + 1) * every;
    const next = looked(sending, { at, bitrate }, most);
    if (next.over !== null) return { second: at / 1_000, over: next.over };
    sending = next.sending;
  }
  return null;
}
const steady = (bitrate: number, seconds = 120): number[] => Array.from({ length: seconds * 1_000 / every }, () => bitrate);

describe('who sends more than is allowed', () => {
  it('is ended after ten seconds, and not before', () => {
    expect(ended(steady(9_000_000))).toEqual({ second: WINDOW / 1_000, over: 9_000_000 });
    expect(ended([...steady(1_000_000, 20), ...steady(20_000_000)])!.second).toBeLessThanOrEqual(20 + WINDOW / 1_000);
  });
  it('is not for being a little over, for ever', () => {
    expect(ended(steady(most))).toBeNull();
    expect(ended(steady(limitOf(most)))).toBeNull();
    expect(ended(steady(limitOf(most) + 1))).not.toBeNull();
  });
  it('is not for a burst, however often', () => {
    expect(ended([...steady(2_000_000, 20), 30_000_000, ...steady(1_000_000, 60)])).toBeNull();
    expect(ended(Array.from({ length: 60 }, (_, n) => (n % 6 === 0 ? 20_000_000 : 1_500_000)))).toBeNull();
  });
  it('is not while it comes down, as a browser does that hears the cap', () => {
    expect(ended([...[30, 24, 19, 15, 12, 9, 7].map((mega) => mega * 1e6), ...steady(3_900_000)])).toBeNull();
    expect(ended([...steady(12_000_000, 7.5), ...steady(4_000_000)])).toBeNull();
  });
  it('is, when coming down never ends', () => {
    expect(ended(Array.from({ length: 48 }, (_, n) => 900_000_000 * 0.9 ** n))).not.toBeNull();
  });
  it('may begin loud: what came before the first look counts for nothing', () => {
    expect(looked(begin(0), { at: 1, bitrate: 1e9 }, most).over).toBeNull();
  });
});

it('lets one in again at once who was ended once, and later each time after that', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 50].map(restAfter)).toEqual([0, 0, 30, 60, 120, 240, 300, 300]);
});
