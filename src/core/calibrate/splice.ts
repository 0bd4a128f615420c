import type { Span } from '../ledger/line-map.ts';

/** A stretch of a text, in UTF-16 units, and what replaces it. */
export type Splice = { readonly start: number; readonly end: number; readonly fresh: string };

/** The text with all splices made; they must not overlap. Those at one place are made in the order given. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, fresh } of inOrder(splices)) {
    pieces.push(text.slice(at, start), fresh);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** What undoes splices of a text, to be made in the text they lead to. */
export function inverse(text: string, splices: readonly Splice[]): Splice[] {
  let ahead = 0;
  return inOrder(splices).map(({ start, end, fresh }) => {
    const from = start + ahead;
    ahead += fresh.length - (end - start);
    return { start: from, end: from + fresh.length, fresh: text.slice(start, end) };
  });
}

/** Where a stretch of the text stands after splices. What is put in at its edges belongs to it only where it is empty. */
export function placeAfter(stretch: Span, splices: readonly Splice[]): Span {
  const isEmpty = stretch.start === stretch.end;
  let { start, end } = stretch;
  for (const splice of splices) {
    const grown = splice.fresh.length - (splice.end - splice.start);
    const isBefore = splice.end <= stretch.start && !(isEmpty && splice.start === stretch.start);
    if (isBefore) start += grown;
    if (isBefore || splice.start < stretch.end || (isEmpty && splice.start === stretch.start)) end += grown;
  }
  return { start, end };
}

/** The lines, 1-based, that a stretch of offsets is on, but for the white space at its ends. */
export function linesAt(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const first = lineOf(start + inside.length - inside.trimStart().length);
  return { start: first, end: Math.max(first, lineOf(start + inside.trimEnd().length)) };
}

function inOrder(splices: readonly Splice[]): Splice[] {
  return splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
