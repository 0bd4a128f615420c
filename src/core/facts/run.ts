import { z } from 'zod';
import { Settings } from '../settings.ts';
import { Sha, Ids, Tokens, RepoState, Moved } from './common.ts';

/* Facts about a whole run. */

export const Plan = z.object({ path: z.string(), relative: z.string(), slug: z.string() });

export const RunStarted = z.object({
  type: z.literal('run.started'),
  format: z.literal(1),
  tool_version: z.string(),
  kind: z.enum(['refine', 'review']),
  plan: Plan,
  /** Null for a review outside of any repository. */
  repo: z.object({ root: z.string(), state: RepoState }).nullable(),
  sha256: Sha,
  bytes: z.number(),
  /** How the plan differs from HEAD at the start. */
  dirty: z.enum(['clean', 'modified', 'untracked', 'partly-staged']),
  settings: Settings,
  /** Prompts that the user put in the place of ours: by name, the SHA-256 of each. */
  prompts: z.record(z.string(), Sha),
});

export const RunResumed = z.object({
  type: z.literal('run.resumed'),
  tool_version: z.string(),
  settings: Settings,
  /** Names of the settings that the resuming command line changed. */
  changed: z.array(z.string()),
  /** The run had ended by an abort, and goes on. */
  reopened: z.boolean(),
  sha256: Sha.nullable(),
  /** Where the repository stands now, and what of it is no longer as the run left it. */
  repo: RepoState.nullable(),
  moved: Moved.nullable(),
});

export const STATUSES = [
  'completed_clean',
  'completed_verified',
  'completed_converged',
  'completed_design_handoff',
  'completed_cap',
  'aborted_codex_error',
  'aborted_malformed_output',
  'aborted_drift',
  'aborted_implementer_noop',
  'aborted_implementer_error',
  'aborted_commit_failed',
] as const;

export const REASONS = [
  'cap',
  'stuck',
  'budget',
  'divergence',
  'contested',
  'declined',
  'void',
  'superseded',
] as const;

/** What a run knows of itself when it stops. Counts of findings; `author` and `fixes` tell whose text they are about. */
export const StopCard = z.object({
  sha256_before: Sha,
  sha256_after: Sha,
  raised: z.number(),
  actionable: z.number(),
  ruled_out: z.number(),
  filtered: z.number(),
  void: z.number(),
  settled: z.number(),
  closed: z.number(),
  addressed: z.number(),
  /** Open, and a later review of other bytes did not raise them. */
  lapsed: z.number().optional(),
  handed_over: z.number(),
  open: z.number(),
  regressions: z.number(),
  /** Admitted findings about the author's text, and about text that fixes of this run wrote, round by round. */
  author: z.array(z.number()),
  fixes: z.array(z.number()),
  /** Findings that fixes caused, for each fix, with an interval of 80 %; null before the first fix. */
  reproduction: z
    .object({ fixes: z.number(), induced: z.number(), rate: z.number(), low: z.number(), high: z.number() })
    .nullable(),
  reverted: z.number(),
  /** Growth of the plan, in bytes, and as a share of what it was. */
  grown: z.number(),
  growth: z.number(),
  /** What two or more looks at the same bytes say about what nobody saw; null where they say nothing. */
  unseen: z.string().nullable(),
  /** How well the reviewer saw planted defects, where that was measured. */
  recall: z
    .object({ seeded: z.number(), found: z.number(), mean: z.number(), low: z.number(), high: z.number() })
    .nullable(),
  /** What was not checked, one sentence each. */
  not_checked: z.array(z.string()),
});

export const RunFinished = z.object({
  type: z.literal('run.finished'),
  status: z.enum(STATUSES),
  reason: z.enum(REASONS).nullable(),
  exit_code: z.number(),
  /** One sentence: the cause. */
  message: z.string(),
  rounds: z.number(),
  calls: z.number(),
  tokens: Tokens.nullable(),
  commits: z.array(z.string()),
  unresolved: Ids,
  parked: Ids,
  card: StopCard,
});
