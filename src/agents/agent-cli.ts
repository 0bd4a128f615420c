import type { Failure } from '../core/failure.ts';
import type { AgentCall, CallResult, Notice } from '../ports.ts';
import type { Collect } from '../process/listen.ts';
import type { ProcessEnd } from '../process/run-process.ts';
import type { Scratch } from './scratch.ts';

/** The variables a child process gets; undefined takes one away. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What every agent of a run has in common. */
export type AgentWorld = {
  readonly env: Env;
  /** The environment whose secrets are to stay out of logs: the user's, whatever of it the agent gets. */
  readonly secretsOf: Env;
  readonly runId: string;
  /** The plan's real path, absolute, and relative to the repository. */
  readonly plan: { readonly path: string; readonly relative: string };
  /** Real path of the repository's root; outside of any repository, of the plan's directory. */
  readonly repoRoot: string;
  /** Whether agents load the user's own settings. */
  readonly agentConfig: 'isolated' | 'user';
  /** Variables that codex and claude get beside those they need, by name. */
  readonly passEnv: readonly string[];
  readonly announce: (notice: Notice) => void;
  readonly now: () => Date;
  /** Notes a call before anything of it exists, so that a next run ends what this one did not live to end. */
  readonly note: (call: {
    readonly call: string;
    readonly agent: string;
    readonly mark: string;
    readonly scratch: string;
  }) => Promise<CallNote>;
};

/** Stands until nothing of a call is left; `started` adds which process it is. */
export type CallNote = AsyncDisposable & {
  readonly started: (process: { readonly pid: number; readonly started: string | null }) => Promise<void>;
};

export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** An agent CLI: a command to build, lines to read, an answer to conclude. */
export type AgentCli = {
  readonly name: string;
  readonly model: string | null;
  readonly effort: string | null;
  /** The longest silence where the user set none, in milliseconds; 0 for an agent without a heartbeat. */
  readonly idleTimeoutMs: number;
  readonly command: (call: AgentCall, scratch: Scratch, signal: AbortSignal) => Promise<Attempt<Command>>;
  readonly listener: () => Listener;
};

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Env;
  readonly input: string;
  readonly collect?: Collect;
  /** The version of the program, where it was asked for beforehand. */
  readonly version?: string | null;
};

/** Hears one call from its first line to its end. */
export type Listener = {
  /** Takes a line and says what the agent is doing, where that is worth showing; `whole` is false for one too long to be kept. Absent where lines say nothing. */
  readonly read?: (line: string, whole: boolean) => string | undefined;
  /** The designated final message of a process that ended by itself, exactly. */
  readonly answer: (end: ProcessEnd) => Attempt<string>;
  readonly known: () => Pick<CallResult, 'model' | 'version' | 'tokens' | 'toolUses'>;
  /** What the agent complained of last, for a call that ended without a word. */
  readonly trouble: () => string | null;
};
