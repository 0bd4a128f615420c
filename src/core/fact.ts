import { z } from 'zod';
import { Failure } from './failure.ts';
import { Finding, FIX_KINDS } from './finding.ts';
import { RUNGS } from './reading.ts';
import { Settings } from './settings.ts';
import { SEVERITIES } from './severity.ts';

/*
 * The vocabulary of the journal. A fact happened and is durable; its `type` is its name on the event stream too. Readers
 * ignore what they do not know, so facts only ever gain keys.
 */

const Sha = z.string();
const Ids = z.array(z.string());
const Lines = z.object({ start: z.number(), end: z.number() });
export const Tokens = z.object({ input: z.number(), cached: z.number(), output: z.number() });
const When = z.enum(['during-call', 'before-write', 'between-rounds', 'on-resume']);
export const Role = z.enum(['reviewer', 'implementer', 'arbiter', 'verifier']);
export const Purpose = z.enum([
  'review',
  'second-look',
  'hunt',
  'audit',
  'arbitrate',
  'fix',
  'verify',
  'last-look',
  'calibrate',
]);
/**
 * What a round begins with. review: one fresh look at the whole plan. hunt: several looks at the same bytes, each through
 * another lens. verify: a look at the last fix and at what is open. audit: one cold look after everything was closed.
 */
export const Mode = z.enum(['review', 'hunt', 'verify', 'audit']);

/** Where the repository stands: what a run looks at after every call and before every write. */
export const RepoState = z.object({
  head: z.string().nullable(),
  branch: z.string().nullable(),
  /** A merge, rebase or the like that is not finished. */
  operation: z.string().nullable(),
});

/** What a run did not expect of the repository: another branch, a rewritten history, a merge or rebase under way. */
const Moved = z.enum(['branch', 'head', 'operation']);

const Plan = z.object({ path: z.string(), relative: z.string(), slug: z.string() });

const RunStarted = z.object({
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
});

const RunResumed = z.object({
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

const RoundStarted = z.object({
  type: z.literal('round.started'),
  round: z.number(),
  mode: Mode,
  sha256: Sha,
  lines: z.number(),
  sentinels: z.array(z.object({ text: z.string(), line: z.number() })),
  marker_lines: z.number(),
});

const Call = {
  call: z.string(),
  round: z.number(),
  role: Role,
  purpose: Purpose,
  agent: z.string(),
  /** Which of several reviewers, from 0. */
  seat: z.number(),
};

const CallStarted = z.object({
  type: z.literal('call.started'),
  ...Call,
  model: z.string().nullable(),
  effort: z.string().nullable(),
  prompt: z.string(),
  prompt_sha256: Sha,
});

const CallFinished = z.object({
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

const PlanChanged = z.object({
  type: z.literal('plan.changed'),
  round: z.number(),
  expected: Sha,
  /** Null: the plan is gone. */
  found: Sha.nullable(),
  when: When,
});

const RepoChanged = z.object({
  type: z.literal('repo.changed'),
  round: z.number(),
  what: Moved,
  from: RepoState,
  to: RepoState,
  when: When,
});

const Decision = z.object({
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

const ReviewUnreadable = z.object({
  type: z.literal('review.unreadable'),
  round: z.number(),
  call: z.string(),
  problem: z.string(),
  excerpt: z.string(),
});

const Counts = z.object({ critical: z.number(), high: z.number(), medium: z.number(), low: z.number() });

const ReviewParsed = z.object({
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
const Ruling = z.object({
  id: z.string(),
  gate: z.enum(['actionable', 'advisory', 'unlikely', 'prose']),
  severity: z.enum(SEVERITIES),
  fix_kind: z.enum(FIX_KINDS),
  cause: z.string(),
  /** A finding of the ledger that it repeats. */
  same_as: z.string().nullable(),
  reason: z.string(),
});

const ArbitrationRead = z.object({
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

const VerificationRead = z.object({
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

const HandedOver = z.object({
  id: z.string(),
  because: z.enum([
    'stuck',
    'declined',
    'drift',
    'design',
    'contested',
    'growth',
    'licence',
    'not-fixed',
    'regenerates',
    'dropped',
  ]),
  why: z.string(),
});

/** A fix that is taken back, because it keeps creating defects. */
const Revert = z.object({ finding: z.string(), because: Ids });

const FindingsAccepted = z.object({
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

const PlacedEdit = z.object({ findings: Ids, lines: Lines });

const EditsRead = z.object({
  type: z.literal('edits.read'),
  round: z.number(),
  call: z.string(),
  /** fits: a new text is ready. noop: nothing would change. unfit: an edit cannot be applied. declined: all of them were. */
  result: z.enum(['fits', 'noop', 'unfit', 'malformed', 'skipped', 'growth', 'declined']),
  problem: z.string().nullable(),
  summary: z.string(),
  edits: z.array(PlacedEdit),
  declined: z.array(z.object({ finding: z.string(), reason: z.string() })),
  /** Findings with neither an edit nor a reason. */
  skipped: Ids,
  /** Edits that were not applied, because they lie outside of what their findings are about. */
  outside: z.array(z.object({ findings: Ids, lines: Lines, excerpt: z.string(), why: z.string() })),
  handed_over: z.array(HandedOver),
  /** Places that fixes contest; nothing is edited there for the rest of the run. Lines of the baseline. */
  frozen: z.array(Lines),
  sha256: Sha.nullable(),
  /** The file, in the run directory, that holds the new text. */
  candidate: z.string().nullable(),
});

const DriftChecked = z.object({
  type: z.literal('drift.checked'),
  round: z.number(),
  /** Whose bytes: the implementer's, or what a commit hook made of them. */
  of: z.enum(['edits', 'hook']),
  ok: z.boolean(),
  lost: z.array(z.string()),
  markers_before: z.number(),
  markers_after: z.number(),
  handed_over: z.array(HandedOver),
  edits: z.array(PlacedEdit),
  sha256: Sha,
  candidate: z.string().nullable(),
});

const EditsApplied = z.object({
  type: z.literal('edits.applied'),
  round: z.number(),
  sha256_before: Sha,
  sha256_after: Sha,
  /** Bytes after less bytes before. */
  growth: z.number(),
  findings: Ids,
  /** Fixes that were taken back. */
  reverted: Ids,
  /** The lines that the edits wrote, and the findings they were for. */
  edits: z.array(PlacedEdit),
  /** What was taken out and put in, verbatim, for whom, and where it stands now. */
  changes: z.array(z.object({ findings: Ids, removed: z.string(), added: z.string(), lines: Lines })),
  /** The digest of the plan with white space folded: the same for what is the same but for its wrapping. */
  state_before: Sha,
  state_after: Sha,
  /** `[first old line, old lines, first new line, new lines]`, as in a unified diff. */
  hunks: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  /** Lines that stand elsewhere now, unchanged: `[first old line, first new line, lines]`. */
  moves: z.array(z.tuple([z.number(), z.number(), z.number()])),
});

const CommitCreated = z.object({
  type: z.literal('commit.created'),
  round: z.number(),
  kind: z.enum(['draft', 'round']),
  sha: z.string(),
  plan_sha256: Sha,
  repo: RepoState,
  /** Files that a hook put into the commit beside the plan. */
  extra_paths: z.array(z.string()),
  /** Made by an earlier process that did not live to record it. */
  recognised: z.boolean(),
});

const CommitSkipped = z.object({
  type: z.literal('commit.skipped'),
  round: z.number(),
  kind: z.enum(['draft', 'round']),
  why: z.literal('same-as-head'),
});

const CommitFailed = z.object({
  type: z.literal('commit.failed'),
  round: z.number(),
  kind: z.enum(['draft', 'round']),
  output: z.string(),
  /** The plan as the failed attempt left it: a hook may have rewritten it. */
  plan_sha256: Sha,
});

const LimitWaited = z.object({
  type: z.literal('limit.waited'),
  round: z.number(),
  until: z.string(),
  waited_ms: z.number(),
});

const LastLookTaken = z.object({
  type: z.literal('last-look.taken'),
  round: z.number(),
  call: z.string().nullable(),
  /** Null: the last fix was looked at. Otherwise why it was not. */
  problem: z.string().nullable(),
  findings: z.array(Finding),
});

const RoundFinished = z.object({
  type: z.literal('round.finished'),
  round: z.number(),
  how: z.enum(['edited', 'declined', 'dropped', 'reviewed']),
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
  /** What was not checked, one sentence each. */
  not_checked: z.array(z.string()),
});

const RunFinished = z.object({
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

export const Fact = z.discriminatedUnion('type', [
  RunStarted,
  RunResumed,
  RoundStarted,
  CallStarted,
  CallFinished,
  PlanChanged,
  RepoChanged,
  Decision,
  ReviewUnreadable,
  ReviewParsed,
  ArbitrationRead,
  VerificationRead,
  FindingsAccepted,
  EditsRead,
  DriftChecked,
  EditsApplied,
  CommitCreated,
  CommitSkipped,
  CommitFailed,
  LimitWaited,
  LastLookTaken,
  RoundFinished,
  RunFinished,
]);

export type Fact = z.infer<typeof Fact>;
export type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;
export type Role = z.infer<typeof Role>;
export type Purpose = z.infer<typeof Purpose>;
export type Mode = z.infer<typeof Mode>;
export type StopCard = z.infer<typeof StopCard>;
export type HandedOver = z.infer<typeof HandedOver>;
export type Ruling = z.infer<typeof Ruling>;
export type Tokens = z.infer<typeof Tokens>;
export type RepoState = z.infer<typeof RepoState>;
export type Moved = z.infer<typeof Moved>;
export type Outcome = Omit<
  FactOf<'run.finished'>,
  'type' | 'rounds' | 'calls' | 'tokens' | 'commits' | 'card'
>;

/** A fact as it stands in the journal and on the event stream. */
export type Stamped = Fact & { readonly v: 1; readonly ts: string; readonly run: string };
