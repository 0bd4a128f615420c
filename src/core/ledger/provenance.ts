import type { FactOf } from '../fact.ts';
import type { LineMap, Span } from './line-map.ts';

/**
 * Who wrote so many lines in a row: the round whose fix put them in, and the findings it was for. Round 0, and a round
 * without findings, is the author, or somebody else who is no fix of ours.
 */
export type Birth = readonly [lines: number, round: number, findings: readonly string[]];

/** Who wrote each line of a plan, from the first on. What stands below the last of them is the author's. */
export type Births = readonly Birth[];

/** An edit in the text it leads to: the lines it wrote, and the findings it was for. */
type Written = { readonly lines: Span; readonly findings: readonly string[] };

/**
 * Who wrote the lines after an edit, as `git blame` would say: kept and moved lines stay whose they were, and those that
 * were put in or changed are the round's, for the findings whose edits cover them. What no edit covers, such as what a
 * commit hook did, is nobody's fix.
 */
export function ageLines(
  births: Births,
  { hunks, moves }: LineMap,
  edits: readonly Written[],
  round: number,
  restored: readonly Restored[] = [],
): Births {
  const aged: Birth[] = [];
  let old = 1;
  for (const [oldStart, oldLines, newStart, newLines] of hunks) {
    append(aged, slice(births, old, oldStart - old));
    for (let line = newStart; line < newStart + newLines; line += 1) {
      const from = moves.find(([, to, lines]) => to <= line && line < to + lines);
      const back = restored.find(({ lines }) => lines.start <= line && line <= lines.end);
      if (back) append(aged, [[1, back.round, back.findings]]);
      else if (from) append(aged, slice(births, line - from[1] + from[0], 1));
      else append(aged, [[1, round, findingsOf(edits, line)]]);
    }
    old = oldStart + oldLines;
  }
  append(aged, slice(births, old, Infinity));
  return aged;
}

/** Lines that stand again as an earlier text had them, and whose they were there. */
export type Restored = { readonly lines: Span; readonly round: number; readonly findings: readonly string[] };

/** Who wrote the lines after a fix was written. Lines that a fix taken back had changed are whose they were before it. */
export function bornIn(
  births: Births,
  fact: Pick<FactOf<'edits.applied'>, 'round' | 'hunks' | 'moves' | 'edits' | 'reverted'> & {
    readonly restored?: readonly Restored[] | undefined;
  },
): Births {
  const { hunks, moves, edits, reverted, round } = fact;
  const fixes = edits.map(({ lines, findings }) => ({
    lines,
    findings: findings.filter((id) => !reverted.includes(id)),
  }));
  return ageLines(births, { hunks, moves }, fixes, round, fact.restored);
}

/** Whose the lines of a span are that stand as they did in one of several texts, the first that has them; else nobody's. */
export function restoredFrom(
  texts: readonly { readonly births: Births; readonly map: LineMap }[],
  { start, end }: Span,
): Restored[] {
  const aged = texts.map(({ births, map }) => ageLines(births, map, [], NOWHERE));
  const births: Birth[] = [];
  for (let line = start; line <= end; line += 1) {
    const there = aged.map((each) => slice(each, line, 1)).find(([birth]) => birth?.[1] !== NOWHERE);
    append(births, there ?? [[1, 0, []]]);
  }
  let line = start;
  return births.map(([lines, round, findings]) => {
    line += lines;
    return { lines: { start: line - lines, end: line - 1 }, round, findings };
  });
}

/** The round of lines that a text does not have. */
const NOWHERE = -1;

/**
 * The fix that wrote the text of a span: the round and the finding it was for. Null unless fixes wrote at least half of
 * its lines, blank ones not counted where the lines are given; of several fixes, the one that wrote most, and of
 * those the last.
 */
export function birthOf(
  span: Span,
  births: Births,
  lines?: readonly string[],
): { readonly round: number; readonly finding: string } | null {
  const wrote = new Map<string, { round: number; finding: string; lines: number }>();
  let [all, fixed, line] = [0, 0, span.start];
  for (const [size, round, findings] of slice(births, span.start, span.end - span.start + 1)) {
    const texts = lines?.slice(line - 1, line - 1 + size).filter((text) => text.trim() !== '');
    const written = texts?.length ?? size;
    line += size;
    all += written;
    if (findings.length > 0) fixed += written;
    for (const finding of findings) {
      const before = wrote.get(`${round} ${finding}`)?.lines ?? 0;
      wrote.set(`${round} ${finding}`, { round, finding, lines: before + written });
    }
  }
  if (fixed === 0 || fixed * 2 < all) return null;
  const [most] = [...wrote.values()].toSorted((a, b) => b.lines - a.lines || b.round - a.round);
  return most ? { round: most.round, finding: most.finding } : null;
}

function findingsOf(edits: readonly Written[], line: number): string[] {
  const covering = edits.filter(({ lines }) => lines.start <= line && line <= lines.end);
  return [...new Set(covering.flatMap(({ findings }) => findings))];
}

/** The births of so many lines from one on; below the last that is known they are the author's. */
function slice(births: Births, start: number, count: number): Birth[] {
  const cut: Birth[] = [];
  let [line, left] = [1, count];
  for (const [size, round, findings] of births) {
    if (left <= 0) break;
    const from = Math.max(start, line);
    const lines = Math.min(line + size - from, left);
    if (lines > 0) {
      cut.push([lines, round, findings]);
      left -= lines;
    }
    line += size;
  }
  if (left > 0 && left !== Infinity) cut.push([left, 0, []]);
  return cut;
}

/** Adds births to the last of a list; neighbours that are alike become one. */
function append(births: Birth[], more: readonly Birth[]): void {
  for (const [lines, round, findings] of more) {
    const last = births.at(-1);
    if (last?.[1] === round && isSame(last[2], findings))
      births[births.length - 1] = [last[0] + lines, round, last[2]];
    else if (lines > 0) births.push([lines, round, findings]);
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some === others || (some.length === others.length && some.every((id, at) => id === others[at]));
}
