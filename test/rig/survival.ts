import { lineMapOf } from '../../src/core/ledger/hunks.ts';
import { mapSpan, type LineMap } from '../../src/core/ledger/line-map.ts';
import { linesOf } from '../../src/lib/text.ts';
import { dice } from '../../src/core/ledger/likeness.ts';

/** How well the lines of a text were carried to its next revision. */
export type Survival = {
  /** Lines that both revisions have once, but for white space around them, list markers and ticks. */
  readonly survived: number;
  /** Of these, those that map to themselves. */
  readonly found: number;
  /** Lines that are said to be kept or moved. */
  readonly claimed: number;
  /** Of these, those whose target says the same. */
  readonly true: number;
  /** Lines that were reworded: there is one line, and no other, that says nearly the same. */
  readonly changed: number;
  /** Of these, those that map to their new wording. */
  readonly followed: number;
};

export function survivalOf(before: string, after: string): Survival {
  const map = lineMapOf(before, after);
  const [old, now] = [wordings(before), wordings(after)];
  const [places, targets] = [once(old), once(now)];
  const counts = { survived: 0, found: 0, claimed: 0, true: 0, changed: 0, followed: 0 };
  for (const [at, text] of old.entries()) {
    const { start, end } = mapSpan({ start: at + 1, end: at + 1 }, map.hunks, map.moves);
    const target = places.has(text) ? targets.get(text) : undefined;
    if (target !== undefined) {
      counts.survived += 1;
      if (start === target + 1 && end === start) counts.found += 1;
    }
    if (isSaidToStay(at + 1, map)) {
      counts.claimed += 1;
      if (now[start - 1] === text) counts.true += 1;
    } else if (target === undefined && isTelling(text)) {
      const reworded = rewordingOf(text, new Set(old), targets);
      if (reworded === undefined) continue;
      counts.changed += 1;
      if (start <= reworded + 1 && reworded + 1 <= end && end - start < 3) counts.followed += 1;
    }
  }
  return counts;
}

function isSaidToStay(line: number, { hunks, moves }: LineMap): boolean {
  if (moves.some(([from, , lines]) => from <= line && line < from + lines)) return true;
  return !hunks.some(([from, lines]) => from <= line && line < from + lines);
}

function rewordingOf(
  text: string,
  before: ReadonlySet<string>,
  targets: ReadonlyMap<string, number>,
): number | undefined {
  const alike = [...targets]
    .filter(([other]) => !before.has(other))
    .map(([other, at]) => ({ at, score: dice(text, other) }))
    .toSorted((a, b) => b.score - a.score);
  const [best, second] = alike;
  return best && best.score >= 0.6 && best.score - (second?.score ?? 0) > 0.15 ? best.at : undefined;
}

function wordings(text: string): string[] {
  return linesOf(text).map((line) => line.trim().replace(/^(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/, ''));
}

/** Telling lines that stand in a text once, with their places from 0. */
function once(lines: readonly string[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const [at, line] of lines.entries()) seen.set(line, seen.has(line) ? -1 : at);
  return new Map([...seen].filter(([line, at]) => at !== -1 && isTelling(line)));
}

function isTelling(line: string): boolean {
  return (line.match(/[\p{L}\p{N}]/gu) ?? []).length >= 4;
}
