/** One changed stretch: `[first old line, old lines, first new line, new lines]`, 1-based, as in a unified diff. */
export type Hunk = readonly [oldStart: number, oldLines: number, newStart: number, newLines: number];

export type Span = { readonly start: number; readonly end: number };

/**
 * Where a span of lines stands after an edit. Lines that were kept move with the text; lines that were replaced map to
 * what replaced them; lines that were deleted map to the line now standing there.
 */
export function mapSpan(span: Span, hunks: readonly Hunk[]): Span {
  const start = mapLine(span.start, hunks, 'first');
  return { start, end: Math.max(start, mapLine(span.end, hunks, 'last')) };
}

function mapLine(line: number, hunks: readonly Hunk[], edge: 'first' | 'last'): number {
  let shift = 0;
  for (const [oldStart, oldLines, newStart, newLines] of hunks) {
    if (line < oldStart) break;
    if (line < oldStart + oldLines)
      return edge === 'first' ? newStart : Math.max(newStart, newStart + newLines - 1);
    shift = newStart + newLines - (oldStart + oldLines);
  }
  return Math.max(1, line + shift);
}
