/**
 * What went wrong first: where closing something fails too, `using` throws that failure with the first one inside of it
 * (`SuppressedError`, which Node has from version 24 on and the bundle brings before).
 */
export function firstError(error: unknown): unknown {
  return error instanceof Error && error.name === 'SuppressedError' && 'suppressed' in error
    ? firstError(error.suppressed)
    : error;
}
