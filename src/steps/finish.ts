import type { Fact } from '../core/fact.ts';
import { reviewedRounds, type Run } from '../core/run.ts';
import { stopCard } from '../core/stop-card.ts';
import type { Step } from '../core/step.ts';

/** Ends the run. Nothing is written to the plan: what a commit that failed left there may be somebody's own work. */
export async function* finish({ outcome }: Extract<Step, { do: 'finish' }>, run: Run): AsyncGenerator<Fact> {
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
