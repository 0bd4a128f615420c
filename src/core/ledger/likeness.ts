import { remembered } from '../../lib/remembered.ts';
import type { Finding } from '../finding.ts';
import type { Span } from './line-map.ts';
import { keyOf } from './quote-key.ts';
import { wordsOf } from './words.ts';

/** What likeness looks at: place and text, never the line number alone. */
export type Likeness = Pick<Finding, 'title' | 'body' | 'instance' | 'kind' | 'anchor'>;

/** From this likeness on, two findings are one. */
export const SAME = 0.75;

/** As like as two findings can be that share a place and not their words. */
const SAME_PLACE = 0.74;

/** From this likeness on there is no doubt, and nobody has put it in other words. */
const REPEATED = 0.9;

const PLACE = 0.55;
const TEXT = 0.25;
const KIND = 0.1;
const SECTION = 0.1;

/**
 * From this agreement of title, body or instance on, the words speak for one finding. A fix draws new findings to the very
 * lines of the old one, so place, kind and section are never enough without it.
 */
const SAME_WORDS = 0.5;

/** From this agreement of both title and body on, nobody has put it in other words: place does not matter. */
export const WORD_FOR_WORD = 0.9;

/** From this many characters on, a quote says what a finding is about even where the text has moved. */
export const TELLING_QUOTE = 24;

/** A finding taken apart, so that it can be compared with many. */
export type Profile = {
  readonly finding: Likeness;
  readonly key: string;
  readonly section: string;
  readonly title: Terms;
  readonly body: Terms;
  readonly instance: Terms;
};

/** How much two findings are alike, from 0 to 1: altogether, and in title, body or instance, whichever does best. */
export type Alike = { readonly score: number; readonly text: number };

export function profileOf(finding: Likeness): Profile {
  return {
    finding,
    key: keyOf(finding.anchor.quote ?? ''),
    section: finding.anchor.section.join('\n'),
    title: termsOf(finding.title),
    body: termsOf(finding.body),
    instance: termsOf(finding.instance),
  };
}

/**
 * Compares two findings. The same quote at the same place is 1 whatever the words. A telling quote is recognised at another
 * place too, unless the known one `stands`: the text it quotes is still where it was. So are the very same words, unless
 * both have quotes that stand.
 */
export function compare(found: Profile, known: Profile, stands: boolean): Alike {
  const place = overlap(found.finding.anchor.lines, known.finding.anchor.lines);
  const { text, isRepeated } = wordsOfBoth(found, known);
  const isSameQuote = found.key !== '' && found.key === known.key;
  if (place > 0 && isSameQuote) return { score: 1, text };

  const hasMoved = isSameQuote && !stands && known.key.length >= TELLING_QUOTE;
  const score =
    PLACE * (hasMoved ? 1 : place) +
    TEXT * text +
    KIND * Number(found.finding.kind === known.finding.kind) +
    SECTION * Number(isSameSection(found, known));
  const isApart = place === 0 && stands && found.key !== '' && known.key !== '';
  if (isRepeated && !isApart) return { score: Math.max(score, REPEATED), text };
  return { score: text >= SAME_WORDS ? score : Math.min(score, SAME_PLACE), text };
}

/** Whether a closer look is worth it: without a place or a quote in common, only the very same words make one of two. */
export function mayBeSame(found: Profile, known: Profile): boolean {
  if (found.key !== '' && found.key === known.key) return true;
  if (overlap(found.finding.anchor.lines, known.finding.anchor.lines) > 0) return true;
  return agreement(found.title, known.title) >= WORD_FOR_WORD;
}

/** Do both stand somewhere, under the same headings? */
export function isSameSection(one: Profile, other: Profile): boolean {
  const arePlaced = one.finding.anchor.lines !== null && other.finding.anchor.lines !== null;
  return arePlaced && one.section === other.section;
}

function wordsOfBoth(
  found: Profile,
  known: Profile,
): { readonly text: number; readonly isRepeated: boolean } {
  const [a, b] = [found.finding, known.finding];
  const [title, body] = [agreement(found.title, known.title), agreement(found.body, known.body)];
  const isTitleAll = a.body === '' && b.body === '' && (!a.anchor.lines || !b.anchor.lines);
  return {
    text: Math.max(title, body, agreement(found.instance, known.instance)),
    isRepeated: (isTitleAll ? title : Math.min(title, body)) >= WORD_FOR_WORD,
  };
}

/** Does the text that a finding quotes still stand at the lines it was carried to? */
export function standsIn(plan: string): (profile: Profile) => boolean {
  const lines = plan.split('\n');
  return ({ key, finding: { anchor } }) => {
    if (key === '' || !anchor.lines) return false;
    return keyOf(lines.slice(anchor.lines.start - 1, anchor.lines.end).join('\n')).includes(key);
  };
}

/** Shared lines over the shorter span: reviewers quote a line of a block as readily as the whole of it. */
function overlap(a: Span | null, b: Span | null): number {
  if (!a || !b) return 0;
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start) + 1;
  return Math.max(0, shared) / (Math.min(a.end - a.start, b.end - b.start) + 1);
}

/** Sørensen-Dice coefficient over the sets of words (https://doi.org/10.2307/1932409). */
export function dice(a: string, b: string): number {
  const [left, right] = [termsOf(a).terms, termsOf(b).terms];
  const shared = [...left].filter((term) => right.has(term)).length;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}

/** The same with words counted by their length: that two titles share `the`, `of` and `no` says nothing in any language. */
function agreement(left: Terms, right: Terms): number {
  if (left.letters === 0 || right.letters === 0) return 0;
  const [fewer, more] = left.terms.size < right.terms.size ? [left, right] : [right, left];
  let shared = 0;
  for (const term of fewer.terms) if (more.terms.has(term)) shared += term.length;
  return (2 * shared) / (left.letters + right.letters);
}

type Terms = { readonly terms: ReadonlySet<string>; readonly letters: number };

/** Characters by which two texts are told apart; a title of megabytes is nobody's words. */
const MOST_TEXT = 50_000;

/** Words; pairs of characters where a script sets no spaces. What a ledger says is compared again each round. */
const termsOf = remembered((text): Terms => {
  const terms = new Set(wordsOf(text.slice(0, MOST_TEXT).normalize('NFKC').toLowerCase(), 2));
  let letters = 0;
  for (const { length } of terms) letters += length;
  return { terms, letters };
}, 5000);
