import { blocksIn, type Outline } from '../ledger/blocks.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Round, Run } from '../run.ts';

/** The round whose fix is to be verified: the last one that changed the plan. */
export function fixedRound({ rounds }: Run): Round | undefined {
  return rounds.findLast(({ applied }) => applied !== null);
}

/** What a verifier is asked about: all that is open, and what the last fix addressed. */
export function underCheck(run: Run): Entry[] {
  const last = fixedRound(run)?.number;
  return [...run.ledger.values()].filter(
    ({ status, addressedIn }) => status === 'open' || (status === 'addressed' && addressedIn === last),
  );
}

/**
 * Did the last fix change bytes in the block of a finding, or, where each edit names its findings, anywhere for it? In the
 * outline of the plan after the fix.
 */
export function isChanged({ finding }: Entry, run: Run, outline: Outline): boolean {
  const changes = fixedRound(run)?.applied?.changes ?? [];
  const isNamed = run.settings.edit_mode === 'patch';
  const blocks = finding.anchor.lines ? blocksIn(outline, finding.anchor.lines) : [];
  return changes.some(
    ({ findings, lines }) =>
      (isNamed && findings.includes(finding.id)) ||
      // What was only deleted stands between two lines: the block ends above it, begins below it, or is around it.
      blocks.some(
        ({ start, end }) =>
          lines.start <= Math.max(end, end + lines.start - lines.end) &&
          Math.max(lines.start, lines.end) >= start,
      ),
  );
}
