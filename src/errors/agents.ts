import { placeError, UserError } from '../errors.ts';

type KnownAgent = 'codex' | 'claude';

const INSTALL: Readonly<Record<KnownAgent, string>> = {
  codex: 'npm install -g @openai/codex',
  claude: 'npm install -g @anthropic-ai/claude-code',
};

const LOGIN: Readonly<Record<KnownAgent, string>> = { codex: 'codex login', claude: 'claude auth login' };

/** An agent's program is not there, or is only its installer's stub. */
export function agentMissing(agent: KnownAgent, hint: string | null = null): UserError {
  return placeError(
    'agent-missing',
    `${agent} is not installed, or not on the PATH.`,
    hint ??
      `Install it with \`${INSTALL[agent]}\`, or name another agent with \`--reviewer\` and \`--implementer\`.`,
  );
}

/** An agent's program is older than anything this program can drive. */
export function agentTooOld(agent: KnownAgent, version: string, oldest: string): UserError {
  return placeError(
    'agent-too-old',
    `${agent} ${version} is too old; at least ${oldest} is needed.`,
    `Update it with \`${INSTALL[agent]}@latest\`.`,
  );
}

/** Nobody is logged in at an agent. */
export function agentLoggedOut(agent: KnownAgent): UserError {
  const key = agent === 'codex' ? 'CODEX_API_KEY' : 'ANTHROPIC_API_KEY';
  return new UserError({
    code: 'agent-logged-out',
    message: `${agent} is not logged in.`,
    hint: `Run \`${LOGIN[agent]}\`, or set ${key}. Where the login comes from your own ${agent} settings, add \`--agent-config user\`.`,
    exitCode: 4,
  });
}

/** Every directory for temporary files lies inside of the repository, where agents would find its instructions. */
export function noScratchPlace(repoRoot: string): UserError {
  return placeError(
    'no-scratch-place',
    `There is no directory for temporary files outside of ${repoRoot}.`,
    'Set TMPDIR to a directory outside of the repository.',
  );
}

/** The directory for temporary files takes no more, or nothing from us. */
export function scratchUnwritable(dir: string, cause: unknown): UserError {
  return placeError(
    'scratch-unwritable',
    `A scratch directory for an agent cannot be written at ${dir}.`,
    'Make room there, or set TMPDIR to another directory.',
    cause,
  );
}
