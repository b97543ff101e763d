import type { PublishingStats } from '#libs/contracts';

export type Received = PublishingStats['received'];
type Step = keyof Received;

/** A track that somebody is sent now: not paused at either end, over a line that stands. */
export interface Track {
  kind: 'audio' | 'video';
  /** Of a picture: how many sizes of it are published. */
  sizes: number;
  /** The size that is sent now, 0 the smallest; null: none. Of a picture of one size it is not asked for. */
  size: number | null;
}

/** The best first. */
const steps: readonly Step[] = ['high', 'middle', 'low', 'sound'];

/** What one line brings, by the best of its pictures; null: nothing yet. */
export function stepOf(tracks: readonly Track[]): Step | null {
  const all = tracks.flatMap(({ kind, sizes, size }): Step[] => {
    if (kind === 'audio') return ['sound'];
    if (sizes < 2 || size === sizes - 1) return ['high'];
    if (size === null) return [];
    return [size === 0 ? 'low' : 'middle'];
  });
  return steps.find((step) => all.includes(step)) ?? null;
}

/** How many people get what. Somebody with two pages counts once, with the better. */
export function received(lines: readonly { personKey: string; tracks: readonly Track[] }[]): Received {
  const best = new Map<string, number>();
  for (const { personKey, tracks } of lines) {
    const step = stepOf(tracks);
    if (step) best.set(personKey, Math.min(best.get(personKey) ?? steps.length, steps.indexOf(step)));
  }
  const count: Received = { high: 0, middle: 0, low: 0, sound: 0 };
  for (const index of best.values()) count[steps[index]!] += 1;
  return count;
}
