/** How well the line to this server carries a call: answers' delay and a file's speed, three seconds at most. */
export type LineQuality = 'best' | 'good' | 'fair' | 'weak';

const TRIES = 4;
const LIMIT = 6000;

/** Milliseconds, and bits a second. Pure. */
export function qualityOf({ roundTrip, rate }: { roundTrip: number; rate: number }): LineQuality {
  if (roundTrip < 150 && rate > 2_000_000) return 'best';
  if (roundTrip < 300 && rate > 1_000_000) return 'good';
  if (roundTrip < 700 && rate > 250_000) return 'fair';
  return 'weak';
}

async function timed(path: string, signal: AbortSignal): Promise<{ took: number; bytes: number }> {
  const begun = performance.now();
  const answer = await fetch(path, { cache: 'no-store', signal });
  const bytes = (await answer.arrayBuffer()).byteLength;
  return { took: performance.now() - begun, bytes };
}

/** Rejects when nothing comes back at all; a line too slow to measure in time is weak. */
export async function lineCheck(): Promise<LineQuality> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT);
  try {
    const delays: number[] = [];
    for (let n = 0; n < TRIES; n++) delays.push((await timed('/healthz', stop.signal)).took);
    const roundTrip = delays.sort((a, b) => a - b)[Math.floor(TRIES / 2)];
    const { took, bytes } = await timed(`/share.png?check=${Date.now()}`, stop.signal);
    return qualityOf({ roundTrip, rate: (bytes * 8000) / Math.max(1, took - roundTrip / 2) });
  } catch (error) {
    if (stop.signal.aborted) return 'weak';
    throw error;
  } finally { clearTimeout(timer); }
}
