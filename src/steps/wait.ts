import type { Fact } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';

/** Waits until a usage limit resets. Repeated after a crash, it waits for what is left of the time. */
export async function* wait(
  { until }: Extract<Step, { do: 'wait' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  ports.announce({ type: 'limit-wait-began', until });
  const began = ports.clock.now().getTime();
  const left = Math.max(0, Date.parse(until) - began);
  await ports.clock.sleep(left, ports.signal);
  yield { type: 'limit.waited', round: run.rounds.length, until, waited_ms: left };
}
