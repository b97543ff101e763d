/** How many letters must be changed, added or removed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

/** The known name that somebody may have meant, if one is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map((each) => ({ each, far: distance(name.toUpperCase(), each.toUpperCase()) })).sort((a, b) => a.far - b.far);
  const best = ranked.at(0);
  return best && best.far <= Math.max(2, Math.floor(name.length / 3)) ? best.each : undefined;
}
