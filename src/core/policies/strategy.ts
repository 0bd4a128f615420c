import type { Mode } from '../fact.ts';
import type { Round, Run } from '../run.ts';

/** Looks at the same bytes, unless more reviewers are set: each hunt has a lens of its own. */
const HUNTS = 3;
export const MOST_HUNTS = 4;

/** Fixes after the hunts, and after the audit: each is looked at by a verifier. */
const FIXES = { hunt: 1, audit: 3 } as const;

/**
 * The most decisions of a frozen run, retries and repairs apart: 4 hunts, an arbitration, a fix and a verification, then an
 * audit, a second look at what is no verdict, an arbitration, 3 fixes and 3 verifications.
 */
export const MOST_DECISIONS = 16;

/** How many looks a round of this mode begins with. */
export function looksOf(run: Run, mode: Mode): number {
  const reviewers = 1 + run.settings.further_reviewers.length;
  if (mode === 'hunt') return Math.max(HUNTS, Math.min(reviewers, MOST_HUNTS));
  return mode === 'review' ? reviewers : 1;
}

/** What the next round begins with; null: there is no next round to be had by this strategy. */
export function nextMode(run: Run): Mode | null {
  const last = run.rounds.at(-1);
  if (run.settings.strategy === 'rounds') return hasStoppedHunting(run) ? afterHunting(last) : 'review';
  if (!last) return 'hunt';
  if (last.how === 'edited') return 'verify';
  if (last.how === 'dropped') return last.baseline.mode;
  return run.rounds.some(({ baseline }) => baseline.mode === 'audit') ? null : 'audit';
}

/**
 * The loop is to go on whatever its fixes breed, as it did before there was a watch on them: nothing is taken back, contested,
 * or refused for its place or size.
 */
export function isUnwatched({ settings }: Run): boolean {
  return settings.policies.divergence === 'continue';
}

/** The loop was found to feed on its own fixes, and what is open is to be verified and nothing more looked for. */
export function hasStoppedHunting({ decisions }: Run): boolean {
  return decisions.some(({ question, answer }) => question === 'divergence' && answer === 'verify');
}

function afterHunting(last: Round | undefined): Mode | null {
  return last?.how === 'edited' || last?.how === 'dropped' ? 'verify' : null;
}

/** May what is open be fixed once more in this phase, so that the look at that fix is within the bound too? */
export function mayFixAgain(run: Run): boolean {
  if (run.settings.strategy === 'rounds' && !hasStoppedHunting(run)) return true;
  const begun = run.rounds.findLastIndex(({ baseline: { mode } }) => mode !== 'verify');
  const fixes = run.rounds.slice(begun).filter(({ applied }) => applied !== null).length;
  return fixes < FIXES[run.rounds[begun]?.baseline.mode === 'audit' ? 'audit' : 'hunt'];
}

/**
 * Does what a verifier left open after the hunts wait for the audit? Then one fix sees to both: the fix of a few findings and
 * the look at it cost as much as those of many.
 */
export function waitsForAudit(run: Run, { verification }: Round): boolean {
  return verification !== null && nextMode(run) === 'audit' && !mayFixAgain(run);
}

/** Answers that were read and decided something: what the bound is about. Retries and repairs are counted apart. */
export function decisionsOf({ rounds }: Run): number {
  const deciding = ['hunt', 'audit', 'arbitrate', 'fix', 'verify'];
  const counted = rounds.filter(({ how }) => how !== 'dropped'); // somebody else's edit is no decision of ours
  return counted.reduce((sum, round) => {
    const seats = new Set(
      round.calls
        .map(({ started: { purpose, seat } }) => `${purpose} ${seat}`)
        .filter((key) => deciding.includes(key.split(' ', 1)[0] ?? '')),
    );
    return sum + seats.size + (round.looks - 1);
  }, 0);
}

/** Throws where a frozen run exceeds its bound, which is a bug: the bound is a property of the rules. */
export function assertBounded(run: Run): void {
  if (run.settings.strategy === 'frozen' && decisionsOf(run) > MOST_DECISIONS)
    throw new Error(
      `A frozen run takes at most ${MOST_DECISIONS} decisions; this one took ${decisionsOf(run)}.`,
    );
}
