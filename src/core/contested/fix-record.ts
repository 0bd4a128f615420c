import { meet, spanBefore, spansAfter, type Change } from '../changes.ts';
import type { Span } from '../ledger/line-map.ts';
import { normalised } from './similarity.ts';

/** One stretch that a fix changed: what it took out and put in, verbatim, and for whom. */
export type FixRecord = {
  readonly round: number;
  readonly findings: readonly string[];
  readonly removed: string;
  readonly added: string;
  /** Where it stands in the plan as it is now. A deletion's span is empty: it ends before it starts. */
  readonly lines: Span;
};

/** The text whose digest tells one state of the plan from another: with white space folded, so that wrapping is no change. */
export function stateOf(plan: string): string {
  return normalised(plan);
}

/** The records of changes that are proposed, placed in the plan before them, whose blocks these are. */
export function proposedRecords(
  round: number,
  changes: readonly Change[],
  blocks: readonly Span[],
): FixRecord[] {
  return changes.flatMap((change) => byBlock(recordOf(round, change, spanBefore(change)), blocks));
}

/** The records of changes that were made, placed in the plan after all of them, whose blocks these are. */
export function appliedRecords(
  round: number,
  changes: readonly Change[],
  blocks: readonly Span[],
): FixRecord[] {
  const spans = spansAfter(changes);
  return changes.flatMap((change, index) =>
    byBlock(recordOf(round, change, spans[index] ?? spanBefore(change)), blocks),
  );
}

/** Lines next to each other that were each rewritten in their place, block by block: what was done to a step is a record. */
function byBlock(record: FixRecord, blocks: readonly Span[]): FixRecord[] {
  const [removed, added] = [record.removed.split('\n'), record.added.split('\n')];
  const { start, end } = record.lines;
  if (removed.length !== added.length || end - start + 1 !== added.length) return [record];
  const within = added.map((_, index) => {
    const line = { start: start + index, end: start + index };
    return blocks.findIndex((block) => meet(line, block));
  });
  const firsts = within.flatMap((block, index) => (block === within[index - 1] ? [] : [index]));
  return firsts
    .map((from, index) => ({ from, to: firsts[index + 1] ?? added.length }))
    .map(({ from, to }) => ({
      ...record,
      removed: removed.slice(from, to).join('\n'),
      added: added.slice(from, to).join('\n'),
      lines: { start: start + from, end: start + to - 1 },
    }))
    .filter((part) => part.removed !== part.added);
}

/** Is a place within a block that was frozen for the rest of the run? What is inserted beside one is not. */
export function isFrozen(span: Span, frozen: readonly Span[]): boolean {
  return frozen.some((block) => meet(span, block));
}

function recordOf(round: number, { findings, removed, added }: Change, lines: Span): FixRecord {
  return { round, findings, removed: removed.join('\n'), added: added.join('\n'), lines };
}
