import type { Fact } from '../core/fact.ts';
import { currentRound, reviewedRounds, type Run } from '../core/run.ts';
import { stopCard } from '../core/stop-card.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { baselineText } from './round-text.ts';

/** Ends the run. The plan is left at its last accepted bytes: what a hook made of a refused edit is taken back. */
export async function* finish(
  { outcome }: Extract<Step, { do: 'finish' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  if (run.position.at === 'abandoned' && currentRound(run).applied && !currentRound(run).commit) {
    await ports.plan.write(await baselineText(run, ports.files), run.expected.sha256);
  }
  yield {
    type: 'run.finished',
    ...outcome,
    rounds: reviewedRounds(run),
    calls: run.spent.calls,
    tokens: run.spent.tokens,
    commits: run.commits.map(({ sha }) => sha),
    card: stopCard(run),
  };
}
