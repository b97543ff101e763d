import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { accuracyOf, cyclesOf, minutesEach, numbers, rangeAt, ranges, type Held } from './estimate.rules.js';

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1_000);

describe('a cycle', () => {
  it('is from a call to the recruiter’s next, where the next one was waiting already', () => {
    expect(cyclesOf([
      { leaderId: 'a', calledAt: at(0), endedAt: at(400), joinedAt: at(-60) },
      { leaderId: 'b', calledAt: at(10), endedAt: at(300), joinedAt: at(0) },
      { leaderId: 'a', calledAt: at(430), endedAt: at(700), joinedAt: at(100) }, // waited: 30 s of turnover
      { leaderId: 'a', calledAt: at(2_000), endedAt: at(2_100), joinedAt: at(1_900) }, // nobody waited for them: the usual turnover
    ]).sort((x, y) => x - y)).toEqual([145, 315, 335, 430]);
  });
});

describe('a range', () => {
  const width = ([{ earliest, latest }]: { earliest: number; latest: number }[]) => latest - earliest;

  it('is the same for the same facts, and later for who stands further back', () => {
    const pace = { planned: 480, cycles: [300, 500, 420], recruiters: [120, null] };
    const said = ranges(pace, 8);
    expect(ranges(pace, 8)).toEqual(said);
    for (let n = 1; n < said.length; n += 1) {
      expect(said[n]!.earliest).toBeGreaterThanOrEqual(said[n - 1]!.earliest);
      expect(said[n]!.latest).toBeGreaterThanOrEqual(said[n - 1]!.latest);
    }
    expect(ranges(pace, 0)).toEqual([]);
    expect(rangeAt(pace, 3)).toEqual(said[2]);
  });

  it('widens with ignorance: nothing measured, and nobody at work', () => {
    const measured = Array.from({ length: 30 }, (_, n) => 480 + ((n * 37) % 90) - 45);
    const fifth = (cycles: number[], recruiters: (number | null)[]) => width([ranges({ planned: 435, cycles, recruiters }, 5)[4]!]);
    expect(fifth([], [null])).toBeGreaterThan(2 * fifth(measured, [null]));
    expect(fifth(measured, [])).toBeGreaterThan(fifth(measured, [null]));
  });

  it('believes what was measured more than what was planned, the more of it there is', () => {
    const minutes = (count: number) => minutesEach({ planned: 480, cycles: Array.from({ length: count }, () => 900) });
    expect([minutes(0), minutes(40)]).toEqual([9, 15]);
    expect(minutes(3)).toBeGreaterThan(9);
    expect(minutes(3)).toBeLessThan(15);
  });
});

interface Booth { planned: number; factor: number; spread: number; recruiters: number; load: number }

/** A morning at a booth whose pace nobody knows: what was said when each joined, and when they were called. Those who found it empty are left out. */
function morning(seed: number, { planned, factor, spread, recruiters, load }: Booth): Held[] {
  const random = numbers(seed);
  const typical = planned * factor;
  const meeting = () => Math.max(60, typical * Math.exp(spread * random.normal() - spread ** 2 / 2)) + random.exponential(40);
  const meetings: { since: number; until: number; by: number }[] = [];
  const waiting: { joined: number; earliest: number; latest: number }[] = [];
  const held: Held[] = [];
  const busy = (by: number, now: number) => meetings.find((each) => each.by === by && each.until > now);
  for (let now = 0, next = 0; now < 3 * 3_600; now += 10) {
    for (let by = 0; by < recruiters; by += 1) {
      if (busy(by, now) || waiting.length === 0) continue;
      const { joined, ...said } = waiting.shift()!;
      if (now - joined > 60) held.push({ waited: now - joined, ...said });
      meetings.push({ since: now, until: now + meeting(), by });
    }
    if (now < next) continue;
    next = now + random.exponential((typical + 40) / recruiters / load);
    const pace = {
      planned, cycles: meetings.filter(({ until }) => until <= now).slice(-60).map(({ since, until }) => until - since),
      recruiters: Array.from({ length: recruiters }, (_, by) => { const current = busy(by, now); return current ? now - current.since : null; }),
    };
    waiting.push({ joined: now, ...rangeAt(pace, waiting.length + 1) });
  }
  return held;
}

describe('what was promised, held against what happened', () => {
  it('holds for about four of five, whatever the pace: plans off by two, one to three recruiters, meetings of all lengths', () => {
    const all: Held[] = [];
    fc.assert(fc.property(
      fc.record({
        planned: fc.constantFrom(300, 480, 720), factor: fc.double({ min: 0.6, max: 1.8, noNaN: true }), spread: fc.double({ min: 0.2, max: 0.6, noNaN: true }),
        recruiters: fc.integer({ min: 1, max: 3 }), load: fc.double({ min: 0.8, max: 1.5, noNaN: true }), seed: fc.integer({ min: 1, max: 1e6 }),
      }),
      ({ seed, ...booth }) => {
        const held = morning(seed, booth);
        all.push(...held);
        for (const { earliest, latest } of held) expect(earliest).toBeLessThanOrEqual(latest);
      },
    ), runs(14, 150));
    const { calls, medianError, within } = accuracyOf(all);
    const wide = all.map(({ earliest, latest }) => (latest - earliest) / 60).sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
    process.stdout.write(`estimates: ${calls} calls, ${Math.round(within * 100)} % within, median error ${medianError} min, median width ${wide} min\n`);
    expect(calls).toBeGreaterThan(100);
    expect(within).toBeGreaterThan(0.7);
    // An answer that is always right and says nothing would be of no use.
    expect(medianError).toBeLessThan(15);
  });
});
