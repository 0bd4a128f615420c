import { z } from 'zod';
import { Failure } from '../failure.ts';
import { Sha, Tokens, Role, Purpose } from './common.ts';

/* Facts about one call to an agent. */

export const Call = {
  call: z.string(),
  round: z.number(),
  role: Role,
  purpose: Purpose,
  agent: z.string(),
  /** Which of several reviewers, from 0. */
  seat: z.number(),
};

export const CallStarted = z.object({
  type: z.literal('call.started'),
  ...Call,
  model: z.string().nullable(),
  effort: z.string().nullable(),
  prompt: z.string(),
  prompt_sha256: Sha,
});

export const CallFinished = z.object({
  type: z.literal('call.finished'),
  ...Call,
  outcome: z.enum(['ok', 'failed']),
  failure: Failure.nullable(),
  /** The model that answered, where the agent says. */
  model: z.string().nullable(),
  version: z.string().nullable(),
  tokens: Tokens.nullable(),
  tool_uses: z.number(),
  duration_ms: z.number(),
  answer: z.string().nullable(),
  log: z.string(),
  /** What an in-place implementer left beside the plan in its scratch directory; discarded. */
  discarded: z.array(z.string()),
});

export const LimitWaited = z.object({
  type: z.literal('limit.waited'),
  round: z.number(),
  until: z.string(),
  waited_ms: z.number(),
});
