import { readObject, type Unreadable } from './answer-object.ts';
import { mayApprove, type Rung } from './rungs.ts';
import { readFinding, type RawFinding } from './raw-finding.ts';
import type { Verdict } from './review-schema.ts';

/** A review as it was read. Only a plain or fenced answer may approve. */
export type Reading = {
  readonly rung: Rung;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly findings: readonly RawFinding[];
  readonly next_steps: readonly string[];
};

type Said = Omit<Reading, 'rung'>;

/** Reads a reviewer's final message: the whole text, one fence, or one object cut out of prose or repaired. */
export function readReview(text: string): Reading | Unreadable {
  const read = readObject<Said>(text, ({ verdict, summary, findings, next_steps: steps }) => {
    if (verdict !== 'approve' && verdict !== 'needs-attention')
      return { problem: 'The "verdict" is neither "approve" nor "needs-attention".' };
    if (!Array.isArray(findings)) return { problem: 'The "findings" are not an array.' };
    return {
      verdict,
      summary: typeof summary === 'string' ? summary : '',
      findings: findings.map(readFinding),
      next_steps: Array.isArray(steps) ? steps.filter((step) => typeof step === 'string') : [],
    };
  });
  if ('problem' in read) return read;
  const { rung, said } = read;
  if (said.findings.length === 0 && !mayApprove(rung)) return { problem: PROVES_NOTHING };
  return { rung, ...said };
}

const PROVES_NOTHING =
  'The answer raises nothing, and it is not one plain JSON object, so it cannot count as a review.';
