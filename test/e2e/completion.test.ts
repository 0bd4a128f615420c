import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { SCRIPTS } from '../../src/cli/completion/scripts.ts';
import { offerFor } from '../../src/cli/completion/offers.ts';
import { SCHEMAS } from '../../src/cli/commands/schema.ts';
import { OPTIONS } from '../../src/cli/option-table.ts';
import { briefWorld } from './support.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const world = briefWorld();
let run = '';

const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** Runs a shell in the world, in which the program is found on the PATH. */
function inShell(shell: string, args: readonly string[], script: string): string[] {
  const path = join(world.root, `try.${shell}`);
  writeFileSync(path, script);
  const env = {
    ...world.env,
    PATH: `${join(world.root, 'path')}:${world.env['PATH'] ?? ''}`,
    ZDOTDIR: world.root,
  };
  const said = execFileSync(shell, [...args, path], { cwd: world.repo, env, encoding: 'utf8' });
  return said.split('\n').filter((line) => line !== '');
}

const wordsFor = (...typed: string[]): string[] => {
  const offer = offerFor(typed);
  return offer.kind === 'words' ? offer.words.map(({ word }) => word) : [offer.kind];
};

beforeAll(async () => {
  mkdirSync(join(world.root, 'path'));
  symlinkSync(MAIN, join(world.root, 'path', 'refine-plan'));
  world.write('docs/plans/other plan.md', '# Other\n');
  await world.cli(['review', 'docs/plans/import.md']);
  run = basename(world.runs()[0] ?? '');
}, 120_000);

afterAll(() => world[Symbol.dispose]());

describe('what may stand in a place of the command line', () => {
  it('is a command or a plan at first, and after a command what its usage says', () => {
    expect(wordsFor('')).toEqual(['commands-or-plans']);
    expect(wordsFor('report', '')).toEqual(['runs']);
    expect(wordsFor('status', '')).toEqual(['plans']);
    expect(wordsFor('status', 'a.md', '')).toEqual(['nothing']);
    expect(wordsFor('config', '')).toEqual(['show']);
    expect(wordsFor('completion', '')).toEqual(Object.keys(SCRIPTS));
    expect(wordsFor('schema', '')).toEqual(Object.keys(SCHEMAS));
  });

  it('is every option of the command, with its values', () => {
    const offered = wordsFor('docs/plans/foo.md', '--');
    expect(OPTIONS.map(({ name }) => `--${name}`).filter((name) => !offered.includes(name))).toEqual([]);
    expect(wordsFor('run', '--strategy', '')).toEqual(['rounds', 'frozen']);
    expect(wordsFor('--arbiter', 'c')).toEqual(['codex', 'claude', 'cmd:', 'off']);
    expect(wordsFor('report', '--format', '')).toContain('json');
    expect(wordsFor('-C', '')).toEqual(['dirs']);
    expect(wordsFor('run', '--config', '')).toEqual(['files']);
    expect(wordsFor('run', '--max-rounds', '')).toEqual(['nothing']);
    expect(wordsFor('run', '--max-rounds', '3', '')).toEqual(['plans']);
    expect(wordsFor('undo', '-')).toContain('--yes');
    expect(wordsFor('config', '-')).toEqual(['-h', '--help']);
    expect(wordsFor('--', '-')).toEqual(['commands-or-plans']);
  });
});

describe('completion', () => {
  it('is refused for a shell that nobody wrote it for', async () => {
    expect(await world.cli(['completion', 'tcsh'])).toMatchObject({
      code: 2,
      stderr:
        'There is no completion for "tcsh"; there is for bash, zsh, fish, powershell.\nTry: refine-plan completion bash\n',
    });
  });

  it('tells commands, plans and runs with what they mean', async () => {
    const first = await world.cli(['__complete', 'st']);
    const named = await world.cli(['__complete', 'report', '']);
    const other = await world.cli(['__complete', 'status', 'docs/o']);
    const elsewhere = await world.cli(['__complete', '--new-word', '-C', 'repo', 'status'], {
      cwd: world.root,
    });

    expect(first).toMatchObject({ code: 0, stdout: 'words\nstatus\twhere a run stands\n', stderr: '' });
    expect(named.stdout.split('\n').slice(0, 2)).toEqual([
      'words',
      `${run}\tcompleted_cap, docs/plans/import.md`,
    ]);
    expect(other.stdout).toBe('files\n');
    expect(elsewhere.stdout.split('\n').toSorted()).toEqual([
      '',
      'docs/plans/import.md\ta plan',
      'docs/plans/other plan.md\ta plan',
      'words',
    ]);
  });

  it('says nothing where nothing can be known', async () => {
    const { code, stdout, stderr } = await world.cli(['__complete', 'report', ''], {
      env: { REFINE_PLAN_MAX_ROUNDS: 'x' },
    });

    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'words\n', stderr: '' });
  });

  const bash = (...words: string[]): string => `
source <(refine-plan completion bash)
COMP_WORDS=(refine-plan ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
_refine_plan
printf '%s\\n' "\${COMPREPLY[@]}"
complete -p refine-plan
`;

  it.runIf(isThere('bash'))(
    'works in bash',
    () => {
      const end = 'complete -F _refine_plan refine-plan';

      expect(inShell('bash', ['--norc'], bash('ab'))).toEqual(['abandon', end]);
      expect(inShell('bash', ['--norc'], bash('run', '--max-r'))).toEqual(['--max-rounds', end]);
      expect(inShell('bash', ['--norc'], bash('undo', 'import-'))).toEqual([run, end]);
      expect(inShell('bash', ['--norc'], bash('status', 'docs/plans/o'))).toEqual([
        String.raw`docs/plans/other\ plan.md`,
        end,
      ]);
      expect(inShell('bash', ['--norc'], bash('status', 'do'))).toHaveLength(3);
      expect(inShell('bash', ['--norc'], bash('-C', 'd'))).toEqual(['docs', end]);
    },
    120_000,
  );

  it.runIf(isThere('zsh'))(
    'works in zsh',
    () => {
      const zsh = (...words: string[]): string => `
autoload -Uz compinit && compinit -u -D
source <(refine-plan completion zsh)
_describe() { print -l -- "\${(@P)\${@[-1]}}"; }
_files() { print -l -- "files $*"; }
words=(refine-plan ${words.map((word) => `'${word}'`).join(' ')})
CURRENT=${words.length + 1}
print -- "\${_comps[refine-plan]}"
_refine_plan
`;

      expect(inShell('zsh', ['-f'], zsh('ab'))).toEqual([
        '_refine_plan',
        'abandon:end an interrupted run for good',
      ]);
      expect(inShell('zsh', ['-f'], zsh('--strategy', ''))).toEqual([
        '_refine_plan',
        'rounds:rounds',
        'frozen:frozen',
      ]);
      expect(inShell('zsh', ['-f'], zsh('-C', ''))).toEqual(['_refine_plan', 'files -/']);
      expect(inShell('zsh', ['-f'], zsh('status', 'zz'))).toEqual(['_refine_plan', 'files ']);
    },
    120_000,
  );

  it.runIf(isThere('fish'))(
    'works in fish',
    () => {
      const fish = (line: string): string => `refine-plan completion fish | source\ncomplete -C '${line}'\n`;

      expect(inShell('fish', ['--no-config'], fish('refine-plan ab'))).toEqual([
        'abandon\tend an interrupted run for good',
      ]);
      expect(inShell('fish', ['--no-config'], fish('refine-plan run --strategy '))).toEqual([
        'frozen',
        'rounds',
      ]);
      expect(inShell('fish', ['--no-config'], fish('refine-plan -C d'))).toEqual(['docs/\tDirectory']);
    },
    120_000,
  );

  it.runIf(isThere('pwsh'))(
    'is read by PowerShell',
    () => {
      expect(
        inShell(
          'pwsh',
          ['-NoProfile', '-File'],
          `refine-plan completion powershell | Out-String | Invoke-Expression\n`,
        ),
      ).toEqual([]);
    },
    120_000,
  );

  it('names every command', async () => {
    const { stdout } = await world.cli(['__complete', '']);
    const names = stdout.split('\n').map((line) => line.split('\t', 1)[0]);

    expect(
      COMMANDS.map(({ usage }) => usage.split(' ', 1)[0]).filter((name) => !names.includes(name)),
    ).toEqual([]);
  });
});
