import { linesOf, words } from '../../lib/text.ts';
import type { FactOf } from '../fact.ts';
import type { Hunk, Span } from '../ledger/line-map.ts';
import type { StatedCheck } from './read.ts';

/** What a check comes to, as it is recorded. */
export type Checked = FactOf<'verification.read'>['checks'][number];

/**
 * Does a check close its finding? It takes two keys: the verifier says that the failure is impossible now, and bytes of
 * the finding's block changed. One without the other is how a finding gets closed that nobody fixed.
 */
export function closes(
  { verdict, makes_instance_impossible: isImpossible }: StatedCheck,
  changed: boolean,
): boolean {
  return verdict === 'fixed' && isImpossible && changed;
}

/**
 * A check with what it comes to. `changed`: did bytes change in the finding's block, or one its fix declared?
 * `raisedAgain`: does the same answer raise the finding once more? Then it is not closed, whatever else it says.
 */
export function checked(
  check: StatedCheck,
  { changed, raisedAgain = false }: { readonly changed: boolean; readonly raisedAgain?: boolean },
): Checked {
  const { id, verdict, why } = check;
  const closed = closes(check, changed) && !raisedAgain;
  if (closed || verdict !== 'fixed') return { id, closed, verdict, changed, why };
  const because = [
    !changed && 'no edit',
    !check.makes_instance_impossible && 'the failure stays possible',
    raisedAgain && 'the same answer raises it again',
  ].filter((reason) => reason !== false);
  return {
    id,
    closed,
    verdict,
    changed,
    why: words(`fixed, but ${because.join(', ')}:`, why || 'no reason given'),
  };
}

/**
 * The blocks whose bytes an edit changed, out of spans of lines of the text before. An insertion changes the blocks it
 * stands in or right beside, blank lines between them not counted. Blank lines that come or go are no change. Without
 * hunks, as with texts too different to be compared, a block changed if the text after does not have it word for word.
 */
export function changedBlocks(
  blocks: readonly Span[],
  {
    before,
    after,
    hunks,
  }: { readonly before: string; readonly after: string; readonly hunks: readonly Hunk[] | null },
): Span[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (!hunks) {
    const text = `\n${now.join('\n')}\n`;
    return blocks.filter(
      (block) => !text.includes(`\n${slice(old, block.start, sizeOf(block)).join('\n')}\n`),
    );
  }
  return blocks.filter((block) => hunks.some((hunk) => changes(hunk, block, old, now)));
}

function changes(
  [start, size, newStart, newSize]: Hunk,
  block: Span,
  old: readonly string[],
  now: readonly string[],
): boolean {
  const removed = slice(old, start, size).findIndex((line) => line.trim() !== '');
  if (removed !== -1) return start <= block.end && start + size - 1 >= block.start;
  if (slice(now, newStart, newSize).every((line) => line.trim() === '')) return false;
  const beside = withBlankLines(block, old);
  return start <= beside.end + 1 && start + size >= beside.start;
}

/** The block with the blank lines above and below it. */
function withBlankLines({ start, end }: Span, lines: readonly string[]): Span {
  const isBlank = (line: number): boolean => lines[line - 1]?.trim() === '';
  let [first, last] = [start, end];
  while (isBlank(first - 1)) first -= 1;
  while (isBlank(last + 1)) last += 1;
  return { start: first, end: last };
}

function slice(lines: readonly string[], start: number, size: number): readonly string[] {
  return lines.slice(start - 1, start - 1 + size);
}

function sizeOf({ start, end }: Span): number {
  return end - start + 1;
}
