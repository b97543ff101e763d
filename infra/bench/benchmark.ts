/** What a benchmark is: pairs of the same work, ours and its floor, measured in one run. */

/** Figures of one pair, by metric; what could not be measured is left out. All are better when lower, unless the metric says otherwise. */
export type Pair = Record<string, { value: number; floor: number }>;

export interface Metric {
  name: string;
  unit: string;
  /** What is asked of it: of the value itself or of value / floor. Absent: it is only reported. */
  goal?: { of: 'value' | 'ratio'; atMost: number } | { of: 'value' | 'ratio'; atLeast: number };
}

export interface Run {
  /** Measures one pair. `oursFirst` alternates, so that what drifts on the machine drifts under both. */
  pair(oursFirst: boolean): Promise<Pair>;
  /** Value and floor over all pairs together, for what one pair is too small for: a 95th percentile. The ratio stays that of the pairs. */
  whole?(): Pair;
  /** Lines for people below the table. */
  notes?(): string[];
  close(): Promise<void>;
}

export interface Benchmark {
  name: string;
  /** One sentence: what is measured. */
  about: string;
  /** One sentence: what the floor is. */
  floor: string;
  metrics: Metric[];
  /** How many pairs, whole and with `--quick` (which must end within 50 s). */
  pairs: { whole: number; quick: number };
  open(options: { quick: boolean }): Promise<Run>;
}

/** Runs ours and the floor one after the other, in the order that the pair asks for. */
export async function inOrder<T>(oursFirst: boolean, ours: () => Promise<T>, floor: () => Promise<T>): Promise<{ value: T; floor: T }> {
  if (oursFirst) {
    const value = await ours();
    return { value, floor: await floor() };
  }
  const below = await floor();
  return { value: await ours(), floor: below };
}
