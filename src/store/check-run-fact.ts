import { z } from 'zod';
import { RunFinished, RunResumed, RunStarted } from '../core/facts/run.ts';
import { Decision } from '../core/facts/world.ts';

const RunFact = z.discriminatedUnion('type', [RunStarted, RunResumed, Decision, RunFinished]);

/** What `checkFact` says of a fact of these types, without the schemas of all others. To compile a check pays for many facts only. */
export function checkRunFact(value: unknown): string | undefined {
  return problemIn(RunFact.safeParse(value, { jitless: true }));
}

/** What is wrong with something that was held against the schema of facts; undefined when it is one. */
export function problemIn(checked: z.ZodSafeParseResult<unknown>): string | undefined {
  return checked.success ? undefined : (checked.error.issues[0]?.message ?? 'it is no fact');
}
