import { isDiverging } from './divergence.ts';
import type { Damage } from '../estimate/reproduction.ts';
import type { Run } from '../run.ts';

/** Fixes made, and findings that were admitted about text that a fix wrote. */
export function fixesAndInduced({ rounds, ledger }: Run): Damage {
  const fixes = rounds.reduce((sum, { applied }) => sum + (applied ? fixedBy(applied) : 0), 0);
  const induced = [...ledger.values()].filter(
    ({ finding, sent, status }) => finding.generation > 0 && (sent.length > 0 || ADMITTED.has(status)),
  ).length;
  return { fixes, induced };
}

const ADMITTED: ReadonlySet<string> = new Set([
  'open',
  'handed-over',
  'addressed',
  'closed',
  'lapsed',
  'reverted',
]);

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
