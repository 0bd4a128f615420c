import { linesOf } from '../lib/text.ts';
import { applyEdits, type PlacedEdit } from './edits.ts';
import { hunksBetween } from './ledger/hunks.ts';
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

/** How two texts differ, each stretch whole. Line ends do not count. */
export function changesBetween(before: string, after: string, findings: readonly string[]): Change[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const changes: Change[] = [];
  let ahead = 0; // lines by which the new text is ahead of the old one
  for (const [at, lines, , size] of hunksBetween(ended(old), ended(now))) {
    const removed = old.slice(at - 1, at - 1 + lines);
    const added = now.slice(at - 1 + ahead, at - 1 + ahead + size);
    const last = changes.at(-1);
    if (last && last.at + last.removed.length === at)
      changes[changes.length - 1] = joined(last, { removed, added });
    else changes.push({ findings, at, removed, added });
    ahead += size - lines;
  }
  return changes;
}

function ended(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function joined(above: Change, { removed, added }: Pick<Change, 'removed' | 'added'>): Change {
  return { ...above, removed: [...above.removed, ...removed], added: [...above.added, ...added] };
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
