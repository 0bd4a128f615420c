import { diffArrays } from 'diff';
import { linesWithEnds } from '../../lib/text.ts';
import { alignHunk } from './align-hunk.ts';
import type { Hunk, LineMap, Move } from './line-map.ts';
import { movesAmong } from './moves.ts';

/** Beyond so many lines taken out and put in, in a middle that both texts share, its order is not looked for any more. */
const MOST_EDITS = 1000;

/** The stretches in which two texts differ, in order. Lines that are changed in place are stretches of their own. */
export function hunksBetween(before: string, after: string): Hunk[] {
  return [...lineMapOf(before, after).hunks];
}

/** How the lines of one text became those of another: the same for the same texts, whatever the machine. */
export function lineMapOf(before: string, after: string): LineMap {
  const [old, now] = [linesWithEnds(before), linesWithEnds(after)];
  const pairs = samePairs(old.map(withoutEnd), now.map(withoutEnd));
  const changed = between(pairs, old.length, now.length);
  const ended = runsOf(pairs.filter(([i, j]) => old[i] !== now[j]));
  const hunks = [...changed.flatMap((hunk) => alignHunk(hunk, old, now)), ...ended.map(hunkOf)]
    .toSorted((a, b) => a[0] - b[0] || a[2] - b[2])
    .map((hunk) => withinText(hunk, now.length));
  const moves = [...movesAmong(changed, old, now), ...ended].toSorted((a, b) => a[0] - b[0]);
  return { hunks, moves };
}

function withoutEnd(line: string): string {
  if (!line.endsWith('\n')) return line;
  return line.slice(0, line.endsWith('\r\n') ? -2 : -1);
}

/** Lines of which only the ends are others: changed, and yet the same lines. */
function runsOf(pairs: readonly (readonly [number, number])[]): Move[] {
  const runs: [number, number, number][] = [];
  for (const [i, j] of pairs) {
    const last = runs.at(-1);
    if (last && last[0] + last[2] === i + 1 && last[1] + last[2] === j + 1) last[2] += 1;
    else runs.push([i + 1, j + 1, 1]);
  }
  return runs;
}

function hunkOf([oldStart, newStart, lines]: Move): Hunk {
  return [oldStart, lines, newStart, lines];
}

/** What was deleted at the end of a text stands at its last line, for there is none below. */
function withinText([oldStart, oldLines, newStart, newLines]: Hunk, lines: number): Hunk {
  return [oldStart, oldLines, newLines === 0 ? Math.max(1, Math.min(newStart, lines)) : newStart, newLines];
}

/** Pairs of indices whose lines are the same, both ascending: a longest common subsequence. */
function samePairs(old: readonly string[], now: readonly string[]): [number, number][] {
  const shortest = Math.min(old.length, now.length);
  let head = 0;
  while (head < shortest && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;

  const kept = Array.from({ length: head }, (_, at): [number, number] => [at, at]);
  kept.push(...inTheMiddle(old.slice(head, old.length - tail), now.slice(head, now.length - tail), head));
  for (let at = tail; at > 0; at -= 1) kept.push([old.length - at, now.length - at]);
  return kept;
}

/** A line that the other text has not cannot be kept. Without those the rest is short, and the diff is quick. */
function inTheMiddle(old: readonly string[], now: readonly string[], offset: number): [number, number][] {
  const [inOld, inNow] = [new Set(old), new Set(now)];
  const left = [...old.keys()].filter((at) => inNow.has(old[at] ?? ''));
  const right = [...now.keys()].filter((at) => inOld.has(now[at] ?? ''));
  const parts = diffArrays(
    left.map((at) => old[at]),
    right.map((at) => now[at]),
    { maxEditLength: MOST_EDITS },
  );
  const kept: [number, number][] = [];
  let [i, j] = [0, 0];
  for (const { value, added, removed } of parts ?? []) {
    for (const _ of value) {
      if (!added && !removed) kept.push([(left[i] ?? 0) + offset, (right[j] ?? 0) + offset]);
      if (!added) i += 1;
      if (!removed) j += 1;
    }
  }
  return kept;
}

/** What lies between the lines that were kept. */
function between(kept: readonly (readonly [number, number])[], oldLines: number, newLines: number): Hunk[] {
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [oldAt, newAt] of [...kept, [oldLines, newLines] as const]) {
    if (oldAt > i || newAt > j) hunks.push([i + 1, oldAt - i, j + 1, newAt - j]);
    [i, j] = [oldAt + 1, newAt + 1];
  }
  return hunks;
}
