import { placeError, usageError, type UserError } from '../errors.ts';
import { shellWord } from '../lib/shell-word.ts';
import { reasonOf } from './store.ts';

export function noReason(plan: string, id: string): UserError {
  return usageError(
    'no_reason',
    'A finding is dismissed for a reason, and none was given.',
    `Say why: refine-plan dismiss ${shellWord(plan)} ${shellWord(id)} --because "the spec allows it"`,
  );
}

/** A run of a plan: its id, the plan as the user named it, and what follows a command that is about it. */
type Of = { readonly run: string; readonly plan: string; readonly target: string };

export function noSuchFinding(id: string, { run, plan, target }: Of): UserError {
  return usageError(
    'no_such_finding',
    `There is no finding ${id} in ${run}, the newest run of ${plan}.`,
    `See its findings with: refine-plan findings ${target}`,
  );
}

export function nothingRaised({ run, plan }: Of): UserError {
  return usageError(
    'nothing_raised',
    `The newest run of ${plan}, ${run}, raised nothing that could be dismissed.`,
    'See every run of this repository with: refine-plan list',
  );
}

export function dismissedDamaged(path: string, problem: string): UserError {
  return usageError(
    'dismissed_damaged',
    `${path}, which keeps what was dismissed, is damaged: ${problem}.`,
    `Mend it, or go back to the version that git has: git checkout -- ${shellWord(path)}`,
  );
}

export function dismissedUnreadable(path: string, cause: unknown): UserError {
  return placeError(
    'cannot_read',
    `${path}, which keeps what was dismissed, cannot be read: ${reasonOf(cause)}.`,
    `Make it readable: chmod u+r ${shellWord(path)}`,
    cause,
  );
}

export function dismissedUnwritable(path: string, cause: unknown): UserError {
  return placeError(
    'cannot_write',
    `${path} cannot be written: ${reasonOf(cause)}.`,
    'Make room and its directory writable, then dismiss the finding again.',
    cause,
  );
}
