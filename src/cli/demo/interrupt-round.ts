import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openChanges } from '../../store/changes.ts';
import { stateRoot } from '../../store/run-directory.ts';
import { Interrupted } from '../interruption.ts';
import { RunsWatched } from '../watch/runs-watched.ts';
import { PLAN } from './stage.ts';

type Interruption = {
  readonly round: number;
  /** How long the call of that round is let go on first. */
  readonly afterMs: number;
  readonly stop: AbortController;
  /** Aborted when there is nothing left to interrupt. */
  readonly over: AbortSignal;
};

/** Does what Ctrl-C does, once the reviewer of a round is at work, by what the journal says. */
export async function interruptRound(
  dir: string,
  { round, afterMs, stop, over }: Interruption,
): Promise<void> {
  using changes = openChanges(100);
  const runs = new RunsWatched([stateRoot(join(dir, dirname(PLAN), 'plan.md'), null)], changes);
  let isAtWork = false;
  try {
    while (!isAtWork) {
      await changes.next(over);
      await runs.look((fact) => {
        isAtWork ||= fact.type === 'call.started' && fact.round === round;
      });
    }
    await delay(afterMs, undefined, { signal: over });
    stop.abort(new Interrupted('SIGINT'));
  } catch (error) {
    if (!over.aborted) throw error;
  }
}
