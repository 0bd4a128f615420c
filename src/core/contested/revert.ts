import { applyPatch, structuredPatch, type StructuredPatch } from 'diff';
import { linesWithEnds } from '../../lib/text.ts';
import { meet } from '../changes.ts';
import { hunksBetween } from '../ledger/hunks.ts';
import type { Hunk, Span } from '../ledger/line-map.ts';
import { mapPlace } from './fix-record.ts';
import { innermostBlocks } from './innermost-blocks.ts';

/** A fix to be undone: the plan before and after it, and which of the hunks between the two are its. */
export type UndoneFix = {
  readonly before: string;
  readonly after: string;
  readonly hunks: readonly Hunk[];
  /** Blocks of the plan after it. */
  readonly blocks: readonly Span[];
};

/**
 * The plan as it is now without a fix: its hunks are undone where their context still stands, and what later fixes did
 * elsewhere stays. Where it does not, the blocks they are in are restored from before the fix, which undoes later edits of
 * these blocks too. Null where even that is impossible: a later edit took in more than the block, or its lines are gone.
 */
export function revertFix(current: string, fix: UndoneFix): string | null {
  return unpatched(current, fix) ?? restored(current, fix);
}

const CONTEXT = 3;

function unpatched(current: string, { before, after, hunks }: UndoneFix): string | null {
  const since = hunksBetween(after, current);
  if (!since) return null;
  const patch = structuredPatch('plan', 'plan', after, undone(before, after, hunks), '', '', {
    context: CONTEXT,
  });
  const text = applyPatch(current, placedBy(since, patch));
  return text === false ? null : text;
}

/** The text after a fix with some of its hunks taken out again. */
function undone(before: string, after: string, hunks: readonly Hunk[]): string {
  const [old, now] = [linesWithEnds(before), linesWithEnds(after)];
  for (const [oldStart, oldLines, newStart, newLines] of hunks.toSorted((a, b) => b[2] - a[2]))
    now.splice(newStart - 1, newLines, ...old.slice(oldStart - 1, oldStart - 1 + oldLines));
  return joined(now);
}

/** A patch looks for its place near the line it names: name the line where that text stands now. */
function placedBy(since: readonly Hunk[], patch: StructuredPatch): StructuredPatch {
  const hunks = patch.hunks.map((hunk) => ({
    ...hunk,
    oldStart: mapPlace({ start: hunk.oldStart, end: hunk.oldStart }, since).start,
  }));
  return { ...patch, hunks };
}

function restored(current: string, { before, after, hunks, blocks }: UndoneFix): string | null {
  const [fixed, since] = [hunksBetween(before, after), hunksBetween(after, current)];
  if (!fixed || !since) return null;
  const back = fixed.map(([a, b, c, d]): Hunk => [c, d, a, b]);
  const [old, now] = [linesWithEnds(before), linesWithEnds(current)];
  for (const span of united(hunks, blocks).toReversed()) {
    const [from, to] = [exactly(span, back, isOwn), exactly(span, since, isWithin)];
    if (!from || !to || (isEmpty(to) && !isEmpty(span) && !isEmpty(from))) return null;
    now.splice(to.start - 1, to.end - to.start + 1, ...old.slice(from.start - 1, from.end));
  }
  return joined(now);
}

/** The blocks that hunks wrote to, hunks and blocks whole, in order and apart; what was only deleted is an empty span. */
function united(hunks: readonly Hunk[], blocks: readonly Span[]): Span[] {
  const spans = hunks.map(([, , start, size]) =>
    innermostBlocks({ start, end: start + size - 1 }, blocks).reduce(around, { start, end: start + size - 1 }),
  );
  const apart: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = apart.at(-1);
    if (last && span.start <= last.end) apart[apart.length - 1] = around(last, span);
    else apart.push(span);
  }
  return apart;
}

function around(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Where a span stands in the other text, to the line; undefined where a hunk reaches into it from outside. */
function exactly(
  span: Span,
  hunks: readonly Hunk[],
  belongs: (changed: Span, span: Span) => boolean,
): Span | undefined {
  let { start, end } = span;
  for (const [at, lines, , size] of hunks) {
    const changed = { start: at, end: at + lines - 1 };
    const isInside = belongs(changed, span);
    if (!isInside && meet(changed, span)) return undefined;
    if (isInside || changed.end < span.start) end += size - lines;
    if (!isInside && changed.end < span.start) start += size - lines;
  }
  return { start, end };
}

/** Text that was inserted at the edge of a block does not belong to it. */
function isWithin(changed: Span, span: Span): boolean {
  return meet(changed, span) && changed.start >= span.start && changed.end <= span.end;
}

/** For the fix itself: what it only deleted belongs to the empty span it left. */
function isOwn(changed: Span, span: Span): boolean {
  const isSame = changed.start === span.start && changed.end === span.end;
  return isSame || isWithin(changed, span);
}

function isEmpty({ start, end }: Span): boolean {
  return end < start;
}

function joined(lines: readonly string[]): string {
  const last = lines.length - 1;
  return lines.map((line, index) => (index < last && !line.endsWith('\n') ? `${line}\n` : line)).join('');
}
