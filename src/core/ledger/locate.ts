import type { Anchor } from '../finding.ts';
import type { RawFinding } from '../raw-finding.ts';

/**
 * Places a finding in the plan by its verbatim quote; where it has none, by its lines. A quote that occurs more than
 * once is taken at the occurrence nearest to the lines it came with.
 */
export function locate(finding: Pick<RawFinding, 'quote' | 'lines'>, plan: string): Anchor {
  const { quote } = finding;
  if (quote === null) return byLines(finding.lines, plan);
  const exact = nearest(occurrences(plan, quote), finding.lines, (at) => lineAt(plan, at));
  if (exact !== undefined) return spanOf('exact', plan, exact, exact + quote.length, quote);
  const folded = foldedMatch(plan, quote, finding.lines);
  return folded
    ? spanOf('folded', plan, folded.start, folded.end, quote)
    : { how: 'void', lines: null, quote, section: [] };
}

function byLines(lines: RawFinding['lines'], plan: string): Anchor {
  if (!lines || lines.start > countLines(plan)) return { how: 'none', lines: null, quote: null, section: [] };
  return {
    how: 'lines',
    lines: { start: lines.start, end: Math.min(lines.end, countLines(plan)) },
    quote: null,
    section: [],
  };
}

function spanOf(how: 'exact' | 'folded', plan: string, start: number, end: number, quote: string): Anchor {
  const last = Math.max(start, end - 1);
  return { how, lines: { start: lineAt(plan, start), end: lineAt(plan, last) }, quote, section: [] };
}

/** The number of lines of a text; a final line end does not start another one. */
export function countLines(text: string): number {
  if (text === '') return 0;
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.endsWith('\n') ? lines : lines + 1;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function occurrences(text: string, part: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at !== -1 && found.length < 1000; at = text.indexOf(part, at + 1))
    found.push(at);
  return found;
}

function nearest(
  offsets: number[],
  lines: RawFinding['lines'],
  lineOf: (offset: number) => number,
): number | undefined {
  if (offsets.length < 2 || !lines) return offsets[0];
  const distance = (offset: number): number => Math.abs(lineOf(offset) - lines.start);
  return offsets.reduce((best, offset) => (distance(offset) < distance(best) ? offset : best));
}

/** Models re-wrap what they quote: look again with white space folded and the line-number gutter of the prompt removed. */
function foldedMatch(
  plan: string,
  quote: string,
  lines: RawFinding['lines'],
): { start: number; end: number } | undefined {
  const needle = fold(quote.replace(/^\s*\d+\s?\|\s?/gm, '')).text.trim();
  if (!/[\p{L}\p{N}]/u.test(needle)) return undefined; // too little to be a citation of anything
  const folded = fold(plan);
  const at = nearest(occurrences(folded.text, needle), lines, (offset) =>
    lineAt(plan, folded.offsets[offset] ?? 0),
  );
  if (at === undefined) return undefined;
  const last = folded.offsets[at + needle.length - 1] ?? 0;
  return { start: folded.offsets[at] ?? 0, end: last + 1 };
}

function fold(text: string): { text: string; offsets: number[] } {
  const offsets: number[] = [];
  const kept: string[] = [];
  let blank = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charAt(i);
    const space = /\s/.test(c);
    if (space && blank) continue;
    blank = space;
    kept.push(space ? ' ' : c);
    offsets.push(i);
  }
  return { text: kept.join(''), offsets };
}
