import { applyPatch, structuredPatch, type StructuredPatch } from 'diff';
import { linesWithEnds } from '../../lib/text.ts';
import { changesBetween, meet, spanBefore, spansAfter, type Change } from '../changes.ts';
import { lineMapOf } from '../ledger/hunks.ts';
import { mapPlace, type LineMap, type Span } from '../ledger/line-map.ts';

/** A fix to be undone: the plan before and after the round it was made in, and what of the difference is its. */
export type UndoneFix = {
  readonly before: string;
  readonly after: string;
  /** The lines it wrote, in the plan after it; where it only deleted, an empty span. */
  readonly lines: readonly Span[];
  /** Blocks of the plan after it. */
  readonly blocks: readonly Span[];
};

/**
 * The plan as it is now without a fix: what it changed is undone where its context still stands, and what later fixes did
 * elsewhere stays. Where it does not, the blocks it wrote to are restored from before it, which undoes later edits of
 * these blocks too. Null where even that is impossible: a later edit took in more than the block, or its lines are gone.
 */
export function revertFix(current: string, fix: UndoneFix): string | null {
  const all = changesBetween(fix.before, fix.after, []);
  const made = spansAfter(all).map((span, index): Made => ({ span, change: all[index] as Change })); // one span each
  const own = made.filter(({ span }) => fix.lines.some((lines) => isPartOf(span, lines)));
  if (own.length === 0) return null;
  return unpatched(current, fix, own) ?? restored(current, fix, { all: made, own });
}

type Made = { readonly change: Change; readonly span: Span };

/** What was only deleted is part of the lines it stood in or at the edge of. */
function isPartOf(span: Span, lines: Span): boolean {
  const isAtEdge = isEmpty(span) && span.start >= lines.start && span.end <= lines.end;
  return meet(span, lines) || isAtEdge;
}

const CONTEXT = 3;

function unpatched(current: string, { before, after }: UndoneFix, own: readonly Made[]): string | null {
  const isLast = linesWithEnds(after).at(-1) === linesWithEnds(current).at(-1);
  const end = isLast ? (text: string): string => text : ended;
  const patch = structuredPatch('plan', 'plan', end(after), end(undone(before, after, own)), '', '', {
    context: CONTEXT,
  });
  const text = applyPatch(current, placedBy(lineMapOf(after, current), patch));
  return text === false ? null : text;
}

/** A last line may have no end; where others came to stand below it, it has one. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The text after a round with some of its changes taken out again. */
function undone(before: string, after: string, own: readonly Made[]): string {
  const [old, now] = [linesWithEnds(before), linesWithEnds(after)];
  for (const { change, span } of own.toReversed())
    now.splice(
      span.start - 1,
      change.added.length,
      ...old.slice(change.at - 1, change.at - 1 + change.removed.length),
    );
  return joined(now);
}

/** A patch looks for its place near the line it names: name the line where that text stands now. */
function placedBy(since: LineMap, patch: StructuredPatch): StructuredPatch {
  const hunks = patch.hunks.map((hunk) => ({
    ...hunk,
    oldStart: mapPlace({ start: hunk.oldStart, end: hunk.oldStart }, since).start,
  }));
  return { ...patch, hunks };
}

function restored(
  current: string,
  { before, after, blocks }: UndoneFix,
  { all, own }: { all: readonly Made[]; own: readonly Made[] },
): string | null {
  const back = all.map(({ change, span }) => ({ span, grown: change.removed.length - change.added.length }));
  const since = changesBetween(after, current, []).map((change) => ({
    span: spanBefore(change),
    grown: change.added.length - change.removed.length,
  }));
  const [old, now] = [linesWithEnds(before), linesWithEnds(current)];
  for (const span of united(own, blocks).toReversed()) {
    const [from, to] = [exactly(span, back, isOwn), exactly(span, since, isWithin)];
    if (!from || !to || (isEmpty(to) && !isEmpty(span) && !isEmpty(from))) return null;
    now.splice(to.start - 1, to.end - to.start + 1, ...old.slice(from.start - 1, from.end));
  }
  return joined(now);
}

/** The blocks that a fix wrote to, in order and apart; what was only deleted is an empty span. */
function united(own: readonly Made[], blocks: readonly Span[]): Span[] {
  const spans = own.map(({ span }) => blocks.filter((block) => meet(span, block)).reduce(around, span));
  const apart: Span[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last && span.start <= last.end) apart[apart.length - 1] = around(last, span);
    else apart.push(span);
  }
  return apart;
}

function around(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Where a span stands in the other text, to the line; undefined where a change reaches into it from outside. */
function exactly(
  span: Span,
  changes: readonly { readonly span: Span; readonly grown: number }[],
  belongs: (changed: Span, span: Span) => boolean,
): Span | undefined {
  let { start, end } = span;
  for (const { span: changed, grown } of changes) {
    const isInside = belongs(changed, span);
    if (!isInside && meet(changed, span)) return undefined;
    if (isInside || changed.end < span.start) end += grown;
    if (!isInside && changed.end < span.start) start += grown;
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
  return lines.map((line, index) => (index < last ? ended(line) : line)).join('');
}
