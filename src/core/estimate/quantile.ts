/** The place in [low, high] where a distribution function reaches a probability, by bisection to the last digit. */
export function bisect(
  cdf: (x: number) => number,
  probability: number,
  { low, high }: { low: number; high: number },
): number {
  let [left, right] = [low, high];
  for (;;) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) return middle;
    if (cdf(middle) < probability) left = middle;
    else right = middle;
  }
}

/** The middle 80 % of a distribution: from its 10 % to its 90 % quantile. */
export type Interval = { readonly low: number; readonly high: number };
