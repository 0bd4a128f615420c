import { diffArrays } from 'diff';
import { linesWithEnds } from '../lib/text.ts';

/** Beyond so many lines taken out and put in, all lines get the usual end: the same for the same texts, whatever the machine. */
const MOST_EDITS = 2000;

/**
 * Gives an edited text the shape of the original where the edit did not mean to change it: byte order mark, line ends,
 * final line end. Agents and editors normalise these in passing, and a plan must not change by that.
 */
export function keepShape(before: string, after: string): string {
  return keepLineEnds(before, keepEdges(before, after)); // in this order: lines are compared whole
}

/** The same for the two ends of the text alone: byte order mark and final line end. */
export function keepEdges(before: string, after: string): string {
  return keepMark(before, keepFinalEnd(before, after));
}

function keepMark(before: string, after: string): string {
  const marked = before.startsWith('\ufeff');
  if (after === '' || marked === after.startsWith('\ufeff')) return after;
  return marked ? `\ufeff${after}` : after.slice(1);
}

function keepFinalEnd(before: string, after: string): string {
  const [had, has] = [/\r?\n$/.exec(before)?.[0], /\r?\n$/.exec(after)?.[0]];
  if (after === '' || before === '' || (had === undefined) === (has === undefined)) return after;
  return had === undefined ? after.replace(/(?:\r?\n)+$/, '') : after + had;
}

function keepLineEnds(before: string, after: string): string {
  const usual = usualEnd(before);
  if (!before.includes('\r\n') && !after.includes('\r\n')) return after;
  const ends = [...linesWithEnds(before)];
  const parts = diffArrays(ends.map(bare), linesWithEnds(after).map(bare), {
    maxEditLength: MOST_EDITS,
  });
  if (!parts) return after.replace(/\r?\n/g, usual);
  const pieces: string[] = [];
  let at = 0;
  for (const { value, added, removed } of parts) {
    for (const line of value) {
      if (!removed) pieces.push(line, added ? usual : endOf(ends[at]) || usual);
      if (!added) at += 1;
    }
  }
  return (after.endsWith('\n') ? pieces : pieces.slice(0, -1)).join('');
}

function usualEnd(text: string): string {
  const crlf = text.split('\r\n').length - 1;
  const lf = text.split('\n').length - 1 - crlf;
  return crlf > lf ? '\r\n' : '\n';
}

function bare(line: string): string {
  return line.replace(/\r?\n$/, '');
}

function endOf(line: string | undefined): string {
  return /\r?\n$/.exec(line ?? '')?.[0] ?? '';
}
