import { tmpdir } from 'node:os';
import { runProcess, type ProcessEnd } from '../process/run-process.ts';
import type { Env } from './agent-cli.ts';
import { tellingLine } from './failures.ts';
import { versionIn, isTooOld, OLDEST_CODEX } from './version.ts';

/** What is known of an agent's program before anything is paid for. */
export type Detected = {
  readonly isInstalled: boolean;
  readonly version: string | null;
  readonly isTooOld: boolean;
  readonly isLoggedIn: boolean;
  /** Whether codex can confine what it runs; null for an agent that needs no sandbox. */
  readonly sandboxWorks: boolean | null;
  /** What the program itself says about not being usable. */
  readonly hint: string | null;
};

const ABSENT: Detected = {
  isInstalled: false,
  version: null,
  isTooOld: false,
  isLoggedIn: false,
  sandboxWorks: null,
  hint: null,
};

/** Looks whether an agent is installed, logged in and able to work; makes no request. */
export async function detectAgent(
  agent: 'codex' | 'claude',
  env: Env,
  signal: AbortSignal,
): Promise<Detected> {
  const ask = (...args: string[]): Promise<ProcessEnd> =>
    runProcess(
      { file: agent, args, cwd: tmpdir(), env, timeoutMs: 30_000, collect: { from: 'stdout', most: 10_000 } },
      signal,
    );

  const version = await ask('--version');
  // With its install script blocked, claude is a stub that only says so.
  if (version.exitCode !== 0) return { ...ABSENT, hint: tellingLine(version.stderrTail) || null };
  const found = { ...ABSENT, isInstalled: true, version: versionIn(version.output) };
  return agent === 'claude'
    ? { ...found, isLoggedIn: (await ask('auth', 'status')).exitCode === 0 }
    : {
        ...found,
        isTooOld: found.version !== null && isTooOld(found.version, OLDEST_CODEX),
        // The key counts, and `login status` does not look at it.
        isLoggedIn: Boolean(env.CODEX_API_KEY) || (await ask('login', 'status')).exitCode === 0,
        sandboxWorks: (await ask('sandbox', '--', 'true')).exitCode === 0,
      };
}
