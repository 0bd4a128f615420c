import type { Fact } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';

/** Puts a question to the user, or to the policies that stand in for one. */
export async function* ask(
  { question }: Extract<Step, { do: 'ask' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const answer = await ports.user.ask(question, ports.signal);
  yield {
    type: 'decision',
    round: run.rounds.length,
    question: question.name,
    about: [...question.about],
    options: [...question.options],
    ...answer,
  };
}
