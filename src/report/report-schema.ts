import { z } from 'zod';
import { REASONS, STATUSES, StopCard } from '../core/fact.ts';
import { ArbitrationRead, Counts, VerificationRead } from '../core/facts/assessment.ts';
import { Mode, Purpose, Role, Tokens } from '../core/facts/common.ts';
import { CommitCreated, RoundFinished } from '../core/facts/commit.ts';
import { Decision } from '../core/facts/world.ts';
import { Finding } from '../core/finding.ts';
import { RUNGS } from '../core/rungs.ts';
import { SEVERITIES } from '../core/severity.ts';

const Ids = z.array(z.string()).readonly();

const Check = VerificationRead.shape.checks.element;

/** A finding as a script reads it. */
const Row = z.object({
  ...Finding.pick({
    id: true,
    confidence: true,
    title: true,
    body: true,
    file: true,
    kind: true,
    instance: true,
    cause: true,
    fix_kind: true,
    materialization: true,
    materialization_reason: true,
    recommendation: true,
    generation: true,
    parent: true,
    gate: true,
  }).shape,
  severity: z.enum(SEVERITIES),
  line_start: z.number().nullable(),
  line_end: z.number().nullable(),
  quote: z.string().nullable(),
  section: Ids,
  status: z.string(),
  because: z.string().nullable(),
  why: z.string().nullable(),
  ruling: z.string().nullable(),
  same_as: z.string().nullable(),
  checks: z.array(Check.extend({ round: z.number() })).readonly(),
  raised_in: z.array(z.number()).readonly(),
  sent_in: z.array(z.number()).readonly(),
  addressed_in: z.number().nullable(),
});

const RoundRow = z.object({
  round: z.number(),
  mode: Mode,
  verdict: z.enum(['approve', 'needs-attention']).nullable(),
  rung: z.enum(RUNGS).nullable(),
  counts: Counts.nullable(),
  filtered: z.number().nullable(),
  void: z.number().nullable(),
  looks: z.number(),
  rulings: ArbitrationRead.shape.rulings.readonly(),
  checks: z.array(Check).readonly(),
  addressed: Ids,
  taken_back: Ids,
  commit: CommitCreated.shape.sha.nullable(),
  how: RoundFinished.shape.how.exclude(['declined']).nullable(),
});

const Fix = z.object({
  round: z.number(),
  findings: Ids,
  removed: z.string(),
  added: z.string(),
  line: z.number(),
  taken_back: z.boolean(),
  commit: z.string().nullable(),
});

const CallRow = z.object({
  round: z.number(),
  call: z.string(),
  role: Role,
  purpose: Purpose,
  agent: z.string(),
  model: z.string().nullable(),
  effort: z.string().nullable(),
  started_at: z.string(),
  outcome: z.enum(['ok', 'failed', 'cut']),
  failure: z.string().nullable(),
  tokens: Tokens.nullable(),
  tool_uses: z.number(),
  duration_ms: z.number().nullable(),
});

/** What `report --format json` prints. Keys are only ever added. */
export const Report = z.object({
  v: z.literal(1),
  run: z.string(),
  kind: z.enum(['refine', 'review']),
  plan: z.string(),
  state_dir: z.string(),
  tool_version: z.string(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  status: z.enum(['in_progress', ...STATUSES]),
  reason: z.enum(REASONS).nullable(),
  exit_code: z.number().nullable(),
  message: z.string().nullable(),
  position: z.string(),
  verdict: z.string(),
  next: z.string(),
  rounds: z.array(RoundRow).readonly(),
  card: StopCard.nullable(),
  findings: z.array(Row).readonly(),
  /** Those of the last look too, which do not stand in the ledger. */
  became: z
    .array(
      z.object({
        id: z.string(),
        group: z.enum(['left', 'fixed', 'aside']),
        label: z.string(),
        because: z.string(),
        by: z.string(),
        fixes: z.array(Fix).readonly(),
      }),
    )
    .readonly(),
  refused: z
    .array(z.object({ round: z.number(), whose: z.string(), what: z.string(), why: z.string() }))
    .readonly(),
  changes: z
    .array(
      z.object({
        round: z.number(),
        by: z.enum(['fixes', 'commit', 'elsewhere']),
        findings: Ids,
        taken_back: Ids,
        commit: z.string().nullable(),
        bytes: z.number(),
      }),
    )
    .readonly(),
  call_list: z.array(CallRow).readonly(),
  last_look: z.object({ problem: z.string().nullable(), findings: z.array(Finding).readonly() }).nullable(),
  decisions: z.array(Decision.omit({ type: true })).readonly(),
  calls: z.number(),
  agent_ms: z.number(),
  tokens: Tokens.nullable(),
  commits: Ids,
});

export type Report = z.infer<typeof Report>;
