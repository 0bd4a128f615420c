import type { Hunk, Move } from './line-map.ts';

/** One line alone is known again from so many letters and digits on, where neither text has it twice. */
const TELLING_LINE = 18;

/** A line with fewer, such as a fence or a bracket, says nothing about where it came from. */
const TRIVIAL = 4;

/** A character of a script that writes whole words with one or two is worth three letters. */
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Of equal lines, so many places are tried for each. */
const MOST_PLACES = 20;

type Found = { readonly from: number; readonly to: number; readonly lines: number };

/**
 * Lines that were taken out in one place and put in at another with the same wording: two or more telling lines in a row, or
 * one that is unique, and long or not gone from its hunk. White space around them, list markers and ticks do not count, so
 * that a line may also "move" to where it stands. Longest first, each line once.
 */
export function movesAmong(hunks: readonly Hunk[], old: readonly string[], now: readonly string[]): Move[] {
  const gone = hunksOfLines(hunks.map(([start, lines]) => [start, lines]));
  const fresh = hunksOfLines(hunks.map(([, , start, lines]) => [start, lines]));
  const [left, right] = [old.map(wordingOf), now.map(wordingOf)];
  const [inLeft, inRight] = [timesOf(left), timesOf(right)];
  const places = new Map<string, number[]>();
  for (const to of fresh.keys()) places.set(right[to] ?? '', [...(places.get(right[to] ?? '') ?? []), to]);

  const isMoved = (from: number, to: number): boolean =>
    gone.has(from) && fresh.has(to) && left[from] === right[to];
  const isBlank = (from: number, to: number): boolean => left[from] === '' && right[to] === '';
  const found: Found[] = [];
  for (const from of gone.keys()) {
    const line = left[from] ?? '';
    if (lettersIn(line) < TRIVIAL) continue;
    for (const to of (places.get(line) ?? []).slice(0, MOST_PLACES)) {
      if (isMoved(from - 1, to - 1) && lettersIn(left[from - 1] ?? '') >= TRIVIAL) continue; // seen from the line above
      const lines = runLength(left, from, (at) => isMoved(from + at, to + at) || isBlank(from + at, to + at));
      const telling = left.slice(from, from + lines).filter((text) => lettersIn(text) >= TRIVIAL).length;
      const isUnique = inLeft.get(line) === 1 && inRight.get(line) === 1;
      const isKnown = lettersIn(line) >= TELLING_LINE || gone.get(from) === fresh.get(to);
      if (telling > 1 || (isUnique && isKnown)) found.push({ from, to, lines });
    }
  }
  return longestFirst(found).flatMap((run) => partsOf(run, isMoved));
}

/** The index of the hunk that each line of these stretches is in; lines count from 0 here. */
function hunksOfLines(stretches: readonly (readonly [number, number])[]): Map<number, number> {
  return new Map(
    stretches.flatMap(([start, lines], hunk) =>
      Array.from({ length: lines }, (_, at): [number, number] => [start - 1 + at, hunk]),
    ),
  );
}

function timesOf(lines: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return times;
}

/** How many lines in a row are the same, blank ones between them too; the last is a telling one. */
function runLength(lines: readonly string[], from: number, isSame: (at: number) => boolean): number {
  let [length, at] = [0, 0];
  for (; isSame(at); at += 1) if (lettersIn(lines[from + at] ?? '') >= TRIVIAL) length = at + 1;
  return length;
}

function longestFirst(found: readonly Found[]): Found[] {
  const [taken, filled] = [new Set<number>(), new Set<number>()];
  const nearest = ({ from, to }: Found): number => Math.abs(from - to);
  const chosen: Found[] = [];
  for (const one of found.toSorted(
    (a, b) => b.lines - a.lines || nearest(a) - nearest(b) || a.from - b.from,
  )) {
    const all = Array.from({ length: one.lines }, (_, at) => at);
    if (all.some((at) => taken.has(one.from + at) || filled.has(one.to + at))) continue;
    for (const at of all) {
      taken.add(one.from + at);
      filled.add(one.to + at);
    }
    chosen.push(one);
  }
  return chosen.toSorted((a, b) => a.from - b.from);
}

/** A run without the blank lines in it that stand where they stood. */
function partsOf({ from, to, lines }: Found, isMoved: (from: number, to: number) => boolean): Move[] {
  const parts: [number, number, number][] = [];
  for (let at = 0; at < lines; at += 1) {
    const last = parts.at(-1);
    if (!isMoved(from + at, to + at)) continue;
    if (last && last[0] + last[2] === from + at + 1) last[2] += 1;
    else parts.push([from + at + 1, to + at + 1, 1]);
  }
  return parts;
}

function wordingOf(line: string): string {
  return line.trim().replace(/^(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/, '');
}

function lettersIn(line: string): number {
  return (line.match(/[\p{L}\p{N}]/gu) ?? []).length + 2 * (line.match(IDEOGRAPH) ?? []).length;
}
