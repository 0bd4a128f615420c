/**
 * A mistake the user can mend. One clear sentence, the next command to type, and the exit code: 2 for usage and
 * configuration, 3 for a place that is not fit, 4 for an agent that cannot be reached.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly hint: string;
  readonly exitCode: number;

  constructor(error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly exitCode: number;
    readonly cause?: unknown;
  }) {
    super(error.message, { cause: error.cause });
    this.code = error.code;
    this.hint = error.hint;
    this.exitCode = error.exitCode;
  }
}

export function usageError(code: string, message: string, hint: string, cause?: unknown): UserError {
  return new UserError({ code, message, hint, exitCode: 2, cause });
}

/** The place is not fit: the repository, the disk, a lock, a missing program. */
export function placeError(code: string, message: string, hint: string, cause?: unknown): UserError {
  return new UserError({ code, message, hint, exitCode: 3, cause });
}
