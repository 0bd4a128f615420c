import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PLAN, type World } from '../rig/world.ts';
import { briefWorld, FIXED, refusal } from '../e2e/support.ts';

const NAME = 'docs/plans/import.md';
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const rot13 = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => String.fromCodePoint((((letter.codePointAt(0) ?? 0) - 84) % 26) + 97));

type Place = {
  readonly set: (world: World) => unknown;
  /** The work tree, below the root of the world. */
  readonly at?: string;
  readonly env?: (world: World) => NodeJS.ProcessEnv;
  /** What git stores, and what is on disk, once the defect is closed. */
  readonly stored?: string;
  readonly onDisk?: string;
  readonly also?: (world: World) => unknown;
};

const PLACES: Readonly<Record<string, Place>> = {
  'commit.template, and what else is set for messages typed in an editor': {
    set: (world) => {
      writeFileSync(join(world.root, 'template'), '# Fill me in\n');
      const settings = {
        'commit.template': join(world.root, 'template'),
        'commit.verbose': 'true',
        'commit.cleanup': 'scissors',
        'core.editor': 'false',
      };
      for (const [key, value] of Object.entries(settings)) world.git('config', key, value);
    },
    also: (world) => expect(world.git('log', '-1', '--format=%B')).not.toContain('Fill me in'),
  },
  'core.hooksPath': {
    set: (world) => {
      const hook = world.write('../hooks/pre-commit', `#!/bin/sh\ntouch ${world.root}/ran\n`);
      execFileSync('chmod', ['+x', hook]);
      world.git('config', 'core.hooksPath', dirname(hook));
    },
    also: (world) => expect(existsSync(join(world.root, 'ran'))).toBe(true),
  },
  'core.autocrlf': {
    set: (world) => {
      world.git('config', 'core.autocrlf', 'true');
      world.write(NAME, crlf(PLAN));
    },
    onDisk: crlf(FIXED),
  },
  'the eol attribute': {
    set: (world) => {
      commitFile(world, '.gitattributes', '*.md text eol=crlf\n');
      world.write(NAME, crlf(PLAN));
    },
    onDisk: crlf(FIXED),
  },
  'clean and smudge filters': {
    set: (world) => {
      for (const way of ['clean', 'smudge']) world.git('config', `filter.rot.${way}`, 'tr a-z n-za-m');
      world.write('.gitattributes', '*.md filter=rot\n');
      world.git('add', '--renormalize', '.');
      world.git('add', '.');
      world.git('commit', '-q', '-m', 'Turn the letters');
    },
    stored: rot13(FIXED),
  },
  'a sparse checkout': {
    set: (world) => {
      commitFile(world, 'src/code.ts', 'x\n');
      world.git('sparse-checkout', 'set', 'docs');
    },
    also: (world) => {
      expect(world.git('ls-files', '-t', 'src')).toBe('S src/code.ts\n');
      expect(world.git('ls-tree', '-r', '--name-only', 'HEAD')).toContain('src/code.ts');
    },
  },
  'a shallow clone': {
    set: (world) => {
      commitFile(world, 'more.txt', '');
      world.git('clone', '-q', '--depth=1', `file://${world.repo}`, '../clone');
      for (const [key, value] of [['name', 'Test'] as const, ['email', 'test@example.invalid'] as const])
        world.git('-C', '../clone', 'config', `user.${key}`, value);
    },
    at: 'clone',
  },
  'a repository that belongs to somebody else, and is named in safe.directory': {
    set: (world) => world.git('config', '--global', 'safe.directory', world.repo),
    env: () => ({ GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }),
  },
  'variables of git that name another repository, or change what its commands mean': {
    set: (world) => {
      mkdirSync(join(world.root, 'outer'));
      world.git('init', '-q', '../outer');
      writeFileSync(join(world.root, 'outer/theirs.txt'), 'theirs\n');
      world.git('-C', '../outer', 'add', 'theirs.txt');
    },
    env: ({ root }) => ({
      GIT_DIR: join(root, 'outer/.git'),
      GIT_COMMON_DIR: join(root, 'outer/.git'),
      GIT_INDEX_FILE: join(root, 'outer/.git/index'),
      GIT_WORK_TREE: join(root, 'outer'),
      GIT_OBJECT_DIRECTORY: join(root, 'outer/.git/objects'),
      GIT_NAMESPACE: 'other',
      GIT_PREFIX: 'docs/',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_ICASE_PATHSPECS: '1',
      GIT_EDITOR: 'false',
      GIT_SEQUENCE_EDITOR: 'false',
      GIT_PAGER: 'false',
      GIT_ASKPASS: 'false',
      GIT_EXTERNAL_DIFF: 'false',
      GIT_TRACE: '1',
      GIT_CONFIG: join(root, 'outer/.git/config'),
      GIT_CONFIG_PARAMETERS: "'commit.status'='false'",
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'user.name',
      GIT_CONFIG_VALUE_0: 'Somebody',
      GIT_REFLOG_ACTION: 'rebase',
    }),
    also: (world) => {
      expect(world.git('log', '-1', '--format=%an')).toBe('Somebody\n'); // the user's own settings hold
      expect(world.git('-C', '../outer', 'status', '--porcelain')).toBe('A  theirs.txt\n');
      expect(world.git('-C', '../outer', 'rev-list', '--all', '--count')).toBe('0\n');
    },
  },
};

describe.concurrent('a plan is refined and committed alone, with', () => {
  it.each(Object.keys(PLACES))(
    '%s',
    async (name) => {
      using world = briefWorld();
      const { set, at = 'repo', env, stored = FIXED, onDisk = FIXED, also } = PLACES[name] ?? never();
      set(world);
      const cwd = join(world.root, at);

      const { code, stderr } = await world.cli([NAME], { cwd, ...(env && { env: env(world) }) });

      expect({ code, stderr }).toMatchObject({ code: 0 });
      expectCommitted(world, { cwd, stored, onDisk });
      also?.(world);
    },
    300_000,
  );
});

describe.concurrent('a plan is not refined, and why is said, with', () => {
  it('commit.gpgsign and no agent to ask for the key', async () => {
    using world = briefWorld();
    const gpg = world.write(
      '../gpg',
      `#!/bin/sh\nexec 2>&1\n[ -z "$GPG_TTY" ] || exec sleep 600\necho 'gpg: no gpg-agent running' >&2; exec < /dev/tty\n`,
    );
    execFileSync('chmod', ['+x', gpg]);
    for (const [key, value] of [['commit.gpgsign', 'true'] as const, ['gpg.program', gpg] as const])
      world.git('config', key, value);

    const { code, stderr } = await world.cli([NAME], { env: { GPG_TTY: '/dev/pts/0' } });

    expect(stderr).toContain('gpg failed to sign the data');
    expect(code).toBe(8);
    expect(world.git('status', '--porcelain')).toBe(` M ${NAME}\n`);
  }, 300_000);

  it('a repository that belongs to somebody else', async () => {
    using world = briefWorld();

    const { code, said } = await refusal(world, [NAME], { env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } });

    expect(said).toContain("detected dubious ownership in repository at '<root>/repo'");
    expect(said).toContain('git config --global --add safe.directory <root>/repo');
    expect(code).toBe(3);
    expect(world.calls()).toEqual([]);
  }, 300_000);
});

const ODD = [
  `it's "odd" and  spaced `,
  'two\nlines',
  '$HOME `id` $(touch pwned) ; touch pwned',
  '*?[a-z]{b,c}!\\',
  '-rf',
  ':(top)x',
  'größe 計画 🚀 e\u0301',
  'tab\tand\u001bescape',
];

describe.concurrent('a repository, a directory and a plan of one odd name', () => {
  it.each(ODD)(
    '%j',
    async (odd) => {
      using world = briefWorld();
      const cwd = join(world.root, odd);
      renameSync(world.repo, cwd);
      const name = join('docs', odd, `${odd}.md`);
      mkdirSync(join(cwd, 'docs', odd));
      renameSync(join(cwd, NAME), join(cwd, name));
      const git = gitIn(world, cwd);
      git('add', '-A');
      git('commit', '-q', '-m', 'Rename everything');

      const { code, stderr } = await world.cli(['--', name], { cwd, env: SHELL_AGENTS });

      expect({ code, stderr }).toMatchObject({ code: 0 });
      expectCommitted(world, { cwd, name, stored: FIXED, onDisk: FIXED });
      expect(existsSync(join(cwd, 'pwned'))).toBe(false);
      expect(stderr).not.toContain('\u001b');
    },
    300_000,
  );

  it.skipIf(process.platform !== 'linux')(
    'that is no UTF-8 is refused in one sentence, and nothing is written',
    async () => {
      using world = briefWorld();
      const inShell = (script: string): string =>
        execFileSync('sh', ['-c', `${script}; echo "exit code $?"`, MAIN, process.execPath], {
          cwd: world.root,
          env: world.env,
          encoding: 'utf8',
        });

      const aPlan = inShell(
        String.raw`cd repo && cp ${NAME} "$(printf 'docs/plans/b\377.md')" && "$1" "$0" "$(printf 'docs/plans/b\377.md')" 2>&1`,
      );
      const aPlace = inShell(
        String.raw`mv repo "$(printf 'r\377')" && cd "$(printf 'r\377')" && "$1" "$0" ${NAME} 2>&1`,
      );

      expect(aPlan).toMatch(/^docs\/plans\/b\ufffd\.md does not exist\.\n.+\nexit code 2\n$/);
      expect(aPlace).toMatch(/^[^\n]+\.\n.+\nexit code [23]\n$/);
      expect(world.calls()).toEqual([]);
    },
    300_000,
  );
});

/** They are told the path of the plan in the environment, whatever characters are in it. */
const AGENT = `cmd:node '${fileURLToPath(new URL('../rig/world-agent.mjs', import.meta.url))}'`;
const SHELL_AGENTS = { REFINE_PLAN_REVIEWER: AGENT, REFINE_PLAN_IMPLEMENTER: AGENT };

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

type Expected = {
  readonly cwd: string;
  readonly name?: string;
  readonly stored: string;
  readonly onDisk: string;
};

function expectCommitted(world: World, { cwd, name = NAME, stored, onDisk }: Expected): void {
  const git = gitIn(world, cwd);
  expect(git('show', '--format=', '--name-only', '-z', 'HEAD')).toBe(`${name}\0`);
  expect(git('cat-file', 'blob', `HEAD:${name}`)).toBe(stored);
  expect(world.read(join('..', cwd.slice(world.root.length), name))).toBe(onDisk);
  expect(git('status', '--porcelain')).toBe('');
}

function gitIn(world: World, cwd: string): (...args: readonly string[]) => string {
  return (...args) => execFileSync('git', args, { cwd, env: world.env, encoding: 'utf8' });
}

function commitFile(world: World, name: string, text: string): void {
  world.write(name, text);
  world.git('add', name);
  world.git('commit', '-q', '-m', `Add ${name}`);
}

function never(): never {
  throw new Error('There is no such place.');
}
