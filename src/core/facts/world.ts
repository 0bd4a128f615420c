import { z } from 'zod';
import { UNFIT_BYTES } from '../plan-text.ts';
import { Sha, When, RepoState, Moved } from './common.ts';

/* Facts about what happened around a run, and what was decided. */

export const PlanChanged = z.object({
  type: z.literal('plan.changed'),
  round: z.number(),
  expected: Sha,
  /** Null: the plan is gone. */
  found: Sha.nullable(),
  /** What keeps the bytes that were found from being a plan; absent where nothing does. */
  unfit: z.enum(UNFIT_BYTES).optional(),
  when: When,
});

export const RepoChanged = z.object({
  type: z.literal('repo.changed'),
  round: z.number(),
  what: Moved,
  from: RepoState,
  to: RepoState,
  when: When,
});

export const Decision = z.object({
  type: z.literal('decision'),
  round: z.number(),
  question: z.string(),
  about: z.array(z.string()),
  options: z.array(z.string()),
  answer: z.string(),
  by: z.enum(['user', 'policy', 'flag']),
  reason: z.string(),
  flag: z.string(),
});
