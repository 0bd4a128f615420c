import type { FactOf } from './fact.ts';

/**
 * How a round ended. unedited: a fix was asked for, and nothing of it was written. dropped: somebody else changed the plan,
 * and what was raised about it is not acted on. The rest say themselves.
 */
export type RoundEnd = Exclude<FactOf<'round.finished'>['how'], 'declined'>;

/** How a round ended, in the words of today: it was called declined where it is unedited. */
export function roundEnd({ how }: FactOf<'round.finished'>): RoundEnd {
  return how === 'declined' ? 'unedited' : how;
}

/** Is there nothing of an answer to be written, and nothing to ask for again? It was called declined, whatever the cause. */
export function isUnedited(result: FactOf<'edits.read'>['result']): result is 'unedited' | 'declined' {
  return result === 'unedited' || result === 'declined';
}
