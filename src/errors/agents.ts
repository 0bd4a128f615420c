import { placeError, UserError } from '../errors.ts';
import { reasonOf, writeError } from './store.ts';

type KnownAgent = 'codex' | 'claude';

const INSTALL: Readonly<Record<KnownAgent, string>> = {
  codex: 'npm install -g @openai/codex',
  claude: 'npm install -g @anthropic-ai/claude-code',
};

/** How to log in at an agent: a command, or a variable of the environment that holds a key. */
export const LOGIN: Readonly<Record<KnownAgent, { readonly command: string; readonly key: string }>> = {
  codex: { command: 'codex login', key: 'CODEX_API_KEY' },
  claude: { command: 'claude auth login', key: 'ANTHROPIC_API_KEY' },
};

/** An agent's program is not there, or is only its installer's stub. */
export function agentMissing(agent: KnownAgent, hint: string | null = null): UserError {
  return placeError(
    'agent_missing',
    `${agent} is not installed, or not on the PATH.`,
    hint ??
      `Install it with \`${INSTALL[agent]}\`, or name another agent with \`--reviewer\` and \`--implementer\`.`,
  );
}

/** An agent's program is older than anything this program can drive. */
export function agentTooOld(agent: KnownAgent, version: string, oldest: string): UserError {
  return placeError(
    'agent_too_old',
    `${agent} ${version} is too old; at least ${oldest} is needed.`,
    `Update it with \`${INSTALL[agent]}@latest\`.`,
  );
}

/** Nobody is logged in at an agent. */
export function agentLoggedOut(agent: KnownAgent): UserError {
  const { command, key } = LOGIN[agent];
  return new UserError({
    code: 'agent_logged_out',
    message: `${agent} is not logged in.`,
    hint: `Run \`${command}\`, or set ${key}. Where the login comes from your own ${agent} settings, add \`--agent-config user\`.`,
    exitCode: 4,
  });
}

/** Every directory for temporary files lies inside of the repository, where agents would find its instructions. */
export function noScratchPlace(repoRoot: string): UserError {
  return placeError(
    'no_scratch_place',
    `There is no directory for temporary files outside of ${repoRoot}.`,
    'Set TMPDIR to a directory outside of the repository.',
  );
}

/** What a failed write to the scratch directory of a call means to the user. Anything else is passed on. */
export function scratchError(dir: string, error: unknown): unknown {
  const known = writeError(dir, error);
  if (!(known instanceof UserError) || known.code !== 'cannot_write') return known;
  return placeError(
    'scratch_unwritable',
    `A scratch directory for an agent cannot be written at ${dir}: ${reasonOf(error)}.`,
    'Make that directory writable, or set TMPDIR to another one.',
    error,
  );
}

/** The agent of a run that was killed is still running, and does not end. It could write to the plan at any moment. */
export function agentLeftBehind(left: {
  readonly agent: string;
  readonly run: string;
  readonly pid: number;
}): UserError {
  return placeError(
    'agent_left_behind',
    `Run ${left.run} was killed and left ${left.agent} running (process ${left.pid}), which does not end.`,
    `End it, then run this again: kill -9 ${left.pid}`,
  );
}
