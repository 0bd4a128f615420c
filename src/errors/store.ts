import { placeError, usageError, type UserError } from '../errors.ts';

export function journalDamaged(path: string, line: number, problem: string): UserError {
  return placeError(
    'journal_damaged',
    `The journal ${path} is damaged at line ${line}: ${problem}.`,
    'Keep a copy of the run directory, and start afresh with: refine-plan run --on-resume fresh',
  );
}

export function journalTooNew(path: string): UserError {
  return placeError(
    'journal_too_new',
    `The journal ${path} was written by a newer refine-plan.`,
    'Update with: npm install -g refine-plan',
  );
}

export function diskFull(path: string, cause: unknown): UserError {
  return placeError(
    'disk_full',
    `There is no space left to write ${path}. Nothing was half recorded; the run can go on from where it is.`,
    'Free some space on that disk, then run: refine-plan resume',
    cause,
  );
}

export function cannotWrite(path: string, cause: unknown): UserError {
  return placeError(
    'cannot_write',
    `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    'Make the directory writable, or keep the state elsewhere with: --state-root DIR',
    cause,
  );
}

export type Owner = {
  readonly host: string;
  readonly pid: number;
  readonly run: string;
  readonly since: string;
};

export function locked(plan: string, owner: Owner): UserError {
  return placeError(
    'locked',
    `${plan} is being refined by run ${owner.run} (process ${owner.pid} on ${owner.host}, since ${owner.since}).`,
    `Watch it with: refine-plan status ${plan} - or, if that process is surely gone, add --take-lock`,
  );
}

export function noSuchRun(what: string): UserError {
  return usageError(
    'no_such_run',
    `There is no run of ${what}.`,
    'See every run of this repository with: refine-plan list',
  );
}

/** What a failed write means to the user: a full disk, or a place that cannot be written. Anything else is passed on. */
export function writeError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path, error);
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'EIO' || code === 'ENOTDIR')
    return cannotWrite(path, error);
  return error;
}
