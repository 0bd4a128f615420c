import search from 'approx-string-match';
import { condense, type Condensed } from './condense.ts';
import type { Span } from './line-map.ts';

/** Finds a quote in a text: the offsets of every place, in UTF-16 units, `end` behind the last. */
export type Quotes = {
  /** As it stands. */
  readonly exact: (quote: string) => readonly Span[];
  /** With white space folded, and without the line numbers that the prompt shows. */
  readonly folded: (quote: string) => readonly Span[];
  /** With some letters wrong, where one place is much more like it than any other; one or none. */
  readonly fuzzy: (quote: string) => readonly Span[];
};

/** Searching costs with each: a text is not folded before a quote has not been found in it. */
export function quotedIn(text: string): Quotes {
  let folded: Condensed | undefined;
  let bare: Condensed | undefined;
  return {
    exact: (quote) => occurrences(text, quote),
    folded: (quote) => foldedPlaces((folded ??= fold(text)), quote),
    fuzzy: (quote) => likePlace((bare ??= undress(text)), quote),
  };
}

/** More places than this are as good as nowhere: only the first are compared. */
const MOST_PLACES = 1000;

function occurrences(text: string, part: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(part); at !== -1 && found.length < MOST_PLACES; at = text.indexOf(part, at + 1))
    found.push({ start: at, end: at + part.length });
  return found;
}

/** Models re-wrap what they quote, and copy the gutter of the prompt. */
function foldedPlaces(text: Condensed, quote: string): Span[] {
  const needle = fold(withoutGutter(quote)).text.trim();
  if (!/[\p{L}\p{N}]/u.test(needle)) return []; // too little to be a citation of anything
  return occurrences(text.text, needle).map((place) => originalOf(place, text));
}

/** From so many characters on a quote that is not quite right still says which place it means. */
const SHORTEST = 24;
/** Searching is linear in this; what is beyond is not compared. */
const LONGEST = 400;
/** How many edits the runner-up must be away from the best. */
const MARGIN = 3;

/**
 * The place that a quote is nearly the text of: at most a fifth of its characters wrong, and every other place worse by
 * three edits or more. So Hypothesis anchors quotes on pages that changed (https://github.com/hypothesis/client/pull/2779).
 */
function likePlace(text: Condensed, quote: string): Span[] {
  const needle = undress(withoutGutter(quote)).text.trim().slice(0, LONGEST);
  if (needle.length < SHORTEST || (needle.match(/[\p{L}\p{N}]/gu) ?? []).length * 2 < needle.length)
    return [];
  const [best] = search(text.text, needle, Math.max(2, Math.floor(needle.length / 5)));
  if (!best) return [];
  const others = [text.text.slice(0, best.start), text.text.slice(best.end)];
  if (others.some((other) => search(other, needle, best.errors + MARGIN - 1).length > 0)) return [];
  const found = text.text.slice(best.start, best.end);
  const start = best.start + found.length - found.trimStart().length;
  return [originalOf({ start, end: start + found.trim().length }, text)];
}

function withoutGutter(quote: string): string {
  return quote.replace(/^\s*\d+\s?\|\s?/gm, '');
}

function fold(text: string): Condensed {
  return condense(text, /\s+/g, () => ' ');
}

/** Without what models leave out or put in when they quote: marks of emphasis and code, curly quotes, long dashes. */
function undress(text: string): Condensed {
  const plain = text
    .replace(/[‘’‚]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐-―−]/g, '-');
  return condense(plain, /[\s*`]+/g, (run) => (/\s/.test(run) ? ' ' : ''));
}

function originalOf({ start, end }: Span, { offsetOf }: Condensed): Span {
  return { start: offsetOf(start), end: offsetOf(Math.max(start, end - 1)) + 1 };
}
