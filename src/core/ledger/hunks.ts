import { diffArrays } from 'diff';
import { linesWithEnds } from '../../lib/text.ts';
import type { Hunk } from './line-map.ts';

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
