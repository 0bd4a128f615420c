import { isDiverging } from './divergence.ts';
import type { Damage } from '../estimate/reproduction.ts';
import { wasAdmitted } from '../ledger/entry.ts';
import type { Run } from '../run.ts';

/** Fixes made, and findings that were admitted about text that a fix wrote. */
export function fixesAndInduced({ rounds, ledger }: Run): Damage {
  const fixes = rounds.reduce((sum, { applied }) => sum + (applied ? fixedBy(applied) : 0), 0);
  const induced = [...ledger.values()].filter(
    (entry) => entry.finding.generation > 0 && wasAdmitted(entry),
  ).length;
  return { fixes, induced };
}

function fixedBy({
  findings,
  reverted,
}: {
  findings: readonly string[];
  reverted: readonly string[];
}): number {
  return findings.filter((id) => !reverted.includes(id)).length;
}

/** Does the loop raise defects about as fast as it mends them? */
export function isFeedingOnItself(run: Run): boolean {
  return isDiverging(fixesAndInduced(run));
}
