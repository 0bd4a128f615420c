import type { Hunk, Move } from './line-map.ts';

/** One line alone is known again from so many letters and digits on, where neither text has it twice. */
const TELLING_LINE = 20;

/** A line with fewer, such as a fence or a bracket, says nothing about where it came from. */
const TRIVIAL = 4;

/** A character of a script that writes whole words with one or two is worth three letters. */
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Of equal lines, so many places are tried for each. */
const MOST_PLACES = 20;

type Found = { readonly from: number; readonly to: number; readonly lines: number };

/**
 * Lines that were taken out in one place and put in at another with the same wording: two or more telling lines in a row, or
 * one that is long and unique. White space around them, list markers and ticks do not count, so that a line may also
 * "move" to where it stands. Longest first, each line once.
 */
export function movesAmong(hunks: readonly Hunk[], old: readonly string[], now: readonly string[]): Move[] {
  const gone = linesIn(hunks.map(([start, lines]) => [start, lines]));
  const fresh = linesIn(hunks.map(([, , start, lines]) => [start, lines]));
  const [left, right] = [old.map(wordingOf), now.map(wordingOf)];
  const places = new Map<string, number[]>();
  for (const to of fresh) places.set(right[to] ?? '', [...(places.get(right[to] ?? '') ?? []), to]);

  const isSame = (from: number, to: number): boolean =>
    gone.has(from) && fresh.has(to) && left[from] === right[to];
  const found: Found[] = [];
  for (const from of gone) {
    const line = left[from] ?? '';
    if (!isTelling(line)) continue;
    for (const to of (places.get(line) ?? []).slice(0, MOST_PLACES)) {
      if (isSame(from - 1, to - 1) && isTelling(left[from - 1] ?? '')) continue; // seen from the line above
      const lines = runLength(left, from, (at) => isSame(from + at, to + at));
      const telling = left.slice(from, from + lines).filter(isTelling).length;
      if (telling > 1 || (lettersIn(line) >= TELLING_LINE && isUnique(line, left) && isUnique(line, right)))
        found.push({ from, to, lines });
    }
  }
  return longestFirst(found);
}

function linesIn(stretches: readonly (readonly [number, number])[]): Set<number> {
  return new Set(
    stretches.flatMap(([start, lines]) => Array.from({ length: lines }, (_, at) => start - 1 + at)),
  );
}

/** How many lines in a row are the same; the last is a telling one. */
function runLength(lines: readonly string[], from: number, isSame: (at: number) => boolean): number {
  let [length, at] = [0, 0];
  for (; isSame(at); at += 1) if (isTelling(lines[from + at] ?? '')) length = at + 1;
  return length;
}

function longestFirst(found: readonly Found[]): Move[] {
  const [taken, filled] = [new Set<number>(), new Set<number>()];
  const moves: Move[] = [];
  const nearest = ({ from, to }: Found): number => Math.abs(from - to);
  for (const one of found.toSorted(
    (a, b) => b.lines - a.lines || nearest(a) - nearest(b) || a.from - b.from,
  )) {
    const all = Array.from({ length: one.lines }, (_, at) => at);
    if (all.some((at) => taken.has(one.from + at) || filled.has(one.to + at))) continue;
    for (const at of all) {
      taken.add(one.from + at);
      filled.add(one.to + at);
    }
    moves.push([one.from + 1, one.to + 1, one.lines]);
  }
  return moves.toSorted((a, b) => a[0] - b[0]);
}

function wordingOf(line: string): string {
  return line.trim().replace(/^(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/, '');
}

function isTelling(line: string): boolean {
  return lettersIn(line) >= TRIVIAL;
}

function lettersIn(line: string): number {
  return (line.match(/[\p{L}\p{N}]/gu) ?? []).length + 2 * (line.match(IDEOGRAPH) ?? []).length;
}

function isUnique(line: string, lines: readonly string[]): boolean {
  return lines.indexOf(line) === lines.lastIndexOf(line);
}
