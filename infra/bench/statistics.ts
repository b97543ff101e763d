/** The middle of some numbers. */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * A confidence interval of the median by order statistics: no assumption about the distribution. The narrowest pair of
 * ranks that covers the median with 95 % or more (sign test; Conover, Practical Nonparametric Statistics, 3.2); for fewer
 * than six numbers no ranks do, and the interval is all of them.
 */
export function medianInterval(numbers: number[]): [low: number, high: number] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const n = sorted.length;
  let cut = 0;
  for (let outside = 2 * 0.5 ** n, term = 0.5 ** n, k = 1; outside <= 0.05 && k <= n / 2; k++) {
    cut = k - 1;
    term = (term * (n - k + 1)) / k;
    outside += 2 * term;
  }
  return [sorted[cut]!, sorted[n - 1 - cut]!];
}
