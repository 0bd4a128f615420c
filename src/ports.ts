import type { JsonSchema } from './core/wire-schema.ts';
import type { FactOf, Moved, Purpose, RepoState, Role, Tokens } from './core/fact.ts';
import type { Dismissal } from './core/dismissal.ts';
import type { Finding } from './core/finding.ts';
import type { Failure } from './core/failure.ts';
import type { UnfitBytes } from './core/plan-text.ts';
import type { Question } from './core/step.ts';
import type { Redact } from './lib/redact.ts';

/*
 * What the steps need from the world: records of functions, so that a fake is an object literal. Every wait takes the
 * signal that ends it; a function that was aborted throws the signal's reason and has recorded nothing.
 */

/** A text file as it is: its bytes decoded one to one (a byte order mark included), and the SHA-256 of them. */
export type Plan = { readonly text: string; readonly sha256: string };

/** The plan on disk. */
export type PlanFile = {
  /** The bytes as they are now; null when the file is gone or is no text any more. */
  readonly read: () => Promise<Plan | null>;
  /** The digest of the bytes as they are now, whatever they are, and what keeps them from being a plan; null: gone. */
  readonly look: () => Promise<{ readonly sha256: string; readonly unfit: UnfitBytes | null } | null>;
  /**
   * Replaces the bytes atomically, only over bytes with the expected hash; mode and owner stay. Found bytes that are
   * already the new ones count as written, so it may be repeated. Otherwise says what it found instead, and keeps both.
   */
  readonly write: (
    text: string,
    expected: string,
  ) => Promise<{ readonly written: Plan } | { readonly found: string | null }>;
  /** The SHA-256, in hex, that this text would have on disk. */
  readonly digest: (text: string) => string;
};

/** One call to an agent: one process, the prompt on its standard input. */
export type AgentCall = {
  readonly call: string;
  readonly round: number;
  readonly role: Role;
  readonly purpose: Purpose;
  readonly prompt: string;
  /** What the agent is to answer in, enforced where it can; null where it answers in prose (in-place). */
  readonly schema: JsonSchema | null;
  /** In-place: the text to edit. The agent gets a scratch copy, and what it makes of it comes back. */
  readonly edit: { readonly text: string } | null;
  /** Absolute path that the event stream is written to as it comes. */
  readonly log: string;
  /** Wall clock, in milliseconds; 0 means none. */
  readonly timeoutMs: number;
  /** Longest silence, in milliseconds; null: the agent's own default. */
  readonly idleTimeoutMs: number | null;
};

/** What came of a call. `failure` is set when there is no answer to read; it is never a verdict. */
export type CallResult = {
  readonly failure: Failure | null;
  /** The designated final message, exactly; null where the call failed. */
  readonly answer: string | null;
  /** In-place: the plan as the agent left it; null where the call failed or nothing usable was left. */
  readonly edited: string | null;
  /** In-place: what else appeared in the scratch directory, relative to it. */
  readonly discarded: readonly string[];
  readonly model: string | null;
  readonly version: string | null;
  readonly tokens: Tokens | null;
  readonly toolUses: number;
  readonly durationMs: number;
};

/** An agent CLI in one role. Never throws for what the agent does: that is a `Failure`. Throws the reason of an abort. */
export type Agent = {
  /** The name a person reads: `codex`, `claude`, `cmd`. */
  readonly name: string;
  readonly model: string | null;
  readonly effort: string | null;
  readonly run: (call: AgentCall, signal: AbortSignal) => Promise<CallResult>;
};

/** The run directory. Writing is atomic and durable; names are relative to the run directory. */
export type RunFiles = {
  readonly write: (name: string, text: string) => Promise<void>;
  /** The text of a file that was written; undefined where there is none. */
  readonly read: (name: string) => Promise<string | undefined>;
  /** The absolute path of a name, its directory made. */
  readonly pathOf: (name: string) => Promise<string>;
};

export type CommitRequest = {
  /** Absolute path of the one file that the commit may hold. */
  readonly path: string;
  readonly subject: string;
  readonly body: readonly string[];
  readonly trailers: readonly string[];
  /** Value of the `Refine-Plan-Run` trailer; asked twice for the same key and bytes, it commits once. */
  readonly key: string;
  /** Commits after this one may be ours; null in a repository that had none. */
  readonly since: string | null;
  /**
   * Asked just before git is set to work, each time: has the file still the bytes that were checked, and is the repository
   * where it was? Otherwise nothing is committed.
   */
  readonly isAsChecked: () => Promise<boolean>;
};

export type CommitResult =
  | {
      readonly result: 'created';
      readonly sha: string;
      readonly recognised: boolean;
      readonly extraPaths: readonly string[];
      /**
       * The file as the commit holds it, with the filters and line ends of the working tree; without it, as it is on disk.
       * Null: it is no UTF-8 text.
       */
      readonly content?: string | null;
    }
  | { readonly result: 'same-as-head' }
  /** Somebody wrote to the file, or moved the repository, before git was set to work: nothing was done. */
  | { readonly result: 'not-as-checked' }
  /** `disk`: git could not write, which is no refusal: the same commit may be tried again once it can. */
  | { readonly result: 'failed'; readonly output: string; readonly disk?: 'full' | 'fails' };

/** The repository around the plan. */
export type Repo = {
  readonly look: () => Promise<RepoState>;
  /** What is no longer as it was: another branch, a history that does not go on from the old head, an operation under way. */
  readonly movedSince: (from: RepoState) => Promise<{ readonly moved: Moved | null; readonly to: RepoState }>;
  /** The commit that was already made for this key and the bytes on disk, by this run before it was interrupted. */
  readonly findCommit: (
    request: CommitRequest,
  ) => Promise<Extract<CommitResult, { result: 'created' }> | null>;
  readonly commit: (request: CommitRequest, signal: AbortSignal) => Promise<CommitResult>;
  /** The staged version of a file, where that is neither HEAD's nor the one on disk: a commit of the file forgets it. */
  readonly staged: (path: string) => Promise<string | null>;
};

export type Answer = Pick<FactOf<'decision'>, 'answer' | 'by' | 'reason' | 'flag'>;

/** A person at the terminal, or the policies that stand in for one. */
export type User = {
  readonly ask: (question: Question, signal: AbortSignal) => Promise<Answer>;
  /** Goes over findings before anything is changed: what is not to be acted on, and what to tell the implementer. */
  readonly triage: (findings: readonly Finding[], signal: AbortSignal) => Promise<Triage>;
  /** Looks at a unified diff before it is written. */
  readonly approve: (diff: string, signal: AbortSignal) => Promise<Approval>;
};

export type Triage = Pick<FactOf<'findings.confirmed'>, 'by' | 'dropped' | 'notes'>;

export type Approval = Pick<FactOf<'edits.confirmed'>, 'by' | 'applied'>;

export type Clock = {
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** Worth showing, and disposable: never in the journal. */
export type Notice =
  | {
      readonly type: 'call-began';
      readonly role: Role;
      readonly agent: string;
      readonly purpose: Purpose;
      readonly round: number;
    }
  | { readonly type: 'agent-said'; readonly text: string }
  | { readonly type: 'call-ended' }
  | { readonly type: 'limit-wait-began'; readonly until: string }
  | { readonly type: 'commit-began' }
  /** Only told by who watches a run from elsewhere: a person is asked there, or nothing at all is done. */
  | { readonly type: 'question-waits'; readonly message: string }
  | { readonly type: 'nothing-under-way' };

/** What the agents are told: the templates of references/prompts, by name. */
export type Templates = Readonly<
  Record<
    | 'review'
    | 'lens-1'
    | 'lens-2'
    | 'lens-3'
    | 'retry'
    | 'arbitrate'
    | 'fix-patch'
    | 'fix-in-place'
    | 'send-back'
    | 'verify'
    | 'delta',
    string
  >
>;

export type Ports = {
  /** Who takes each role; of several, each takes a seat in turn. */
  readonly agents: Readonly<Record<Role, readonly Agent[]>>;
  readonly plan: PlanFile;
  readonly files: RunFiles;
  /** Null for a review outside of any repository. */
  readonly repo: Repo | null;
  /** What the user settled for good, read anew each time: it lies beside the plan. */
  readonly dismissed: () => Promise<readonly Dismissal[]>;
  readonly user: User;
  readonly clock: Clock;
  readonly templates: Templates;
  /** Takes the secrets of the environment out of a text that more people read than the run directory: a commit message. */
  readonly redact: Redact;
  readonly announce: (notice: Notice) => void;
  readonly signal: AbortSignal;
};
