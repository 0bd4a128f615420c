import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorld, PLAN, readyWorld } from '../rig/world.ts';
import { refusal } from './support.ts';

const NAME_ONE = 'Name a markdown file: refine-plan docs/plans/your-plan.md';
const WRITE_IT = 'Write the plan first; there is nothing to review yet.';
const SPLIT_IT = 'Split the plan into stages, and refine each on its own.';

describe.concurrent('what is no plan is refused in one sentence, and nothing is written', () => {
  it('names the glob when there is no plan at all', async () => {
    using world = openWorld();

    expect(await refusal(world, [])).toEqual({
      code: 2,
      said: 'No plan was named, and no file matches docs/plans/*.md.\nName the plan: refine-plan docs/plans/your-plan.md\n',
    });
  });

  it('names the candidates when nobody is there to be asked, the newest first', async () => {
    using world = readyWorld();
    world.write('docs/plans/b.md', PLAN);
    execFileSync('touch', ['-d', '2020-01-01', join(world.repo, 'docs/plans/b.md')]);

    expect(await refusal(world, [])).toEqual({
      code: 2,
      said: 'No plan was named, and nobody is there to ask. Candidates: docs/plans/import.md, docs/plans/b.md.\nName one: refine-plan docs/plans/import.md\n',
    });
  });

  it('takes one plan at a time', async () => {
    using world = readyWorld();

    expect(await refusal(world, ['docs/plans/import.md', 'docs/plans/my plan.md'])).toEqual({
      code: 2,
      said: "The loop is per file, and 2 plans were named.\nStart one run each, at once if you like: refine-plan docs/plans/import.md & refine-plan 'docs/plans/my plan.md'\n",
    });
  });

  it.for([
    ['status', 'status takes one plan, and 2 were named.\nName one: refine-plan status a.md\n'],
    ['findings', 'findings takes one plan, and 2 were named.\nName one: refine-plan findings a.md\n'],
    [
      'resume',
      'resume takes one plan, and 2 were named.\nStart one run each, at once if you like: refine-plan resume a.md & refine-plan resume b.md\n',
    ],
  ])('takes one plan at a time for every command: %s', async ([command = '', said]) => {
    using world = readyWorld();

    expect(await refusal(world, [command, 'a.md', 'b.md'])).toEqual({ code: 2, said });
  });

  it.for([[['']], [['status', '']], [['review', '']]])('takes no empty name: %j', async ([args = []]) => {
    using world = readyWorld();

    expect(await refusal(world, args)).toEqual({
      code: 2,
      said: `The name of the plan is empty.\n${NAME_ONE}\n`,
    });
  });

  it.for(['../*.md', '/tmp/*.md', 'docs/../../*.md'])(
    'looks for plans in the repository alone: %s',
    async (glob) => {
      using world = readyWorld();

      expect(await refusal(world, [], { env: { PLAN_GLOB: glob } })).toEqual({
        code: 2,
        said: `PLAN_GLOB: "${glob}" is not allowed; it takes a glob below the top of the repository.\nSee every setting with: refine-plan config show\n`,
      });
    },
  );

  it.for<[what: string, name: string, content: string | Uint8Array | null, said: string]>([
    [
      'a directory',
      'docs/plans',
      null,
      'docs/plans is a directory.\nName one plan in it: refine-plan docs/plans/your-plan.md\n',
    ],
    ['a missing file', 'no.md', null, `no.md does not exist.\n${NAME_ONE}\n`],
    ['a name with escape sequences', '\u001b[31mno\u009b1m.md', null, `no.md does not exist.\n${NAME_ONE}\n`],
    ['an empty file', 'empty.md', '', `empty.md is empty.\n${WRITE_IT}\n`],
    ['a blank file', 'blank.md', ' \n\n\t\n', `blank.md is empty.\n${WRITE_IT}\n`],
    [
      'a binary file',
      'binary.md',
      new Uint8Array([35, 10, 0, 255]),
      'binary.md is a binary file: there is a NUL byte in line 2.\nName a markdown file, or take that byte out.\n',
    ],
    [
      'a file that is not UTF-8',
      'latin.md',
      new Uint8Array([35, 32, 0xe9, 10]),
      'latin.md is not UTF-8 text.\nConvert it: iconv -f WINDOWS-1252 -t UTF-8 latin.md > plan.md\n',
    ],
    [
      'a file in UTF-16',
      'wide.md',
      Buffer.from('\ufeff# Plan\n', 'utf16le'),
      'wide.md is not UTF-8 text.\nConvert it: iconv -f UTF-16 -t UTF-8 wide.md > plan.md\n',
    ],
    [
      'what may be a command with a typo',
      'stauts',
      null,
      `stauts does not exist.\n${NAME_ONE} - or see every command with: refine-plan --help\n`,
    ],
    [
      'a file over 10 MB',
      'huge.md',
      'x'.repeat(11_000_000),
      `huge.md is too large: 11000000 bytes, and a plan may have 10485760.\n${SPLIT_IT}\n`,
    ],
  ])('refuses %s', async ([, name, content, said]) => {
    using world = readyWorld();
    if (content !== null) world.write(name, content);

    expect(await refusal(world, [name])).toEqual({ code: 2, said });
  });

  it('refuses a plan that is longer than an agent can take, naming the limit', async () => {
    using world = readyWorld();
    world.write('long.md', 'A line of text.\n'.repeat(60_000));

    const { code, said } = await refusal(world, ['long.md']);

    expect(said.replace(/has \d+/, 'has N')).toBe(
      `long.md is too large: its review prompt has N characters, and codex takes 1048576.\n${SPLIT_IT}\n`,
    );
    expect(code).toBe(2);
  });

  it('refuses a pipe, a link to nowhere and a link to itself', async () => {
    using world = readyWorld();
    execFileSync('mkfifo', [join(world.repo, 'pipe.md')]);
    symlinkSync('nowhere.md', join(world.repo, 'dangling.md'));
    symlinkSync('loop.md', join(world.repo, 'loop.md'));

    const said = [];
    for (const name of ['dangling.md', 'loop.md', 'pipe.md']) said.push((await world.cli([name])).stderr);

    expect(said).toEqual([
      `dangling.md does not exist.\n${NAME_ONE}\n`,
      `loop.md is a symlink to itself.\n${NAME_ONE}\n`,
      `pipe.md is not a regular file.\n${NAME_ONE}\n`,
    ]);
  });
});

it('follows a symlink: the real file is edited, committed and locked', async () => {
  using world = readyWorld('plans/real/import.md');
  world.write('docs/note.txt', '');
  symlinkSync('../plans/real/import.md', join(world.repo, 'docs/link.md'));

  const { code } = await world.cli(['docs/link.md']);

  expect(code).toBe(0);
  expect(world.git('show', '--format=', '--name-only', 'HEAD')).toBe('plans/real/import.md\n');
  expect(world.read('plans/real/import.md')).toContain('a file of failures');
  expect(world.runs('plans/real')).toHaveLength(1);
  expect(world.runs('docs')).toEqual([]);
});
