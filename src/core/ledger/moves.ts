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
  const [left, right] = [wordingsOf(old, gone), wordingsOf(now, fresh)];
  const isUnique = uniqueIn(old, now);
  const places = new Map<string, number[]>();
  for (const [to, line] of right) {
    const known = places.get(line);
    if (known) known.push(to);
    else places.set(line, [to]);
  }

  const isMoved = (from: number, to: number): boolean => left.has(from) && left.get(from) === right.get(to);
  const isBlank = (from: number, to: number): boolean => old[from]?.trim() === '' && now[to]?.trim() === '';
  const telling = new Set([...left].flatMap(([at, line]) => (lettersIn(line) >= TRIVIAL ? [at] : [])));
  const reached = new Map<number, number>(); // by how far lines moved: the line that the last run went up to
  const found: Found[] = [];
  for (const from of telling) {
    const line = left.get(from) ?? '';
    for (const to of (places.get(line) ?? []).slice(0, MOST_PLACES)) {
      if ((reached.get(to - from) ?? 0) > from) continue;
      const isSame = (at: number): boolean => isMoved(from + at, to + at) || isBlank(from + at, to + at);
      const run = runOf(isSame, (at) => telling.has(from + at));
      reached.set(to - from, from + run.lines);
      const isKnown = lettersIn(line) >= TELLING_LINE || gone.get(from) === fresh.get(to);
      if (run.telling > 1 || (isKnown && isUnique(line))) found.push({ from, to, lines: run.lines });
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

function wordingsOf(lines: readonly string[], chosen: ReadonlyMap<number, number>): Map<number, string> {
  return new Map([...chosen.keys()].map((at) => [at, wordingOf(lines[at] ?? '')]));
}

/** Does either text say this more than once? Both are counted when it is first asked: most edits move nothing. */
function uniqueIn(...texts: readonly (readonly string[])[]): (wording: string) => boolean {
  let counted: Map<string, number>[] | undefined;
  return (wording) => {
    counted ??= texts.map((lines) => {
      const times = new Map<string, number>();
      for (const line of lines.map(wordingOf)) times.set(line, (times.get(line) ?? 0) + 1);
      return times;
    });
    return counted.every((times) => times.get(wording) === 1);
  };
}

/** How many lines in a row are the same, blank ones between them too; the last is a telling one. */
function runOf(
  isSame: (at: number) => boolean,
  isTelling: (at: number) => boolean,
): { readonly lines: number; readonly telling: number } {
  let [lines, telling] = [0, 0];
  for (let at = 0; isSame(at); at += 1) {
    if (!isTelling(at)) continue;
    lines = at + 1;
    telling += 1;
  }
  return { lines, telling };
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
