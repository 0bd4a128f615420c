import { evolve } from '../core/evolve.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { lookAround } from './look-around.ts';

/**
 * Puts a question to the user, or to the policies that stand in for one. Plan and repository may have changed together,
 * and only one of them was asked about: once that is settled, the other is looked at before anything else is done.
 */
export async function* ask(
  { question }: Extract<Step, { do: 'ask' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const answer = await ports.user.ask(question, ports.signal);
  const decision: FactOf<'decision'> = {
    type: 'decision',
    round: run.rounds.length,
    question: question.name,
    about: [...question.about],
    options: [...question.options],
    ...answer,
  };
  yield decision;
  const after = evolve(run, decision);
  const { position } = after;
  // A commit that is due looks for itself: a hook of an earlier try may have been at work on the plan.
  const commitIsDue = position.at === 'committing' && !position.failed;
  if (run.disturbance && !after.disturbance && !commitIsDue)
    yield* lookAround(after, ports, run.disturbance.when);
}
