import { z } from 'zod';
import { Finding, FIX_KINDS } from '../finding.ts';
import { RUNGS } from '../rungs.ts';
import { SEVERITIES } from '../severity.ts';
import { Sha, Ids, Mode, HandedOver, Shift } from './common.ts';

/* Facts from the opening of a round to what is admitted. */

export const RoundStarted = z.object({
  type: z.literal('round.started'),
  round: z.number(),
  mode: Mode,
  sha256: Sha,
  /** How the plan became this since the run last knew it, where somebody else changed it. */
  shift: Shift.optional(),
  lines: z.number(),
  sentinels: z.array(z.object({ text: z.string(), line: z.number() })),
  marker_lines: z.number(),
});

/** How many planted defects a review of a copy of the plan found. The copy was shown to the reviewer alone. */
export const CalibrationScored = z.object({
  type: z.literal('calibration.scored'),
  round: z.number(),
  call: z.string().nullable(),
  /** Why there is no score; null where there is one. */
  problem: z.string().nullable(),
  seeded: z.number(),
  found: z.number(),
  /** The chance that a review sees a planted defect, with its middle 80 %. */
  recall: z.object({ mean: z.number(), low: z.number(), high: z.number() }).nullable(),
  defects: z.array(z.object({ operator: z.string(), describes: z.string(), found: z.boolean() })),
  /** When an earlier run measured it, with the same reviewer and prompt; absent where this run did. */
  measured_at: z.string().optional(),
});

export const ReviewUnreadable = z.object({
  type: z.literal('review.unreadable'),
  round: z.number(),
  call: z.string(),
  problem: z.string(),
  excerpt: z.string(),
});

export const Counts = z.object({
  critical: z.number(),
  high: z.number(),
  medium: z.number(),
  low: z.number(),
});

export const ReviewParsed = z.object({
  type: z.literal('review.parsed'),
  round: z.number(),
  call: z.string(),
  rung: z.enum(RUNGS),
  verdict: z.enum(['approve', 'needs-attention']),
  summary: z.string(),
  /** Of the actionable findings. */
  counts: Counts,
  filtered: z.number(),
  void: z.number(),
  settled: z.number(),
  next_steps: z.array(z.string()).optional(),
  findings: z.array(Finding),
  /** Every look of this assessment at the same bytes: who saw which finding, or why nothing came of it. */
  looks: z.array(
    z.object({
      call: z.string(),
      verdict: z.enum(['approve', 'needs-attention']).nullable(),
      problem: z.string().nullable(),
      findings: Ids,
    }),
  ),
});

/** What the arbiter's facts make of a finding. */
export const Ruling = z.object({
  id: z.string(),
  gate: z.enum(['actionable', 'advisory', 'unlikely', 'prose']),
  severity: z.enum(SEVERITIES),
  fix_kind: z.enum(FIX_KINDS),
  cause: z.string(),
  /** A finding of the ledger that it repeats. */
  same_as: z.string().nullable(),
  reason: z.string(),
});

export const ArbitrationRead = z.object({
  type: z.literal('arbitration.read'),
  round: z.number(),
  call: z.string().nullable(),
  /** ruled: the gates below hold. unreadable, refutes-all: asked once more. void: every finding stays as it was. */
  result: z.enum(['ruled', 'unreadable', 'refutes-all', 'void']),
  problem: z.string().nullable(),
  rulings: z.array(Ruling),
  /** Findings that became a matter of design because guards were piling up on one cause. */
  stacked: Ids,
});

export const VerificationRead = z.object({
  type: z.literal('verification.read'),
  round: z.number(),
  call: z.string(),
  /** read: the checks below hold. unreadable: asked once more. void: everything stays open. */
  result: z.enum(['read', 'unreadable', 'void']),
  problem: z.string().nullable(),
  /** closed: the verifier says that the failure is impossible now, and the bytes of the block changed. */
  checks: z.array(
    z.object({
      id: z.string(),
      closed: z.boolean(),
      verdict: z.enum(['fixed', 'not_fixed', 'cannot_tell', 'omitted']),
      changed: z.boolean(),
      why: z.string(),
    }),
  ),
  /** What else the verifier noticed: about the fix (actionable, of the next generation), or parked. */
  findings: z.array(Finding),
});

/** A fix that is taken back, because it keeps creating defects. */
export const Revert = z.object({ finding: z.string(), because: Ids });

/** A person went over the findings before anything was changed. */
export const FindingsConfirmed = z.object({
  type: z.literal('findings.confirmed'),
  round: z.number(),
  by: z.enum(['user', 'policy']),
  /** Not to be acted on, and why. */
  dropped: z.array(z.object({ id: z.string(), reason: z.string() })),
  /** What the implementer is told beside a finding. */
  notes: z.array(z.object({ id: z.string(), note: z.string() })),
});

export const FindingsAccepted = z.object({
  type: z.literal('findings.accepted'),
  round: z.number(),
  findings: Ids,
  /** For these the implementer may edit any block of the plan. */
  expanded: Ids,
  /** These are to be resolved by changing the decision they come from, or expressly without. */
  design: Ids,
  guard: Ids,
  handed_over: z.array(HandedOver),
  reverts: z.array(Revert),
});

export const LastLookTaken = z.object({
  type: z.literal('last-look.taken'),
  round: z.number(),
  call: z.string().nullable(),
  /** Null: the last fix was looked at. Otherwise why it was not. */
  problem: z.string().nullable(),
  findings: z.array(Finding),
});
