import { count } from '../../lib/text.ts';
import { FIX_KINDS } from '../finding.ts';
import { asChoice, asRecord, asText, excerptOf, readObject, type Unreadable } from '../answer-object.ts';
import { mayApprove } from '../rungs.ts';
import { CONSEQUENCES, LIKELIHOODS, type StatedRuling } from './schema.ts';
import { rule } from './truth-table.ts';

/** An arbitration as it was read. Every index from 1 to the number of findings is either ruled or unruled, never both. */
export type Arbitration = {
  readonly summary: string;
  readonly rulings: readonly StatedRuling[];
  /** Why nothing was ruled, where more is known than that it was passed over (`why` is empty then). */
  readonly unruled: readonly { readonly index: number; readonly why: string }[];
};

type Said = { readonly summary: string; readonly entries: readonly Entry[] };

type Entry = { readonly index: number; readonly ruling: StatedRuling | string };

/**
 * Reads an arbiter's answer. A ruling that is missing, given twice or unclear is none, and its finding stays as blocking
 * as it was; so does one that would be lowered by an answer that was cut out of prose or repaired. With more than half of
 * the findings unruled the whole answer is a problem.
 */
export function readArbitration(
  text: string,
  { count: expected }: { readonly count: number },
): Arbitration | Unreadable {
  const read = readObject<Said>(text, ({ summary, rulings }) =>
    Array.isArray(rulings)
      ? { summary: asText(summary), entries: rulings.flatMap(readEntry) }
      : { problem: 'The "rulings" are not an array.' },
  );
  if ('problem' in read) return read;
  const { summary, entries } = read.said;
  if (entries.some(({ index }) => index === 0)) {
    return { problem: 'The rulings are numbered from 0, and the findings from 1.' };
  }
  const settled = Array.from({ length: expected }, (_, at) => settle(at + 1, entries, mayApprove(read.rung)));
  const unruled = settled.filter((entry) => 'why' in entry);
  return unruled.length * 2 > expected
    ? { problem: tooFew(unruled, expected) }
    : {
        summary,
        rulings: settled.filter((entry) => 'real' in entry),
        unruled,
      };
}

/** One index: its only ruling, or why it has none. */
function settle(
  index: number,
  entries: readonly Entry[],
  mayLower: boolean,
): StatedRuling | Arbitration['unruled'][number] {
  const [first, ...others] = entries.filter((entry) => entry.index === index);
  if (!first) return { index, why: '' };
  if (others.length > 0) return { index, why: `${count(others.length + 1, 'ruling')} on the same finding` };
  if (typeof first.ruling === 'string') return { index, why: first.ruling };
  return mayLower || rule(first.ruling).gate === 'actionable'
    ? first.ruling
    : { index, why: 'it would lower the finding, in an answer that is not one plain JSON object' };
}

/** What has no index is a ruling on nothing. */
function readEntry(value: unknown): Entry[] {
  const from = asRecord(value);
  const index = from?.['index'];
  if (!from || typeof index !== 'number') return [];
  const { real, quote_supports_claim: supports } = from;
  const consequence = asChoice(from['consequence'], CONSEQUENCES);
  const likelihood = asChoice(from['likelihood'], LIKELIHOODS);
  const kind = asChoice(from['fix_kind'], FIX_KINDS);
  const unclear = (key: string): Entry[] => [{ index, ruling: `its ${key} is ${excerptOf(from[key])}` }];
  if (typeof real !== 'boolean') return unclear('real');
  if (typeof supports !== 'boolean') return unclear('quote_supports_claim');
  if (!consequence) return unclear('consequence');
  if (!likelihood) return unclear('likelihood');
  if (!kind) return unclear('fix_kind');
  const ruling: StatedRuling = {
    index,
    real,
    quote_supports_claim: supports,
    consequence,
    likelihood,
    fix_kind: kind,
    cause: asText(from['cause']),
    same_as: asText(from['same_as']),
    reason: asText(from['reason']),
    likelihood_reason: asText(from['likelihood_reason']),
  };
  return [{ index, ruling }];
}

function tooFew(unruled: Arbitration['unruled'], expected: number): string {
  const named = unruled.slice(0, 5).map(({ index, why }) => `${index} (${why || 'missing'})`);
  const more = unruled.length > named.length ? ', and others' : '';
  return `Of ${count(expected, 'finding')}, ${unruled.length} have no ruling: ${named.join(', ')}${more}.`;
}
