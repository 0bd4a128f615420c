import { settledBy } from './dismissal-match.ts';
import type { Dismissal } from './dismissal.ts';
import type { Finding } from './finding.ts';
import { locatorOf } from './ledger/locate.ts';

/**
 * The dismissals of a plan with one more. A finding that was dismissed before, in this run or another, takes the place of
 * what was said of it then; the order stays.
 */
export function withDismissal(
  dismissals: readonly Dismissal[],
  next: Dismissal,
  { finding, plan }: { readonly finding: Finding; readonly plan: string },
): readonly Dismissal[] {
  const isOf = ({ from }: Dismissal): boolean =>
    from.run === next.from.run && from.finding === next.from.finding;
  const before = dismissals.find(isOf) ?? settledBy(dismissals, locatorOf(plan))(finding);
  return before ? dismissals.map((it) => (it === before ? next : it)) : [...dismissals, next];
}
