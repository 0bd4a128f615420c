import { placeError, type UserError } from '../errors.ts';
import { formatDuration } from '../lib/duration.ts';
import { shellWord } from '../lib/shell-word.ts';
import { clean, oneLine } from '../lib/text.ts';
import { DISK_MENDS } from './store.ts';

export function noGit(): UserError {
  return placeError(
    'no_git',
    'There is no program git on the PATH.',
    'Install git, then see what else is missing with: refine-plan doctor',
  );
}

/** Git said no; its own words are the message. */
export function gitRefused(args: readonly string[], words: string, cause?: unknown): UserError {
  const command = args.find((arg, i) => !arg.startsWith('-') && args[i - 1] !== '-c') ?? '';
  const said = clean(words).trim().slice(0, 4000) || 'It does not say why.';
  return placeError(
    'git_refused',
    `git ${command} failed. ${said}`,
    'See what git makes of this directory with: git status',
    cause,
  );
}

export function noRepository(plan: string): UserError {
  return placeError('no_repository', `${oneLine(plan)} is in no git repository.`, 'Make one with: git init');
}

export function bareRepository(gitDir: string): UserError {
  const message = `${oneLine(gitDir)} is a git directory without a work tree, so no plan can be committed from there.`;
  return placeError(
    'bare_repository',
    message,
    `Clone it, and refine the plan in the clone: git clone ${shellWord(gitDir)}`,
  );
}

export function planIgnored(plan: string): UserError {
  return placeError(
    'plan_ignored',
    `${oneLine(plan)} is ignored by git.`,
    `Find the rule with: git check-ignore --verbose ${shellWord(plan)}`,
  );
}

export function planConflicted(plan: string): UserError {
  return placeError(
    'plan_conflicted',
    `${oneLine(plan)} has a merge conflict that is not resolved.`,
    `Resolve it, then: git add ${shellWord(plan)}`,
  );
}

/** Git was told not to look at the plan: `flag` is the one of `git update-index` that says so. */
export function planHidden(plan: string, flag: 'assume-unchanged' | 'skip-worktree'): UserError {
  const message = `${oneLine(plan)} is marked ${flag}, so git does not look at it.`;
  return placeError(
    'plan_hidden',
    message,
    `Take the mark off with: git update-index --no-${flag} ${shellWord(plan)}`,
  );
}

export function operationUnderWay(operation: string): UserError {
  return placeError(
    'operation_under_way',
    `There is an unfinished ${operation} in this repository.`,
    `Finish it with: git ${operation} --continue - or drop it with: git ${operation} --abort`,
  );
}

/** Nobody to write a commit as; `who` is what git calls the missing one. */
export function noIdentity(who: 'author' | 'committer'): UserError {
  return placeError(
    'no_identity',
    `Git does not know the ${who} of a commit.`,
    'Tell it with: git config user.name "Your Name" && git config user.email you@example.com',
  );
}

/** Git could not write a commit, because its disk is full or fails. The plan has the bytes that are to be committed. */
export function commitNotWritten(disk: 'full' | 'fails', output: string): UserError {
  const why = disk === 'full' ? 'there is no space left for git' : 'the disk reports an error to git';
  return placeError(
    `disk_${disk}`,
    `The plan was not committed, because ${why}; the run can go on from where it is. Git says: ${output}`,
    `${DISK_MENDS[disk]}, then run: refine-plan resume`,
  );
}

/** Why a commit failed, for where git itself has no words. */
export const commitProblem = {
  planGone: (plan: string): string => `${oneLine(plan)} is gone, and its deletion is not committed.`,
  lockHeld: (lock: string): string =>
    `Another git process holds ${oneLine(lock)}. If none is running any more, remove that file.`,
  silentHook: (): string => 'A commit hook refused without saying why.',
  timedOut: (ms: number): string =>
    `git commit was ended after ${formatDuration(ms)}, most likely waiting for a hook. Allow more with --git-timeout.`,
  ended: (): string => 'git commit was ended before it was done.',
  noCommit: (): string => 'git commit went through, but there is no new commit.',
} as const;
