import type { Fact } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { finish } from './finish.ts';

/**
 * Does a step through the ports, and tells as facts what happened. Every step may be repeated after a crash. What works on
 * the plan is loaded with the first such step; later the program may have been replaced on disk.
 */
export async function* perform(step: Step, run: Run, ports: Ports): AsyncGenerator<Fact> {
  if (step.do === 'finish') yield* finish(step, run);
  else yield* (await import('./work.ts')).work(step, run, ports);
}
