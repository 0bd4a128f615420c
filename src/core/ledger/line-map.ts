import { firstIndex } from '../../lib/first-index.ts';

/**
 * One changed stretch: `[first old line, old lines, first new line, new lines]`, 1-based. Where it has no old lines, or no new
 * ones, the line is the next below it; at the end of a text, where there is none, the last.
 */
export type Hunk = readonly [oldStart: number, oldLines: number, newStart: number, newLines: number];

/** Lines that an edit took away in one place and put in at another: `[first old line, first new line, lines]`, 1-based. */
export type Move = readonly [oldStart: number, newStart: number, lines: number];

/** How the lines of one text became those of another. */
export type LineMap = { readonly hunks: readonly Hunk[]; readonly moves: readonly Move[] };

export type Span = { readonly start: number; readonly end: number };

/**
 * Where a span of lines stands after an edit. Lines that were kept or moved go with their text; lines that were replaced
 * map to what replaced them; lines that were deleted map to the line now standing there. A span that was torn apart goes
 * with its larger part.
 */
export function mapSpan(span: Span, hunks: readonly Hunk[], moves: readonly Move[] = []): Span {
  const { start, end, move } = largestPart(span, moves);
  if (move) return { start: start + move[1] - move[0], end: end + move[1] - move[0] };
  const hunk = lastFrom(hunks, start);
  const first = mapLine(start, hunk, 'first');
  const last = mapLine(end, end === start ? hunk : lastFrom(hunks, end), 'last');
  return { start: first, end: Math.max(first, last) };
}

/** `mapSpan`, for empty spans too. */
export function mapPlace(span: Span, { hunks, moves }: LineMap): Span {
  if (span.end >= span.start) return mapSpan(span, hunks, moves);
  const { start } = mapSpan({ start: span.start, end: span.start }, hunks, moves);
  return { start, end: start - 1 };
}

/** How many lines down those go that stand below a hunk. */
export function shiftBelow(hunk: Hunk | undefined): number {
  return hunk ? hunk[2] + hunk[3] - hunk[0] - hunk[1] : 0;
}

type Part = Span & { readonly move?: Move };

function largestPart(span: Span, moves: readonly Move[]): Part {
  if (moves.length === 0) return span;
  const parts: Part[] = [];
  let line = span.start;
  for (const move of moves) {
    const [start, end] = [Math.max(span.start, move[0]), Math.min(span.end, move[0] + move[2] - 1)];
    if (start > end) continue;
    if (line < start) parts.push({ start: line, end: start - 1 });
    parts.push({ start, end, move });
    line = end + 1;
  }
  if (line <= span.end) parts.push({ start: line, end: span.end });
  return parts.reduce(
    (best, part) => (part.end - part.start > best.end - best.start ? part : best),
    parts[0] ?? span,
  );
}

/** Where a line stands after the hunk that it is in, or that is next above it. */
export function mapLine(line: number, hunk: Hunk | undefined, edge: 'first' | 'last'): number {
  if (hunk && line < hunk[0] + hunk[1]) return withinHunk(line - hunk[0], hunk, edge);
  return Math.max(1, line + shiftBelow(hunk));
}

/** The last hunk that starts at a line or above it; they are in order. */
function lastFrom(hunks: readonly Hunk[], line: number): Hunk | undefined {
  return hunks[firstIndex(hunks.length, (index) => (hunks[index]?.[0] ?? Infinity) > line) - 1];
}

/** The share of the new lines that falls to one of the old ones, by its position. */
function withinHunk(offset: number, [, oldLines, newStart, newLines]: Hunk, edge: 'first' | 'last'): number {
  if (newLines === 0) return newStart;
  const first = Math.floor((offset * newLines) / oldLines);
  const last = Math.ceil(((offset + 1) * newLines) / oldLines) - 1;
  return newStart + (edge === 'first' ? first : Math.max(first, last));
}
