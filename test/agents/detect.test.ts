import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectAgent } from '../../src/agents/detect.ts';
import { promptLimit, promptSize } from '../../src/agents/prompt-limit.ts';
import { isTooOld } from '../../src/agents/version.ts';
import { agentLoggedOut, agentMissing, agentTooOld } from '../../src/errors/agents.ts';
import { envWith, freshDir, NEVER, program } from '../process/programs.ts';

/** A program that answers each of its subcommands with an exit code. */
function installed(name: 'codex' | 'claude', cases: string) {
  const bin = join(freshDir(), 'bin');
  program(bin, name, `#!/bin/sh\ncase "$*" in\n${cases}\n*) exit 9;;\nesac\n`);
  return envWith([bin]);
}

describe('detectAgent', () => {
  it('finds nothing where there is no program', async () => {
    expect(await detectAgent('codex', { PATH: '/nowhere' }, NEVER)).toEqual({
      isInstalled: false,
      version: null,
      isTooOld: false,
      isLoggedIn: false,
      sandboxWorks: null,
      hint: null,
    });
  });

  it('finds a codex that is logged in and can confine what it runs', async () => {
    const env = installed(
      'codex',
      '--version) echo codex-cli 0.169.0;;\n"login status") exit 0;;\n"sandbox -- true") exit 0;;',
    );

    expect(await detectAgent('codex', env, NEVER)).toEqual({
      isInstalled: true,
      version: '0.169.0',
      isTooOld: false,
      isLoggedIn: true,
      sandboxWorks: true,
      hint: null,
    });
  });

  it('counts a key in the environment as a login of codex', async () => {
    const env = installed(
      'codex',
      '--version) echo codex-cli 0.99.1;;\n"login status") exit 1;;\n"sandbox -- true") exit 101;;',
    );

    expect(await detectAgent('codex', env, NEVER)).toMatchObject({
      isTooOld: true,
      isLoggedIn: false,
      sandboxWorks: false,
    });
    expect(await detectAgent('codex', { ...env, CODEX_API_KEY: 'k' }, NEVER)).toMatchObject({
      isLoggedIn: true,
    });
  });

  it('finds a claude, logged in or not', async () => {
    const env = installed(
      'claude',
      '--version) echo "2.1.329 (Claude Code)";;\n"auth status") exit ${LOGGED_OUT:-0};;',
    );

    const found = { isInstalled: true, version: '2.1.329', sandboxWorks: null };
    expect(await detectAgent('claude', env, NEVER)).toMatchObject({ ...found, isLoggedIn: true });
    expect(await detectAgent('claude', { ...env, LOGGED_OUT: '1' }, NEVER)).toMatchObject({
      ...found,
      isLoggedIn: false,
    });
  });

  it('takes a claude that is only a stub for not installed, and says what it says', async () => {
    const env = installed(
      'claude',
      '*) echo "Error: claude native binary not installed. Run node install.cjs" >&2; exit 1;;',
    );

    expect(await detectAgent('claude', env, NEVER)).toMatchObject({
      isInstalled: false,
      hint: 'Error: claude native binary not installed. Run node install.cjs',
    });
  });
});

describe('isTooOld', () => {
  it('compares number by number', () => {
    const old = ['0.99.9', '0.9.100'].map((version) => isTooOld(version, '0.100.0'));
    const fine = ['0.100.0', '0.100.1', '0.169.0', '1.0.0'].map((version) => isTooOld(version, '0.100.0'));

    expect([old, fine]).toEqual([
      [true, true],
      [false, false, false, false],
    ]);
  });
});

describe('promptLimit', () => {
  it('is the agent’s own, in its own unit', () => {
    const known = { model: null, effort: null };
    expect(promptLimit({ kind: 'codex', ...known })).toEqual({ most: 1_048_576, unit: 'characters' });
    expect(promptLimit({ kind: 'claude', ...known })).toEqual({ most: 10_000_000, unit: 'bytes' });
    expect(promptLimit({ kind: 'cmd', command: 'x' })).toBeNull();
    expect(promptSize('a€😀', { most: 1, unit: 'characters' })).toBe(3);
    expect(promptSize('a€😀', { most: 1, unit: 'bytes' })).toBe(8);
  });
});

describe('the mistakes a user can mend', () => {
  it('say what to do', () => {
    expect(agentMissing('codex')).toMatchObject({
      message: 'codex is not installed, or not on the PATH.',
      hint: 'Install it with `npm install -g @openai/codex`, or name another agent with `--reviewer` and `--implementer`.',
      exitCode: 3,
    });
    expect(agentTooOld('codex', '0.99.0', '0.100.0').message).toBe(
      'codex 0.99.0 is too old; at least 0.100.0 is needed.',
    );
    expect(agentLoggedOut('claude')).toMatchObject({ message: 'claude is not logged in.', exitCode: 4 });
  });
});
