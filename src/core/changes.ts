import { diffArrays } from 'diff';
import { linesOf } from '../lib/text.ts';
import { applyEdits, type PlacedEdit } from './edits.ts';
import type { Span } from './ledger/line-map.ts';

/** A stretch of whole lines, without their ends, that a fix takes out and puts in, and the findings it names. */
export type Change = {
  readonly findings: readonly string[];
  /** The first line that goes, 1-based in the plan before; where none goes, the line that comes to stand below. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
};

/** What an edit really changes: an `old_text` repeats lines only to be found, and to say where to insert. */
export function changesOf(plan: string, placed: PlacedEdit): Change[] {
  const from = placed.start === 0 ? 0 : plan.lastIndexOf('\n', placed.start - 1) + 1;
  const end = plan.indexOf('\n', placed.end); // the line after the edit too: the edit may have joined it to its own
  const to = end === -1 ? plan.length : end + 1;
  const after = applyEdits(plan, [placed]);
  const [was, is] = [plan.slice(from, to), after.slice(from, after.length - (plan.length - to))];
  const first = plan.slice(0, from).split('\n').length;
  return changesBetween(was, is, placed.edit.findings).map((change) => ({
    ...change,
    at: change.at + first - 1,
  }));
}

/** How two texts differ. Line ends do not count; texts too different to be compared in time are one change. */
export function changesBetween(before: string, after: string, findings: readonly string[]): Change[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const parts = diffArrays(old, now, { timeout: 2000 });
  if (!parts) return [{ findings, at: 1, removed: old, added: now }];
  const changes: { findings: readonly string[]; at: number; removed: string[]; added: string[] }[] = [];
  let line = 1;
  let isOpen = false;
  for (const { value, added, removed } of parts) {
    if (!added && !removed) {
      line += value.length;
      isOpen = false;
      continue;
    }
    if (!isOpen) changes.push({ findings, at: line, removed: [], added: [] });
    isOpen = true;
    changes.at(-1)?.[removed ? 'removed' : 'added'].push(...value);
    if (removed) line += value.length;
  }
  return changes;
}

/** The lines that a change takes out, in the plan before it. An insertion's span is empty: it ends before it starts. */
export function spanBefore({ at, removed }: Change): Span {
  return { start: at, end: at + removed.length - 1 };
}

/** The lines that changes of one text put in, in the text with all of them made; a deletion's span is empty. */
export function spansAfter(changes: readonly Change[]): Span[] {
  return changes.map(({ at, added }) => {
    const above = changes.filter((other) => other.at < at);
    const start = above.reduce((line, other) => line + other.added.length - other.removed.length, at);
    return { start, end: start + added.length - 1 };
  });
}

/** Do two spans share a line? An empty span shares one with what it stands within, not with what it stands beside. */
export function meet(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
