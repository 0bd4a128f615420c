import type { FactOf } from './fact.ts';
import type { Gate } from './finding.ts';

/**
 * Is a review none? All that it would have mended cites text that is not in the plan; what else it raised is not acted on
 * anyway, and does not speak for it. Such a review approves nothing and closes nothing.
 */
export function isVoid({ findings }: Pick<FactOf<'review.parsed'>, 'findings'>): boolean {
  const has = (gate: Gate): boolean => findings.some((finding) => finding.gate === gate);
  return has('void') && !has('actionable');
}
