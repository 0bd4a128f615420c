import { dice } from '../ledger/likeness.ts';

/** Two texts that differ in at most this share of their characters say the same. */
const DIFFERENT = 0.1;

/** Longer texts are compared by their words: the exact way takes time by the square. */
const LONGEST_EXACT = 2000;

/** The text with white space folded and case kept: what wrapping and indenting do not change. */
export function normalised(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Do two normalised texts say the same, up to a tenth of their characters? */
export function isSame(a: string, b: string): boolean {
  const most = longest(a, b) * DIFFERENT;
  return apart(a, b, most) <= most;
}

/** Of a `text` that says the same as `goal`: is it at most half as far from it as `from` was, and not merely near it still? */
export function isNearer(text: string, from: string, goal: string): boolean {
  const now = apart(text, goal, longest(text, goal) * DIFFERENT);
  return apart(from, goal, 2 * now) >= 2 * now && from !== goal;
}

/**
 * Levenshtein's distance in UTF-16 units, or a value above `most` as soon as it must be more; within a band about the
 * diagonal (E. Ukkonen, Information and Control 64, 1985). For long texts, what their words do not have in common.
 */
export function apart(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const [left, right] = withoutCommonEnds(a, b);
  if (longest(left, right) > LONGEST_EXACT) {
    return (1 - dice(left, right)) * longest(left, right);
  }
  const band = Math.floor(most);
  let above = Int32Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const [first, last] = [Math.max(1, row - band), Math.min(right.length, row + band)];
    const current = new Int32Array(right.length + 1).fill(band + 1);
    current[0] = row;
    let best = row;
    for (let column = first; column <= last; column += 1) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      const value = Math.min(
        (above[column - 1] ?? most) + change,
        (above[column] ?? most) + 1,
        (current[column - 1] ?? most) + 1,
      );
      current[column] = value;
      best = Math.min(best, value);
    }
    if (best > most) return most + 1;
    above = current;
  }
  return above[right.length] ?? 0;
}

function withoutCommonEnds(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
}

function longest(a: string, b: string): number {
  return Math.max(a.length, b.length);
}
