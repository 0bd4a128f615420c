import { z } from 'zod';
import { Sha, RepoState, Shift } from './common.ts';

/* Facts about commits, and the end of a round. */

export const CommitCreated = z.object({
  type: z.literal('commit.created'),
  round: z.number(),
  kind: z.enum(['draft', 'round']),
  sha: z.string(),
  /** The plan as the commit holds it. On disk it may be younger. */
  plan_sha256: Sha,
  /** How the plan came to be that, where it is not what was to be committed. */
  shift: Shift.optional(),
  repo: RepoState,
  /** Files that a hook put into the commit beside the plan. */
  extra_paths: z.array(z.string()),
  /** Made by an earlier process that did not live to record it. */
  recognised: z.boolean(),
});

export const CommitSkipped = z.object({
  type: z.literal('commit.skipped'),
  round: z.number(),
  kind: z.enum(['draft', 'round']),
  why: z.literal('same-as-head'),
});

export const CommitFailed = z.object({
  type: z.literal('commit.failed'),
  round: z.number(),
  kind: z.enum(['draft', 'round']),
  output: z.string(),
  /** The plan as the failed attempt left it: a hook, or somebody else meanwhile, may have rewritten it. */
  plan_sha256: Sha,
  shift: Shift.optional(),
});

export const RoundFinished = z.object({
  type: z.literal('round.finished'),
  round: z.number(),
  /** Journals of before have declined for unedited. */
  how: z.enum(['edited', 'unedited', 'dropped', 'reviewed', 'declined']),
});
