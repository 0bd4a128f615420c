import { placeError, usageError, UserError } from '../errors.ts';
import { shellWord } from '../lib/shell-word.ts';
import { count, oneLine } from '../lib/text.ts';

export function noSuchRound(round: number, { run, rounds }: { run: string; rounds: number }): UserError {
  return usageError(
    'no_such_round',
    `There is no round ${round} in run ${run}: it has ${count(rounds, 'round')}.`,
    `See them with: refine-plan report ${shellWord(run)}`,
  );
}

/** The plan of a run is no text file any more. */
export function planGone(plan: string, run: string): UserError {
  return placeError(
    'plan_missing',
    `${oneLine(plan)} is gone, or is no text file any more.`,
    `What the run left is shown by: refine-plan diff ${shellWord(run)} --as-left`,
  );
}

/** A command acts on a run that is still in progress, and must not. */
export function stillInProgress(run: string, plan: string): UserError {
  return placeError(
    'interrupted_run',
    `Run ${run} of ${oneLine(plan)} is still in progress.`,
    `Go on with: refine-plan resume ${shellWord(plan)} - or end it with: refine-plan abandon ${shellWord(run)}`,
  );
}

/** A run has come to its end, so there is nothing to abandon. */
export function alreadyEnded(run: string, status: string): UserError {
  return usageError(
    'already_ended',
    `Run ${run} has ended already: ${status}.`,
    `See how with: refine-plan report ${shellWord(run)}`,
  );
}

/** A review is never resumed, and wrote nothing to the plan. */
export function onlyAReview(run: string): UserError {
  return usageError(
    'only_a_review',
    `${run} is a review: it changes no plan, and is never resumed.`,
    'See every run of this repository with: refine-plan list',
  );
}

/** What a run wrote was changed since in the same places: taking it back would take that with it. */
export function changedSince(plan: string, run: string): UserError {
  return placeError(
    'changed_since',
    `${oneLine(plan)} was changed since in the very places that run ${run} wrote, so its fixes cannot be taken back without losing those changes.`,
    `See what the run did, and take it back by hand: refine-plan diff ${shellWord(run)} --as-left`,
  );
}

/** The plan has changes of somebody else's that a commit of ours would hold. */
export function dirtyBeforeUndo(plan: string): UserError {
  const word = shellWord(plan);
  return placeError(
    'dirty_plan',
    `${oneLine(plan)} has changes that are not committed, and the commit that restores it would hold them too.`,
    `Commit them first: git add ${word} && git commit -m "Change the plan" -- ${word}`,
  );
}

/** Somebody wrote to the plan while it was being restored: theirs stays. */
export function changedMeanwhile(plan: string): UserError {
  return placeError(
    'plan_changed',
    `${oneLine(plan)} was changed by someone else at this moment; nothing was restored.`,
    'See what is in it now, then run this again.',
  );
}

/** Nobody is there to ask, and nothing was said beforehand. */
export function notConfirmed(what: string): UserError {
  return usageError(
    'not_confirmed',
    `${what} is done only after asking, and nobody is there to ask.`,
    'Run it again with: --yes',
  );
}

/** Git refused the commit that restores a plan; the plan is as it was before. */
export function restoreNotCommitted(output: string): UserError {
  return new UserError({
    code: 'commit_failed',
    message: `The plan was not restored, because the commit failed. Git says: ${output.trim() || '(nothing)'}`,
    hint: 'The plan has the bytes it had before. Mend what git names, then run this again.',
    exitCode: 8,
  });
}
