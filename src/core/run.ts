import type { FactOf, Outcome, Purpose, RepoState, Role, StopCard, Tokens, Undone } from './fact.ts';
import type { Failure } from './failure.ts';
import type { Ledger } from './ledger/entry.ts';
import type { FixHistory } from './contested/contested.ts';
import type { Span } from './ledger/line-map.ts';
import type { Lineage } from './ledger/lineage.ts';
import type { RoundEnd } from './round-end.ts';
import type { Settings } from './settings.ts';

/** One conversation with an agent: asked until it answers, or until the retry policy gives up. */
export type Asking = {
  readonly role: Role;
  readonly purpose: Purpose;
  /** Which of several that look at the same bytes, from 0. */
  readonly seat: number;
  /** The call that was started and has not finished; null between calls. */
  readonly pending: string | null;
  /** The call that was answered; null until then. */
  readonly answered: string | null;
  /** Since the last answer, or the last wait. */
  readonly failures: readonly Failure[];
  /** When the usage limit that was waited for was to reset; null where none was since the last answer. */
  readonly waitedFor: string | null;
  /** Answers that could not be read; the last one is quoted to the agent. */
  readonly unreadable: readonly Unread[];
};

/** Why an implementer's answer was sent back. Each cause is worth one extra call. */
export type Cause = 'noop' | 'unfit' | 'malformed' | 'skipped' | 'growth' | 'drift';

/** What the implementer was asked to do this round. */
export type Work = {
  readonly findings: readonly string[];
  readonly expanded: readonly string[];
  readonly design: readonly string[];
  readonly guard: readonly string[];
  /** Fixes that are to be taken back. */
  readonly reverts: readonly { readonly finding: string; readonly because: readonly string[] }[];
  /** The causes that have had their extra call, and what the agent was told. */
  readonly sentBack: readonly { readonly cause: Cause; readonly problem: string }[];
};

type PlacedEdits = FactOf<'edits.read'>['edits'];

/** A new text of the plan, kept in the run directory, not yet written. */
export type Proposal = {
  readonly sha256: string;
  readonly candidate: string;
  /** Where its edits go: the fact they were read from, whose `edits` may be unread yet, or what a check left of them. */
  readonly placed: { readonly edits: PlacedEdits };
  /** The fixes that it is without. */
  readonly reverts: readonly Undone[];
};

/** Where a run stands. Each case has exactly what is needed to go on from there. */
export type Position =
  | { readonly at: 'opening' }
  | { readonly at: 'between' }
  | { readonly at: 'calibrating'; readonly asking: Asking }
  | { readonly at: 'reviewing'; readonly looks: readonly Asking[] }
  | { readonly at: 'judging'; readonly looks: readonly Asking[] }
  | {
      readonly at: 'arbitrating';
      readonly asking: Asking;
      /** The call that refuted everything, and is asked again in another order. */
      readonly refuted: string | null;
      readonly looks: readonly Asking[];
    }
  | { readonly at: 'verifying'; readonly asking: Asking }
  | { readonly at: 'implementing'; readonly work: Work; readonly asking: Asking | null }
  | { readonly at: 'refused'; readonly work: Work; readonly cause: Cause; readonly problem: string }
  | { readonly at: 'checking'; readonly work: Work; readonly proposal: Proposal }
  | {
      readonly at: 'drifted';
      readonly work: Work;
      readonly proposal: Proposal;
      readonly drift: FactOf<'drift.checked'>;
      readonly reverted: boolean;
    }
  | { readonly at: 'writing'; readonly proposal: Proposal }
  | Committing
  /** What a commit left has lost something; `committed` where the commit stands. */
  | { readonly at: 'found-drifted'; readonly drift: FactOf<'drift.checked'>; readonly committed: boolean }
  | { readonly at: 'abandoned'; readonly lost: readonly string[] }
  | { readonly at: 'uncommitted'; readonly output: string; readonly commit: Committing }
  | { readonly at: 'rechecking' }
  | { readonly at: 'closing'; readonly how: RoundEnd }
  | { readonly at: 'looking'; readonly asking: Asking }
  | { readonly at: 'looked' }
  | { readonly at: 'finished'; readonly outcome: RecordedOutcome; readonly before: Position };

/** The outcome of a run that is over, and the card that was written with it. */
export type RecordedOutcome = Outcome & { readonly card?: StopCard };

export type Committing = {
  readonly at: 'committing';
  readonly kind: 'draft' | 'round';
  /** The bytes that passed the checks; while git was at work others may have been made of them. */
  readonly checked: string;
  readonly failed: FactOf<'commit.failed'> | null;
  readonly attempts: number;
  /** Bytes that a failed try left were checked, and the commit was tried again with them. */
  readonly hasTriedFound: boolean;
  /** What was on disk when the run was resumed here; null where it was not. */
  readonly foundOnResume: string | null;
};

export type Unread = { readonly call: string; readonly problem: string; readonly excerpt: string };

/** One round: its baseline, the review it was decided on, what was done. */
export type Round = {
  readonly number: number;
  readonly baseline: FactOf<'round.started'>;
  /** For every line of the baseline, which fix wrote it. */
  readonly lineage: Lineage;
  readonly calls: readonly {
    readonly started: FactOf<'call.started'>;
    readonly finished: FactOf<'call.finished'> | null;
  }[];
  /** How often a reviewer's whole look was taken: 2 after a fresh second one. */
  readonly looks: number;
  readonly review: FactOf<'review.parsed'> | null;
  readonly arbitration: FactOf<'arbitration.read'> | null;
  readonly verification: FactOf<'verification.read'> | null;
  readonly confirmed: FactOf<'findings.confirmed'> | null;
  readonly accepted: FactOf<'findings.accepted'> | null;
  readonly stuck: FactOf<'decision'> | null;
  readonly design: FactOf<'decision'> | null;
  readonly edits: FactOf<'edits.read'> | null;
  readonly seen: FactOf<'edits.confirmed'> | null;
  readonly drift: FactOf<'drift.checked'> | null;
  readonly applied: FactOf<'edits.applied'> | null;
  readonly commit: FactOf<'commit.created'> | null;
  readonly how: RoundEnd | null;
};

/** Something outside of the run changed what it works on; it goes on only after a decision. */
export type Disturbance = FactOf<'plan.changed'> | FactOf<'repo.changed'>;

/** A run: the fold of its facts. */
export type Run = {
  readonly id: string;
  readonly kind: 'refine' | 'review';
  readonly started: FactOf<'run.started'>;
  /** Its repository lies elsewhere than where it began: what was written down for its agents names the old place. */
  readonly isMoved?: boolean;
  readonly settings: Settings;
  readonly position: Position;
  readonly rounds: readonly Round[];
  readonly ledger: Ledger;
  /** For every line of the plan, which fix wrote it. */
  readonly lineage: Lineage;
  /** What its fixes took out and put in, and the states of the plan they led to. */
  readonly fixes: FixHistory;
  /** Places that fixes contest: nothing is edited there any more. */
  readonly frozen: readonly Span[];
  /** Bytes that the plan has grown by, and how many of them came from elsewhere than from its fixes. */
  readonly grown: number;
  readonly grownBeside: number;
  /** The bytes that places, births and records are about. */
  readonly placedIn: string;
  /** The bytes and the place that the run expects to find. */
  readonly expected: { readonly sha256: string; readonly repo: RepoState | null };
  readonly disturbance: Disturbance | null;
  /** Why the run rests although it is not finished. */
  readonly paused: FactOf<'decision'> | null;
  /** Somebody's uncommitted bytes are to be committed on their own first. */
  readonly draftDue: boolean;
  readonly commits: readonly FactOf<'commit.created'>[];
  readonly lastLook: FactOf<'last-look.taken'> | null;
  readonly calibration: FactOf<'calibration.scored'> | null;
  readonly decisions: readonly FactOf<'decision'>[];
  readonly spent: {
    readonly calls: number;
    readonly ms: number;
    readonly tokens: Tokens | null;
    readonly waitedMs: number;
  };
};

/** The round that is open, or the last one. */
export function currentRound(run: Run): Round {
  const round = run.rounds.at(-1);
  if (!round) throw new Error('No round has begun.');
  return round;
}

/** How many rounds had a look that could be read: a call that came to nothing makes no round. */
export function reviewedRounds({ rounds }: Run): number {
  return rounds.filter(({ review, verification }) => review !== null || verification !== null).length;
}

/** The run with its current round changed. */
export function withRound(run: Run, change: Partial<Round>): Run {
  return { ...run, rounds: run.rounds.with(run.rounds.length - 1, { ...currentRound(run), ...change }) };
}

/**
 * The next free call id of a purpose in the current round: `review-1`, `review-2`, `fix-1`; `among` are calls that will
 * be started with it.
 */
export function nextCallId(run: Run, purpose: Purpose, among = 0): string {
  const used = run.rounds.at(-1)?.calls.filter(({ started }) => started.purpose === purpose).length ?? 0;
  return `${purpose}-${used + among + 1}`;
}
