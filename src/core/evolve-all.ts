import { begin, evolve } from './evolve.ts';
import type { Fact } from './fact.ts';
import { Draft } from './ledger/draft.ts';
import { LateLedger } from './ledger/late-ledger.ts';
import type { Run } from './run.ts';

/**
 * The run of a whole journal; undefined when there is not even a first fact. It is `evolve`, one fact after the other. The
 * runs on the way there are nobody's, so that their ledger is written in place: else each round would cost as much as all
 * before it.
 */
export function replay(id: string, facts: Iterable<Fact>): Run | undefined {
  let run: Run | undefined;
  const draft = new Draft();
  for (const fact of facts) {
    if (run) run = evolve(run, fact);
    else if (fact.type === 'run.started') run = { ...begin(id, fact), ledger: draft };
  }
  return run && { ...run, ledger: new LateLedger(draft) };
}
