import { evolve } from './evolve.ts';
import type { Fact } from './fact.ts';
import type { Rules } from './loop.ts';
import { endingOf, nextStep } from './next-step.ts';
import type { Run } from './run.ts';
import type { Ending, Step } from './step.ts';

/** The rules of hardening a plan. */
export const rules: Rules<Run, Step, Fact, Ending> = { next: nextStep, endingOf, evolve };
