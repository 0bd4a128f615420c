import type { Run } from '../core/run.ts';

/** Of a run that is not finished and that nobody works on: where it stopped, and how to go on. */
export function restingLines({ kind, rounds, position }: Run, target: string): readonly string[] {
  return [
    `Interrupted in round ${rounds.length}, while ${position.at}.`,
    `Next     refine-plan ${kind === 'review' ? 'review' : 'resume'} ${target}`,
  ];
}
