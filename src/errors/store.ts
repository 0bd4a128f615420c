import { dirname } from 'node:path';
import { placeError, usageError, type UserError } from '../errors.ts';
import { shellWord } from '../lib/shell-word.ts';

export function journalDamaged(path: string, line: number, problem: string): UserError {
  return placeError(
    'journal_damaged',
    `The journal ${path} is damaged at line ${line}: ${problem}.`,
    `Move that run out of the way, then start anew: mv ${shellWord(dirname(path))} ~`,
  );
}

/** A file of a run directory is gone, or no longer what the run wrote; `problem` says which. */
export function runDamaged(dir: string, name: string, problem: string): UserError {
  return placeError(
    'run_damaged',
    `The run directory ${dir} is damaged: ${name} ${problem}.`,
    `Put that file back, or move the run out of the way and start anew: mv ${shellWord(dir)} ~`,
  );
}

/** A file of a run directory that is there, and cannot be read. */
export function runUnreadable(dir: string, name: string, cause: unknown): UserError {
  return runDamaged(dir, name, `cannot be read: ${reasonOf(cause)}`);
}

export function journalTooNew(path: string): UserError {
  return placeError(
    'journal_too_new',
    `The journal ${path} was written by a newer refine-plan.`,
    'Update refine-plan to the version that wrote it, or a newer one.',
  );
}

/** What to do first about a disk that takes no more, or reports errors. */
export const DISK_MENDS = {
  full: 'Free some space on that disk',
  fails: 'See what is wrong with that disk (dmesg names it)',
} as const;

export function diskFull(path: string, cause: unknown): UserError {
  return placeError(
    'disk_full',
    `There is no space left to write ${path}. Nothing was half recorded; the run can go on from where it is.`,
    `${DISK_MENDS.full}, then run: refine-plan resume`,
    cause,
  );
}

/** A disk that fails, be it for a moment: a cable, a network, a medium. */
export function diskFails(path: string, cause: unknown): UserError {
  return placeError(
    'disk_fails',
    `The disk reports an error at ${path}. Nothing was half recorded; the run can go on from where it is.`,
    `${DISK_MENDS.fails}, then run: refine-plan resume`,
    cause,
  );
}

/** The state directory was deleted under a run. Its plan and its commits are where they were. */
export function runRemoved(dir: string): UserError {
  return placeError(
    'run_removed',
    `${dir} was removed while the run was working. The plan and the commits it made stay; what it recorded is lost.`,
    'Look at the plan, then start anew with: refine-plan',
  );
}

/** The same for a limit on the size of files, be it the shell's or the file system's. */
export function fileTooLarge(path: string, cause: unknown): UserError {
  return placeError(
    'disk_full',
    `${path} may not grow any larger. Nothing was half recorded; the run can go on from where it is.`,
    'Raise the limit on the size of files (ulimit -f), then run: refine-plan resume',
    cause,
  );
}

export function cannotWrite(path: string, cause: unknown): UserError {
  return placeError(
    'cannot_write',
    `${path} cannot be written: ${reasonOf(cause)}.`,
    'Make the directory writable, or keep the state elsewhere with: --state-root DIR',
    cause,
  );
}

/** A file that was named on the command line to be written. */
export function cannotWriteOutput(path: string, cause: unknown): UserError {
  return placeError(
    'cannot_write',
    `${path} cannot be written: ${reasonOf(cause)}.`,
    'Name another file with --output, or leave it out.',
    cause,
  );
}

/** Standard output takes no more, and not because nobody reads it. */
export function outputLost(cause: unknown): UserError {
  return placeError(
    'output_lost',
    `Standard output cannot be written: ${reasonOf(cause)}.`,
    'Send it elsewhere. What a run recorded is kept; go on with: refine-plan resume',
    cause,
  );
}

/** What the system says, without the code and the call: `permission denied`. */
export function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return /^E[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message;
}

export type Owner = {
  readonly host: string;
  readonly pid: number;
  readonly run: string;
  readonly since: string;
};

/** What a lock names before its run has an id. */
const STARTING = '(starting)';

export function locked(plan: string, owner: Owner): UserError {
  const run = owner.run === STARTING ? 'a run that is just starting' : `run ${owner.run}`;
  return placeError(
    'locked',
    `${plan} is being refined by ${run} (process ${owner.pid} on ${owner.host}, since ${owner.since}).`,
    `Watch it with: refine-plan status ${shellWord(plan)} - or, if that process is surely gone, add --take-lock`,
  );
}

export function noSuchRun(what: string): UserError {
  return usageError(
    'no_such_run',
    `There is no run of ${what}.`,
    'See every run of this repository with: refine-plan list',
  );
}

/** What a failed write means to the user: a full place, or one that cannot be written. Anything else is passed on. */
export function writeError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (FULL.has(code)) return diskFull(path, error);
  if (code === 'EIO') return diskFails(path, error);
  if (code === 'EFBIG') return fileTooLarge(path, error);
  return UNWRITABLE.has(code) ? cannotWrite(path, error) : error;
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const UNWRITABLE = new Set([
  'EACCES',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);
