import type { Finding } from '../finding.ts';
import type { FixRecord } from './fix-record.ts';
import { normalised } from './similarity.ts';

/** A claim of these kinds is about facts, not taste: it may ask for the removal of anything. */
const FACTUAL: readonly Finding['kind'][] = ['contradiction', 'wrong-fact'];

/** How many of the last rounds a fix is defended in. */
const RECENT = 2;

/** Shorter quotes are found in any text. */
const SHORTEST_QUOTE = 12;

const REMOVES = /\b(?:remov|delet|drop|cut|revert|undo|take out|strip|omit|get rid)/i;
const QUOTED = /`[^`]+`|"[^"]+"|“[^”]+”/g;

/**
 * The recent fix that a new finding asks to take back: its recommendation quotes what the fix put in, and wants it gone.
 * A matter of taste that goes to and fro; null where there is none, or where the finding claims a contradiction or a fact.
 */
export function takesBack(
  { kind, recommendation }: Pick<Finding, 'kind' | 'recommendation'>,
  records: readonly FixRecord[],
  round: number,
): FixRecord | null {
  if (FACTUAL.includes(kind) || !REMOVES.test(recommendation)) return null;
  const quotes = [...recommendation.matchAll(QUOTED)]
    .map(([quoted]) => normalised(quoted.slice(1, -1)))
    .filter(({ length }) => length >= SHORTEST_QUOTE);
  const recent = records.filter((record) => record.round < round && record.round >= round - RECENT);
  // What a fix took out of one step and put into the next was there before.
  const stoodBefore = (quote: string, of: number): boolean =>
    recent.some((record) => record.round === of && normalised(record.removed).includes(quote));
  const isOurs = ({ round: of, added }: FixRecord): boolean =>
    quotes.some((quote) => normalised(added).includes(quote) && !stoodBefore(quote, of));
  return recent.findLast(isOurs) ?? null;
}
