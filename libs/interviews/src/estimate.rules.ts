/** How long somebody waits, said as a range that four of five calls should fall into: pure, seconds everywhere. */

/** One meeting as it was measured. */
export interface Measured { leaderId: string; calledAt: Date; endedAt: Date; /** When its candidate had joined the queue; null: a booked slot. */ joinedAt: Date | null }
export interface Range { earliest: number; latest: number }
/** A time that is booked and not called yet, seconds from now; it may have passed. */
export interface Booked { from: number; to: number }
/** A recruiter who calls from the queue, between what is booked with them. */
export interface AtWork {
  /** Seconds since their call; null: free. */
  since: number | null;
  /** In the order of their times. */
  booked?: readonly Booked[];
}
/** What is known of a queue's pace. */
export interface Pace {
  /** What the recruiter plans for each, seconds. */
  planned: number;
  /** Measured, from a call to the recruiter's next one. */
  cycles: readonly number[];
  /** Each recruiter at work. Nobody: it is not known when somebody begins. */
  recruiters: readonly AtWork[];
  /** Nobody is at work: what is booked with the one who is expected first. */
  awaited?: readonly Booked[];
}

/** Seconds between two candidates while nothing is measured: the recruiter writes the sheet. */
const TURNOVER = 45;
/** Between two calls with somebody waiting: longer is a break, not a turnover. */
const LONGEST_TURNOVER = 900;
/** A recruiter who is free presses the button within about that. */
const REACTION = 30;
/** Nobody is at work: somebody begins after about that. */
const ABSENCE = 600;
/** What plans are worth: their error and the spread of meetings, both of the logarithm, and how many measurements outweigh them. */
const PLAN = { error: 0.35, spread: 0.4, worth: 5 };
/** Of the pace from here on, that nobody can know: recruiters leave, come, and get tired. */
const DRIFT = 0.05;
const SAMPLES = 200;
/** Four of five lie between. */
const [LOW, HIGH] = [0.1, 0.9];
/** Steps in which a range is said. */
const STEP = 30;

/**
 * Seconds from each call to the same recruiter's next. The time between counts only where the next candidate was waiting already: an
 * empty queue is nobody's slowness. Without it the usual turnover is added.
 */
export function cyclesOf(rows: readonly Measured[]): number[] {
  const byLeader = new Map<string, Measured[]>();
  for (const row of rows) byLeader.set(row.leaderId, [...(byLeader.get(row.leaderId) ?? []), row]);
  return [...byLeader.values()].flatMap((own) => {
    const inOrder = [...own].sort((a, b) => a.calledAt.getTime() - b.calledAt.getTime());
    return inOrder.map((row, n) => secondsBetween(row.calledAt, row.endedAt) + turnover(row, inOrder[n + 1]));
  });
}

function turnover(row: Measured, next: Measured | undefined): number {
  if (!next?.joinedAt || next.joinedAt > row.endedAt) return TURNOVER;
  const gap = secondsBetween(row.endedAt, next.calledAt);
  return gap >= 0 && gap <= LONGEST_TURNOVER ? gap : TURNOVER;
}

/** Minutes that one takes here, as it is shown: the plan until there are measurements that outweigh it. */
export function minutesEach({ planned, cycles }: Pick<Pace, 'planned' | 'cycles'>): number {
  const { mean } = believed(planned, cycles);
  return Math.max(1, Math.round(Math.exp(mean) / 60));
}

/**
 * The range of the first, second … `count`-th call from now, by playing the queue many times: each time with a pace that the plan
 * and the measurements leave possible, so the range is wide while little is known. The same facts give the same range.
 */
export function ranges(pace: Pace, count: number): Range[] {
  return count > 0 ? played(pace, count, 0).map(rangeOf) : [];
}

/** The range of one call alone, `place` being 1 for the next: the last of `ranges(pace, place)`. */
export function rangeAt(pace: Pace, place: number): Range {
  return rangeOf(played(pace, place, place - 1)[0]!);
}

/** In each sample, when the calls from the number `from` (0 is the next) up to `count` come. */
function played(pace: Pace, count: number, from: number): number[][] {
  const calls: number[][] = Array.from({ length: count - from }, () => []);
  // Each future has chances of its own, so that the calls before a place are the same however many are looked at.
  for (let sample = 0; sample < SAMPLES; sample += 1) play(pace, numbers(sample * 7_919 + pace.cycles.length), (n, at) => calls[n - from]?.push(at), count);
  return calls;
}

function rangeOf(times: number[]): Range {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
  return { earliest: Math.floor(at(LOW) / STEP) * STEP, latest: Math.max(2 * STEP, Math.ceil(at(HIGH) / STEP) * STEP) };
}

/** How promises held: each wait and what was said of it, seconds. */
export interface Held extends Range {
  waited: number;
  /** Nobody called them: they waited so long at least. */
  uncalled?: boolean;
}

/** Whether it says something of a promise: the call came, or did not come in the time that was said. Who left before it says nothing. */
export const isKnown = ({ waited, latest, uncalled }: Held): boolean => !uncalled || waited > latest;

/** The middle of what was said against the wait, and how many waits fell into their range; who was not called in time is outside. */
export function accuracyOf(all: readonly Held[]): { calls: number; uncalled: number; medianError: number; ninetieth: number; within: number } {
  const held = all.filter(isKnown);
  if (held.length === 0) return { calls: 0, uncalled: 0, medianError: 0, ninetieth: 0, within: 0 };
  const uncalled = held.filter((each) => each.uncalled).length;
  const errors = held.map(({ waited, earliest, latest }) => Math.abs(waited - (earliest + latest) / 2)).sort((a, b) => a - b);
  const within = held.filter((each) => !each.uncalled && each.waited >= each.earliest && each.waited <= each.latest).length;
  const atShare = (share: number) => Math.round((errors[Math.ceil(share * errors.length) - 1]! / 60) * 10) / 10; // nearest rank
  return { calls: held.length - uncalled, uncalled, medianError: atShare(0.5), ninetieth: atShare(0.9), within: Math.round((within / held.length) * 100) / 100 };
}

/** One future of the queue. */
function play({ planned, cycles, recruiters, awaited = [] }: Pace, random: Numbers, called: (n: number, at: number) => void, count: number): void {
  const { mean, error, spread } = believed(planned, cycles);
  const pace = mean + error * random.normal() + DRIFT * random.normal();
  const meeting = () => Math.exp(pace + spread * random.normal());
  // Who has booked a time is seen before another one is called who would not be done by then: how much of a meeting must fit is their habit.
  const fits = random.uniform() * Math.exp(pace);
  const desks: Desk[] = recruiters.length === 0 ? [{ free: begins(awaited, random), booked: awaited, seen: 0 }]
    : recruiters.map(({ since, booked = [] }) => ({ free: since === null ? random.exponential(REACTION) : rest(meeting, since, random), booked, seen: 0 }));
  for (let n = 0; n < count;) {
    const desk = desks.reduce((first, each) => (each.free < first.free ? each : first));
    const next = desk.booked[desk.seen];
    if (next && next.from - desk.free < fits) {
      desk.seen += 1;
      // As much longer or shorter than planned as meetings are here.
      desk.free = Math.max(desk.free, next.from) + meeting() * ((next.to - next.from + TURNOVER) / (planned + TURNOVER));
      continue;
    }
    called(n, desk.free);
    n += 1;
    desk.free += meeting();
  }
}

/** A recruiter in one future: when they are free, and how many of their booked times are over by then. */
interface Desk { free: number; booked: readonly Booked[]; seen: number }

/** Nobody is at work: when somebody is, at the latest for what is booked with them. */
function begins([first]: readonly Booked[], random: Numbers): number {
  const at = random.exponential(ABSENCE);
  return first && first.from > 0 ? Math.min(at, first.from) : at;
}

/** What is left of a meeting that has lasted `since` seconds. One that is longer than any we think of may end at any moment. */
function rest(meeting: () => number, since: number, random: Numbers): number {
  for (let tries = 0; tries < 12; tries += 1) {
    const whole = meeting();
    if (whole > since) return whole - since;
  }
  return random.exponential(meeting() / 3);
}

/** Of the logarithm of a cycle: where its mean lies, how far off that may be, and the spread of single ones. */
function believed(planned: number, cycles: readonly number[]): { mean: number; error: number; spread: number } {
  const plan = Math.log(planned + TURNOVER);
  const logs = cycles.map((seconds) => Math.log(Math.max(10, seconds)));
  const n = logs.length;
  const average = n === 0 ? plan : logs.reduce((sum, each) => sum + each, 0) / n;
  const squares = logs.reduce((sum, each) => sum + (each - average) ** 2, 0);
  const variance = (PLAN.worth * PLAN.spread ** 2 + squares) / (PLAN.worth + Math.max(0, n - 1));
  const [trustPlan, trustMeasured] = [1 / PLAN.error ** 2, n / variance];
  return { mean: (plan * trustPlan + average * trustMeasured) / (trustPlan + trustMeasured), error: Math.sqrt(1 / (trustPlan + trustMeasured)), spread: Math.sqrt(variance) };
}

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1_000;

interface Numbers { normal(): number; exponential(mean: number): number; uniform(): number }

/** Mulberry32: the same facts are played with the same chances, so that a range does not flicker. */
export function numbers(seed: number): Numbers {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const positive = () => Math.max(uniform(), 1e-12);
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(positive())) * Math.cos(2 * Math.PI * uniform()), exponential: (mean) => -mean * Math.log(positive()) };
}
