import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentWorld } from '../../src/agents/agent-cli.ts';
import type { AgentCall, Notice } from '../../src/ports.ts';
import { envWith, freshDir, program } from '../process/programs.ts';

/** What a fake agent does: the lines it prints, and shell commands it runs before that. */
export type Behaviour = {
  readonly lines?: readonly unknown[];
  readonly stderr?: string;
  readonly exitCode?: number;
  readonly first?: string;
  readonly version?: string;
};

/** A program on PATH that records how it was called and then does as it was told. */
export function fakeAgent(name: 'codex' | 'claude', behaviour: Behaviour = {}) {
  const dir = freshDir();
  const { lines = [], stderr = '', exitCode = 0, first = '', version = '0.169.0' } = behaviour;
  writeFileSync(
    join(dir, 'stdout'),
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  writeFileSync(join(dir, 'stderr'), stderr);
  program(
    join(dir, 'bin'),
    name,
    `#!/bin/sh
if [ "$1" = --version ]; then echo "${name}-cli ${version}"; exit 0; fi
printf '%s\\n' "$@" > "${dir}/args"
env > "${dir}/env"
pwd > "${dir}/cwd"
cat > "${dir}/stdin"
${first}
cat "${dir}/stdout"
cat "${dir}/stderr" >&2
exit ${exitCode}
`,
  );
  const read = (file: string): string =>
    existsSync(join(dir, file)) ? readFileSync(join(dir, file), 'utf8') : '';
  return {
    dir,
    bin: join(dir, 'bin'),
    args: () => read('args').trimEnd().split('\n'),
    env: () =>
      Object.fromEntries(
        read('env')
          .split('\n')
          .map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
      ),
    cwd: () => read('cwd').trimEnd(),
    stdin: () => read('stdin'),
    read,
  };
}

export const NOW = new Date(2026, 10, 20, 14, 0, 0);

/** A repository with a plan, and what an agent of a run knows of it. */
export function worldWith(
  bins: readonly string[],
  more: Partial<AgentWorld> & { readonly vars?: Record<string, string> } = {},
) {
  const repoRoot = freshDir();
  const said: string[] = [];
  const { vars, ...rest } = more;
  const world: AgentWorld = {
    env: envWith(bins, vars),
    runId: 'foo-20261120T140000Z',
    plan: { path: join(repoRoot, 'docs', 'foo.md'), relative: join('docs', 'foo.md') },
    repoRoot,
    agentConfig: 'isolated',
    passEnv: [],
    secretsOf: envWith(bins, vars),
    announce: (notice: Notice) => void (notice.type === 'agent-said' && said.push(notice.text)),
    now: () => NOW,
    note: async () => ({ started: async () => undefined, [Symbol.asyncDispose]: async () => undefined }),
    ...rest,
  };
  return { world, said, repoRoot };
}

/** One call; its log goes to a directory of its own. */
export function callOf(more: Partial<AgentCall> = {}): AgentCall {
  return {
    call: '1-review',
    round: 1,
    role: 'reviewer',
    purpose: 'review',
    prompt: 'Review this.',
    schema: { type: 'object' },
    edit: null,
    log: join(freshDir(), 'agent.log'),
    timeoutMs: 30_000,
    idleTimeoutMs: null,
    ...more,
  };
}

/** A call in which the agent edits a copy of the plan. */
export function editCall(text: string, more: Partial<AgentCall> = {}): AgentCall {
  return callOf({
    role: 'implementer',
    purpose: 'fix',
    prompt: 'Fix this.',
    schema: null,
    edit: { text },
    ...more,
  });
}

/** How a process that ended by itself ended. */
export function exited(exitCode: number, stderrTail = '') {
  return {
    ended: 'exit',
    exitCode,
    signal: null,
    errorCode: null,
    output: '',
    stderrTail,
    durationMs: 1,
  } as const;
}
