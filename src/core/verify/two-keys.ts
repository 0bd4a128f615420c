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
 * The blocks whose bytes an edit changed, out of spans of lines of the text before. An insertion changes the block it
 * stands in or is joined to; a paragraph of its own, those on either side. Blank lines that come or go are no change. Without
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
  return blocks.filter((block) => hunks.some((hunk) => changes(hunk, block, { old, now })));
}

function changes(
  [start, size, newStart, newSize]: Hunk,
  block: Span,
  { old, now }: { readonly old: readonly string[]; readonly now: readonly string[] },
): boolean {
  if (slice(old, start, size).some(hasText)) return start <= block.end && start + size - 1 >= block.start;
  const added = slice(now, newStart, newSize);
  if (!added.some(hasText)) return false;
  return neighbours(old, start, start + size, added).some((line) => block.start <= line && line <= block.end);
}

/**
 * The lines that an insertion between two lines of the old text stands beside, blank ones passed over: the one it is joined
 * to if it is joined to one, else the one above and the one below.
 */
function neighbours(old: readonly string[], from: number, to: number, added: readonly string[]): number[] {
  const above = old.slice(0, from - 1).findLastIndex(hasText) + 1;
  const below = to + old.slice(to - 1).findIndex(hasText);
  const isJoinedAbove = above === from - 1 && hasText(added[0]);
  const isJoinedBelow = below === to && hasText(added.at(-1));
  if (isJoinedAbove === isJoinedBelow) return [above, below];
  return isJoinedAbove ? [above] : [below];
}

function hasText(line: string | undefined): boolean {
  return line !== undefined && line.trim() !== '';
}

function slice(lines: readonly string[], start: number, size: number): readonly string[] {
  return lines.slice(start - 1, start - 1 + size);
}

function sizeOf({ start, end }: Span): number {
  return end - start + 1;
}
