import { z } from 'zod';
import { QUESTIONS } from './question-names.ts';
import { THRESHOLDS } from './severity.ts';

/** What was decided beforehand: by a flag (or a setting), or null where the default policy stands. */
const Policies = z.object({
  resume: z.enum(QUESTIONS.resume).nullable(),
  dirty: z.enum(QUESTIONS.dirty).nullable(),
  stuck: z.enum(QUESTIONS.stuck).nullable(),
  drift: z.enum(QUESTIONS.drift).nullable(),
  commit_failure: z.enum(QUESTIONS.commit_failure).nullable(),
  design: z.enum(QUESTIONS.design).nullable(),
  divergence: z.enum(QUESTIONS.divergence).nullable(),
  external_edit: z.enum(QUESTIONS.external_edit).nullable(),
  repo_change: z.enum(QUESTIONS.repo_change).nullable(),
});

/** What a run was asked to do; recorded in its first fact, so that a resumed run does the same. */
export const Settings = z.object({
  max_rounds: z.number().int().min(1),
  confidence_floor: z.number().min(0).max(1),
  reviewer: z.string(),
  /** Others who review the same bytes side by side with the first. */
  further_reviewers: z.array(z.string()),
  implementer: z.string(),
  verifier: z.string(),
  /** Who separates real defects from wording; null: nobody does. */
  arbiter: z.string().nullable(),
  /** The first round whose findings go to the arbiter. */
  arbiter_from_round: z.number().int().min(1),
  strategy: z.enum(['rounds', 'frozen']),
  /** The reviewer's recall is measured first, on copies of the plan with planted defects. */
  calibrate: z.boolean(),
  /** A person goes over the findings, and the diff, before anything is changed. */
  confirm: z.boolean(),
  edit_mode: z.enum(['patch', 'in-place']),
  agent_config: z.enum(['isolated', 'user']),
  /** Variables that codex and claude get beside those they need; runs of older versions name none. */
  pass_env: z.array(z.string()).optional(),
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
  /** Of a review: the least severe finding to act on that makes it fail; absent: any does. */
  fail_on: z.enum(THRESHOLDS).optional(),
  policies: Policies,
});

export type Settings = z.infer<typeof Settings>;
export type Policies = z.infer<typeof Policies>;
