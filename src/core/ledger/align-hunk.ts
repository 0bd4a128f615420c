import { diffArrays } from 'diff';
import type { Hunk } from './line-map.ts';
import { wordsOf } from './words.ts';

/** From this share of the shorter line's letters on, a line is the other one changed, and not another one. */
const SAME_LINE = 0.4;

/** A hunk of more words than this, or with more of them changed, is left whole. */
const MOST_WORDS = 20_000;
const MOST_EDITS = 1500;

/**
 * Cuts a stretch in which lines were replaced where its lines correspond: those that share words, in order, are a hunk of
 * their own, and what lies between them is another. A paragraph that was wrapped anew stays together.
 */
export function alignHunk(hunk: Hunk, old: readonly string[], now: readonly string[]): Hunk[] {
  const [oldStart, oldLines, newStart, newLines] = hunk;
  if (oldLines === 0 || newLines === 0 || oldLines + newLines === 2) return [hunk];
  const left = termsOf(old.slice(oldStart - 1, oldStart - 1 + oldLines));
  const right = termsOf(now.slice(newStart - 1, newStart - 1 + newLines));
  const pairs = likelyPairs(left, right);
  return pairs ? cut(hunk, pairs) : [hunk];
}

type Term = { readonly term: string; readonly line: number };

function termsOf(lines: readonly string[]): Term[] {
  return lines.flatMap((text, line) => {
    const words = wordsOf(text, 1);
    const terms = words.length > 0 ? words : [text.trim()].filter(Boolean);
    return terms.map((term) => ({ term, line }));
  });
}

/** Lines that became one another, by index, neither of which has a better partner. Null: too much to compare. */
function likelyPairs(left: readonly Term[], right: readonly Term[]): [number, number][] | null {
  if (left.length + right.length > MOST_WORDS) return null;
  const parts = diffArrays(
    left.map(({ term }) => term),
    right.map(({ term }) => term),
    { maxEditLength: MOST_EDITS },
  );
  if (!parts) return null;
  const shared = new Map<string, { readonly pair: [number, number]; weight: number }>();
  let [i, j] = [0, 0];
  for (const { value, added, removed } of parts) {
    for (const term of value) {
      if (!added && !removed) count(shared, [left[i]?.line ?? 0, right[j]?.line ?? 0], term.length);
      if (!added) i += 1;
      if (!removed) j += 1;
    }
  }
  return bestPairs([...shared.values()], weights(left), weights(right));
}

type Shared = { readonly pair: [number, number]; readonly weight: number };

function count(
  shared: Map<string, { readonly pair: [number, number]; weight: number }>,
  pair: [number, number],
  weight: number,
): void {
  const known = shared.get(pair.join(' '));
  if (known) known.weight += weight;
  else shared.set(pair.join(' '), { pair, weight });
}

function weights(terms: readonly Term[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { term, line } of terms) sums.set(line, (sums.get(line) ?? 0) + term.length);
  return sums;
}

function bestPairs(
  shared: readonly Shared[],
  left: ReadonlyMap<number, number>,
  right: ReadonlyMap<number, number>,
): [number, number][] {
  const likely = shared.filter(
    ({ pair: [i, j], weight }) => weight >= SAME_LINE * Math.min(left.get(i) ?? 0, right.get(j) ?? 0),
  );
  const best = (side: 0 | 1): Map<number, Shared> => {
    const found = new Map<number, Shared>();
    for (const one of likely)
      if (one.weight > (found.get(one.pair[side])?.weight ?? 0)) found.set(one.pair[side], one);
    return found;
  };
  const chosen = new Set([...best(0).values(), ...best(1).values()]);
  return likely.filter((one) => chosen.has(one)).map(({ pair }) => pair);
}

/**
 * Words were matched in order, so pairs do not cross; those that share a line are one hunk. Lines that were only put in,
 * or only taken out, stay with the hunk above them: none of these cuts makes an insertion of a replacement.
 */
function cut([oldStart, oldLines, newStart, newLines]: Hunk, pairs: readonly [number, number][]): Hunk[] {
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  const to = (oldEnd: number, newEnd: number): void => {
    if (oldEnd > i && newEnd > j) {
      hunks.push([oldStart + i, oldEnd - i, newStart + j, newEnd - j]);
      [i, j] = [oldEnd, newEnd];
      return;
    }
    const above = hunks.pop();
    if (!above) return; // it goes to the hunk below
    hunks.push([above[0], above[1] + oldEnd - i, above[2], above[3] + newEnd - j]);
    [i, j] = [oldEnd, newEnd];
  };
  let open: [number, number] | undefined;
  for (const [oldAt, newAt] of pairs) {
    if (!open || (oldAt >= open[0] && newAt >= open[1])) {
      if (open) to(open[0], open[1]);
      to(oldAt, newAt);
    }
    open = [Math.max(open?.[0] ?? 0, oldAt + 1), Math.max(open?.[1] ?? 0, newAt + 1)];
  }
  if (open) to(open[0], open[1]);
  to(oldLines, newLines);
  return hunks;
}
