import { z } from 'zod';
import { QUESTIONS } from './question-names.ts';

/** What was decided beforehand: by a flag (or a setting), or null where the default policy stands. */
const Policies = z.object({
  resume: z.enum(QUESTIONS.resume).nullable(),
  dirty: z.enum(QUESTIONS.dirty).nullable(),
  stuck: z.enum(QUESTIONS.stuck).nullable(),
  drift: z.enum(QUESTIONS.drift).nullable(),
  commit_failure: z.enum(QUESTIONS.commit_failure).nullable(),
  external_edit: z.enum(QUESTIONS.external_edit).nullable(),
  repo_change: z.enum(QUESTIONS.repo_change).nullable(),
});

/** What a run was asked to do; recorded in its first fact, so that a resumed run does the same. */
export const Settings = z.object({
  max_rounds: z.number().int().min(1),
  confidence_floor: z.number().min(0).max(1),
  reviewer: z.string(),
  implementer: z.string(),
  verifier: z.string(),
  edit_mode: z.enum(['patch', 'in-place']),
  agent_config: z.enum(['isolated', 'user']),
  /** Wall clock of one agent call, in milliseconds. */
  timeout_ms: z.number().min(0),
  /** Longest silence of one agent call, in milliseconds; null: the default, for agents with a heartbeat. */
  idle_timeout_ms: z.number().min(0).nullable(),
  wait_for_limit_ms: z.number().min(0),
  max_calls: z.number().int().min(1).nullable(),
  max_minutes: z.number().min(0).nullable(),
  max_tokens: z.number().int().min(1).nullable(),
  commit: z.boolean(),
  commit_trailers: z.array(z.string()),
  git_timeout_ms: z.number().min(0),
  policies: Policies,
});

export type Settings = z.infer<typeof Settings>;
export type Policies = z.infer<typeof Policies>;
