import { diffWordsWithSpace, structuredPatch } from 'diff';

/** A stretch of a line; `isChanged` where it differs from the line that stands in its place. */
export type Part = { readonly text: string; readonly isChanged: boolean };

/** A line of a diff: kept, taken out or put in, with its number before and after. */
export type DiffLine = {
  readonly kind: 'same' | 'out' | 'in';
  readonly before: number | null;
  readonly after: number | null;
  readonly parts: readonly Part[];
};

/** Lines that changed, with a few around them. */
export type DiffHunk = {
  readonly before: number;
  readonly after: number;
  readonly lines: readonly DiffLine[];
};

/** So many edits are looked for; texts further apart than that are shown as one taken out and one put in. */
const MOST_EDITS = 4000;

/** How one text became another, hunk by hunk, and within lines that were rewritten word by word. */
export function diffHunks(before: string, after: string, { context = 3 } = {}): DiffHunk[] {
  if (before === after) return [];
  const patch = structuredPatch('', '', plain(before), plain(after), '', '', {
    context,
    maxEditLength: MOST_EDITS,
  });
  const hunks = patch?.hunks ?? [wholly(plain(before), plain(after))];
  return hunks.map(({ oldStart, newStart, lines }) => ({
    before: oldStart,
    after: newStart,
    lines: numbered(lines, oldStart, newStart),
  }));
}

/** How many lines were put in and taken out. */
export function changedLines(hunks: readonly DiffHunk[]): {
  readonly added: number;
  readonly removed: number;
} {
  const kinds = hunks.flatMap(({ lines }) => lines.map(({ kind }) => kind));
  return {
    added: kinds.filter((kind) => kind === 'in').length,
    removed: kinds.filter((kind) => kind === 'out').length,
  };
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function wholly(before: string, after: string): { oldStart: number; newStart: number; lines: string[] } {
  const signed = (sign: string, text: string): string[] =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => sign + line);
  return { oldStart: 1, newStart: 1, lines: [...signed('-', before), ...signed('+', after)] };
}

function numbered(signed: readonly string[], before: number, after: number): DiffLine[] {
  let [old, now] = [before, after];
  const lines: DiffLine[] = [];
  for (const line of signed) {
    if (line.startsWith('\\')) continue; // that there is no line end at the end of the file
    const parts = [{ text: line.slice(1), isChanged: false }];
    if (line.startsWith('-')) lines.push({ kind: 'out', before: old++, after: null, parts });
    else if (line.startsWith('+')) lines.push({ kind: 'in', before: null, after: now++, parts });
    else lines.push({ kind: 'same', before: old++, after: now++, parts });
  }
  return withWords(lines);
}

/** Lines taken out with as many put in right after them were rewritten, each in its place. */
function withWords(lines: readonly DiffLine[]): DiffLine[] {
  const result = [...lines];
  for (let at = 0; at < lines.length;) {
    const out = runOf(lines, at, 'out');
    const into = runOf(lines, at + out, 'in');
    if (out > 0 && out === into)
      for (let n = at; n < at + out; n += 1) {
        const [removed, added] = [lines[n], lines[n + out]];
        const words = removed && added && wordsOf(textOf(removed), textOf(added));
        if (words)
          [result[n], result[n + out]] = [
            { ...removed, parts: words.out },
            { ...added, parts: words.in },
          ];
      }
    at += Math.max(1, out + into);
  }
  return result;
}

function runOf(lines: readonly DiffLine[], from: number, kind: DiffLine['kind']): number {
  let length = 0;
  while (lines[from + length]?.kind === kind) length += 1;
  return length;
}

function textOf({ parts }: DiffLine): string {
  return parts.map(({ text }) => text).join('');
}

/** Longer lines are not compared, and of lines that share little the marks would only confuse. */
const LONGEST = 2000;
const LEAST_SHARED = 0.3;

/** How one line became another, word by word; undefined where they are too long, or too far apart for that to help. */
export function wordsOf(
  before: string,
  after: string,
): { readonly out: readonly Part[]; readonly in: readonly Part[] } | undefined {
  if (before.length > LONGEST || after.length > LONGEST) return undefined;
  const changes = diffWordsWithSpace(before, after);
  const shared = changes.filter(({ added, removed }) => !added && !removed);
  const kept = shared.reduce((sum, { value }) => sum + value.trim().length, 0);
  if (kept < LEAST_SHARED * Math.min(before.trim().length, after.trim().length)) return undefined;
  const side = (other: 'added' | 'removed'): Part[] =>
    changes
      .filter((change) => !change[other])
      .map(({ value, added, removed }) => ({ text: value, isChanged: added || removed }));
  return { out: side('added'), in: side('removed') };
}
