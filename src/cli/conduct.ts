import type { Fact, Stamped } from '../core/fact.ts';
import { loop } from '../core/loop.ts';
import { rules } from '../core/rules.ts';
import type { Run } from '../core/run.ts';
import type { Ending } from '../core/step.ts';
import { evolve } from '../core/evolve.ts';
import { perform } from '../steps/perform.ts';
import type { Journal } from '../store/journal.ts';
import type { Listener } from '../ui/screen.ts';
import type { Ports } from '../ports.ts';

/** Runs the loop to its ending. Every fact goes to the journal first, and then to whoever listens. */
export async function conduct(
  run: Run,
  { ports, journal, listeners }: { ports: Ports; journal: Journal; listeners: readonly Listener[] },
): Promise<{ run: Run; ending: Ending }> {
  let latest = run;
  const remember = async (fact: Fact, next: Run): Promise<void> => {
    const stamped = await journal.append(fact);
    latest = next;
    await tell(listeners, stamped, next);
  };
  const steps = loop(run, rules, { perform: (step, now) => perform(step, now, ports), remember });
  for (;;) {
    ports.signal.throwIfAborted();
    const next = await steps.next();
    if (next.done) return { run: latest, ending: next.value };
  }
}

/** Records facts that were decided outside of the loop: the first ones of a run, or of a resumption. */
export async function record(
  run: Run,
  facts: readonly Fact[],
  { journal, listeners }: { journal: Journal; listeners: readonly Listener[] },
): Promise<Run> {
  let latest = run;
  for (const fact of facts) {
    latest = evolve(latest, fact);
    await tell(listeners, await journal.append(fact), latest);
  }
  return latest;
}

async function tell(listeners: readonly Listener[], fact: Stamped, run: Run): Promise<void> {
  for (const listener of listeners) await listener.onFact(fact, run);
}
