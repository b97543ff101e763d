import type { Benchmark, Metric, Pair } from './benchmark.js';
import { median, medianInterval } from './statistics.js';

/** One line for programs; a missing goal is null and counts as neither met nor missed. */
export interface Line {
  bench: string;
  metric: string;
  value: number;
  floor: number;
  /** Median of value / floor over the pairs. */
  ratio: number;
  goal: string | null;
  met: boolean | null;
  /** What the goal asks of, in the pair where it was worst; null without a goal. */
  worst: number | null;
}

const round = (n: number) => Number(n.toPrecision(4));

function judge(metric: Metric, value: number, ratio: number): Pick<Line, 'goal' | 'met'> {
  if (!metric.goal) return { goal: null, met: null };
  const measured = metric.goal.of === 'value' ? value : ratio;
  const what = metric.goal.of === 'value' ? metric.unit : '× floor';
  return 'atMost' in metric.goal
    ? { goal: `<= ${metric.goal.atMost} ${what}`, met: measured <= metric.goal.atMost }
    : { goal: `>= ${metric.goal.atLeast} ${what}`, met: measured >= metric.goal.atLeast };
}

function worstOf({ goal }: Metric, values: number[], ratios: number[]): number | null {
  if (!goal) return null;
  const measured = goal.of === 'value' ? values : ratios;
  return round('atMost' in goal ? Math.max(...measured) : Math.min(...measured));
}

/** Sums up the pairs: a table for people on `say`, the lines for programs as the result. */
export function report(benchmark: Benchmark, pairs: Pair[], say: (line: string) => void, whole: Pair = {}): Line[] {
  say(`\n${benchmark.name}: ${benchmark.about}\nfloor: ${benchmark.floor}\n${pairs.length} interleaved pairs, medians, 95 % interval of the ratio\n`);
  return benchmark.metrics.flatMap((metric) => {
    const of = pairs.flatMap((pair) => pair[metric.name] ?? []);
    const some = of.length < pairs.length ? `   (${of.length} of ${pairs.length} pairs)` : '';
    if (of.length === 0) {
      say(`  ${metric.name.padEnd(28)} not measured on this machine`);
      return [];
    }
    const ratios = of.map(({ value, floor }) => value / floor);
    const { value, floor } = whole[metric.name] ?? { value: median(of.map((each) => each.value)), floor: median(of.map((each) => each.floor)) };
    const ratio = median(ratios);
    const [low, high] = medianInterval(ratios);
    const verdict = judge(metric, value, ratio);
    const worst = worstOf(metric, of.map((each) => each.value), ratios);
    const asked = verdict.goal === null ? '' : `   goal ${verdict.goal}: ${verdict.met ? 'met' : 'MISSED'}, worst pair ${worst}`;
    say(`  ${metric.name.padEnd(28)} ${round(value)} ${metric.unit}   floor ${round(floor)}   ratio ${round(ratio)} [${round(low)}, ${round(high)}]${asked}${some}`);
    return { bench: benchmark.name, metric: `${metric.name} (${metric.unit})`, value: round(value), floor: round(floor), ratio: round(ratio), ...verdict, worst };
  });
}
