import { diffArrays } from 'diff';
import { linesWithEnds } from '../../lib/text.ts';

/** One changed stretch: `[first old line, old lines, first new line, new lines]`, 1-based, as in a unified diff. */
export type Hunk = readonly [oldStart: number, oldLines: number, newStart: number, newLines: number];

export type Span = { readonly start: number; readonly end: number };

/** The stretches in which two texts differ, in order. Null when they are too different to be compared in time. */
export function hunksBetween(before: string, after: string): Hunk[] | null {
  const parts = diffArrays(linesWithEnds(before), linesWithEnds(after), { timeout: 2000 });
  if (!parts) return null;
  const hunks: Hunk[] = [];
  let oldLine = 1;
  let newLine = 1;
  let open: [number, number, number, number] | undefined;
  for (const part of parts) {
    const size = part.value.length;
    if (!part.added && !part.removed) {
      open = undefined;
      oldLine += size;
      newLine += size;
      continue;
    }
    if (!open) hunks.push((open = [oldLine, 0, newLine, 0]));
    if (part.removed) [open[1], oldLine] = [open[1] + size, oldLine + size];
    else [open[3], newLine] = [open[3] + size, newLine + size];
  }
  return hunks;
}

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
