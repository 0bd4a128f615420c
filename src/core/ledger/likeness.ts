import { linesOf } from '../../lib/text.ts';
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
const WORD_FOR_WORD = 0.9;

/** From this many characters on, a quote says what a finding is about even where the text has moved. */
const TELLING_QUOTE = 24;

/** A finding taken apart, so that it can be compared with many. */
export type Profile = {
  readonly finding: Likeness;
  readonly key: string;
  readonly section: string;
  readonly title: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
  readonly instance: ReadonlySet<string>;
};

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
 * From 0 to 1: how much two findings are alike. The same quote at the same place is 1 whatever the words. A telling quote
 * is recognised at another place too, unless the known one `stands`: the text it quotes is still where it was. So are the
 * very same words, unless both have quotes that stand.
 */
export function likenessOf(found: Profile, known: Profile, stands: boolean): number {
  const [a, b] = [found.finding, known.finding];
  const place = overlap(a.anchor.lines, b.anchor.lines);
  const isSameQuote = found.key !== '' && found.key === known.key;
  if (place > 0 && isSameQuote) return 1;

  const [title, body] = [agreement(found.title, known.title), agreement(found.body, known.body)];
  const hasMoved = isSameQuote && !stands && known.key.length >= TELLING_QUOTE;
  const text = Math.max(title, body, agreement(found.instance, known.instance));
  const isSameSection = a.anchor.lines !== null && b.anchor.lines !== null && found.section === known.section;
  const score =
    PLACE * (hasMoved ? 1 : place) +
    TEXT * text +
    KIND * Number(a.kind === b.kind) +
    SECTION * Number(isSameSection);

  const isTitleAll = a.body === '' && b.body === '' && (!a.anchor.lines || !b.anchor.lines);
  const isApart = place === 0 && stands && found.key !== '' && known.key !== '';
  const isRepeated = (isTitleAll ? title : Math.min(title, body)) >= WORD_FOR_WORD;
  if (isRepeated && !isApart) return Math.max(score, REPEATED);
  return text >= SAME_WORDS ? score : Math.min(score, SAME_PLACE);
}

/** Does the text that a finding quotes still stand at the lines it was carried to? */
export function standsIn(plan: string): (profile: Profile) => boolean {
  const lines = linesOf(plan);
  return ({ key, finding: { anchor } }) => {
    if (key === '' || !anchor.lines) return false;
    return keyOf(lines.slice(anchor.lines.start - 1, anchor.lines.end).join('\n')).includes(key);
  };
}

/** How far the words of title, body or instance agree, whichever do best. */
export function textOf(found: Profile, known: Profile): number {
  return Math.max(
    agreement(found.title, known.title),
    agreement(found.body, known.body),
    agreement(found.instance, known.instance),
  );
}

/** Shared lines over the shorter span: reviewers quote a line of a block as readily as the whole of it. */
function overlap(a: Span | null, b: Span | null): number {
  if (!a || !b) return 0;
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start) + 1;
  return Math.max(0, shared) / (Math.min(a.end - a.start, b.end - b.start) + 1);
}

/** Sørensen-Dice coefficient over the sets of words (https://doi.org/10.2307/1932409). */
export function dice(a: string, b: string): number {
  return shareOf(termsOf(a), termsOf(b), () => 1);
}

/** The same with words counted by their length: that two titles share `the`, `of` and `no` says nothing in any language. */
function agreement(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  return shareOf(left, right, ({ length }) => length);
}

function shareOf(
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
  weigh: (term: string) => number,
): number {
  let [shared, all] = [0, 0];
  for (const term of left) {
    all += weigh(term);
    if (right.has(term)) shared += weigh(term);
  }
  for (const term of right) all += weigh(term);
  return all === 0 ? 0 : (2 * shared) / all;
}

/** Words; pairs of characters where a script sets no spaces. */
function termsOf(text: string): Set<string> {
  return new Set(wordsOf(text.normalize('NFKC').toLowerCase(), 2));
}
