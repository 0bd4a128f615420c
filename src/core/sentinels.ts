import { linesOf } from '../lib/text.ts';

/** A load-bearing string: a code span on, or next to, a line marked `**load-bearing`. */
export type Sentinel = { readonly text: string; readonly line: number };

export type Sentinels = { readonly strings: readonly Sentinel[]; readonly markerLines: number };

const MARKER = /\*\*load-bearing/i;
// A code span: a run of backticks up to the next run of the same length.
const CODE_SPAN = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g;

/**
 * The strings the drift guard protects: every code span on a marker line and on the lines just above and below it,
 * unique, in order. Take them from the bytes *before* an edit; taken afterwards the guard could not fail.
 */
export function sentinelsOf(plan: string): Sentinels {
  const lines = linesOf(plan);
  const marked = lines.flatMap((line, index) => (MARKER.test(line) ? [index] : []));
  const near = new Set(marked.flatMap((index) => [index - 1, index, index + 1]));
  const strings = new Map<string, Sentinel>();
  for (const index of [...near].toSorted((a, b) => a - b)) {
    for (const text of codeSpans(lines[index] ?? '')) {
      if (!strings.has(text)) strings.set(text, { text, line: index + 1 });
    }
  }
  return { strings: [...strings.values()], markerLines: marked.length };
}

function codeSpans(line: string): string[] {
  return [...line.matchAll(CODE_SPAN)]
    .map(([, , inside = '']) => inside.trim())
    .filter((text) => text !== '');
}

/** Which load-bearing strings an edit lost, and whether a marker line went with them. */
export type Drift = {
  readonly lost: readonly string[];
  readonly markersBefore: number;
  readonly markersAfter: number;
};

/** Compares a plan after an edit with the sentinels from before it. A sentinel that only moved is no drift. */
export function driftIn(after: string, before: Sentinels): Drift {
  return {
    lost: before.strings.filter(({ text }) => !occursAlone(after, text)).map(({ text }) => text),
    markersBefore: before.markerLines,
    markersAfter: sentinelsOf(after).markerLines,
  };
}

export function hasDrifted(drift: Drift): boolean {
  return drift.lost.length > 0 || drift.markersAfter < drift.markersBefore;
}

/** Does it occur bounded by non-word characters? `id` inside `grid` is not `id`. */
function occursAlone(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    if (!isWord(text.charAt(at - 1)) && !isWord(text.charAt(at + part.length))) return true;
  }
  return false;
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}
