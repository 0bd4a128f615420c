import { placeError, usageError, type UserError } from '../errors.ts';

/** A run cannot be replayed without the text that it began with. */
export function recordingLost(run: string, file: string): UserError {
  return placeError(
    'recording_lost',
    `Run ${run} has lost ${file}, and cannot be replayed without it.`,
    'See every run of this repository with: refine-plan list',
  );
}

/** Only what was recorded can be replayed: an arbiter that was never asked has no answers. */
export function arbiterUnheard(value: unknown): UserError {
  return usageError(
    'bad_value',
    `--arbiter: ${JSON.stringify(value)} is not allowed; a replay asks nobody, so it takes off.`,
    'Try: --arbiter off',
  );
}
