import type { Anchor } from '../finding.ts';
import type { Entry, Ledger } from './entry.ts';

/** What identity looks at: place and text, never the line number alone. */
export type Likeness = { readonly title: string; readonly body: string; readonly anchor: Anchor };

/**
 * From this score on, two findings are one. Place alone is never enough: a fix draws new findings to the very lines of the
 * old one, so at the same place the words must agree by 0.44 as well.
 */
export const SAME = 0.75;

const PLACE = 0.55;
const TEXT = 0.45;

/** From this many characters on, a quote says what a finding is about even where the text has moved. */
const TELLING_QUOTE = 24;

/** From this agreement of both title and body on, nobody has put it in other words: place does not matter. */
const WORD_FOR_WORD = 0.9;

/**
 * Pairs each new finding with the ledger entry it repeats, best pairs first, one to one. The entries' anchors must stand
 * in the plan the findings were raised on (mapped across every edit since).
 */
export function matchFindings(found: readonly Likeness[], ledger: Ledger): (string | null)[] {
  const pairs = found
    .flatMap((finding, index) =>
      [...ledger.values()].map((entry) => ({ index, id: entry.finding.id, score: likeness(finding, entry) })),
    )
    .filter(({ score }) => score >= SAME)
    .toSorted((a, b) => b.score - a.score || a.index - b.index);
  const ids: (string | null)[] = found.map(() => null);
  const taken = new Set<string>();
  for (const { index, id } of pairs) {
    if (ids[index] !== null || taken.has(id)) continue;
    ids[index] = id;
    taken.add(id);
  }
  return ids;
}

/**
 * From 0 to 1: how much a finding looks like an entry. The same quote at the same place is 1 whatever the words. A telling
 * quote, or the very same words, are recognised at another place too.
 */
export function likeness(finding: Likeness, { finding: known }: Pick<Entry, 'finding'>): number {
  const place = overlap(finding.anchor.lines, known.anchor.lines);
  if (place > 0 && sameQuote(finding.anchor.quote, known.anchor.quote)) return 1;
  const [title, body] = [dice(finding.title, known.title), dice(finding.body, known.body)];
  const hasMoved =
    sameQuote(finding.anchor.quote, known.anchor.quote) &&
    fold(known.anchor.quote ?? '').length >= TELLING_QUOTE;
  const score = PLACE * (hasMoved ? 1 : place) + TEXT * Math.max(title, body);
  const isTitleAll =
    finding.body === '' && known.body === '' && (!finding.anchor.lines || !known.anchor.lines);
  return (isTitleAll ? title : Math.min(title, body)) >= WORD_FOR_WORD ? Math.max(score, SAME) : score;
}

function sameQuote(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && fold(a) === fold(b);
}

/** Shared lines over the shorter span: 1 when one contains the other. */
function overlap(a: Anchor['lines'], b: Anchor['lines']): number {
  if (!a || !b) return 0;
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start) + 1;
  return Math.max(0, shared) / (Math.min(a.end - a.start, b.end - b.start) + 1);
}

/** Sørensen-Dice coefficient over the sets of words. */
export function dice(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.size === 0 || right.size === 0) return 0;
  const shared = [...left].filter((word) => right.has(word)).length;
  return (2 * shared) / (left.size + right.size);
}

function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}

function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
