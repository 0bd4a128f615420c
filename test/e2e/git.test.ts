import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, PLAN, type World } from '../rig/world.ts';
import { briefWorld, FIXED, untilCalled } from './support.ts';

const NAME = 'docs/plans/import.md';
const ROUNDS = ['docs(plans): refine import against codex (round 1)'];

describe.concurrent('the user’s own work is left alone', () => {
  it('keeps what was staged before the run staged, and out of every commit', async () => {
    using world = briefWorld();
    world.write('staged.txt', 'staged\n');
    world.write('both.txt', 'staged\n');
    world.git('add', 'staged.txt', 'both.txt');
    world.write('both.txt', 'and edited since\n');
    world.write('untracked.txt', 'untracked\n');
    const before = world.git('status', '--porcelain');

    const { code } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(world.git('status', '--porcelain')).toBe(before);
    expect(before).toBe('AM both.txt\nA  staged.txt\n?? untracked.txt\n');
    expect(filesOfCommits(world)).toEqual([NAME]);
    expect(world.git('show', ':both.txt')).toBe('staged\n');
  });

  it('keeps an unstaged change, a deletion and a rename as they are', async () => {
    using world = briefWorld();
    for (const name of ['kept.txt', 'gone.txt', 'old.txt']) world.write(name, `${name}\n`);
    world.git('add', '.');
    world.git('commit', '-q', '-m', 'Add files');
    world.write('kept.txt', 'changed\n');
    world.git('rm', '-q', '--cached', 'gone.txt');
    world.git('mv', 'old.txt', 'new.txt');
    const before = world.git('status', '--porcelain');

    const { code } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(world.git('status', '--porcelain')).toBe(before);
    expect(filesOfCommits(world)).toEqual([NAME]);
  });
});

describe.concurrent('what was not committed becomes a commit of its own first', () => {
  it('a modified plan', async () => {
    using world = briefWorld();
    world.write(NAME, `${PLAN}\nOne more line.\n`);

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(stderr).toContain(
      '! docs/plans/import.md has changes that are not committed. Unattended: baseline (--on-dirty decides).\n',
    );
    expect(world.facts()[1]).toMatchObject({
      question: 'dirty',
      answer: 'baseline',
      by: 'policy',
      flag: '--on-dirty',
    });
    expect(subjects(world)).toEqual(['docs(plans): draft import before refinement', ...ROUNDS]);
    expect(world.git('show', 'HEAD~1:docs/plans/import.md')).toBe(`${PLAN}\nOne more line.\n`);
  });

  it('an untracked plan, beside others that stay so', async () => {
    using world = briefWorld();
    world.write('docs/plans/new plan.md', PLAN);
    world.write('docs/plans/other.md', PLAN);

    const { code, stderr } = await world.cli(['docs/plans/new plan.md']);

    expect(code).toBe(0);
    expect(stderr).toContain(
      '! docs/plans/new plan.md is not in git yet. Unattended: baseline (--on-dirty decides).\n',
    );
    expect(subjects(world)[0]).toBe('docs(plans): draft new plan before refinement');
    expect(world.git('status', '--porcelain')).toBe('?? docs/plans/other.md\n');
  });

  it('a partly staged plan, whose staged version is kept beside the run', async () => {
    using world = briefWorld();
    world.write(NAME, `${PLAN}\nStaged.\n`);
    world.git('add', NAME);
    world.write(NAME, `${PLAN}\nStaged, then edited.\n`);

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(stderr).toContain('! docs/plans/import.md is staged in one version and edited in another.');
    expect(world.git('show', 'HEAD~1:docs/plans/import.md')).toBe(`${PLAN}\nStaged, then edited.\n`);
    expect(readRun(world, 'plan.staged.md')).toBe(`${PLAN}\nStaged.\n`);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  it('a plan that is only staged, in a repository without a commit', async () => {
    using world = briefWorld();
    world.git('update-ref', '-d', 'HEAD');

    const { code } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(world.git('log', '--format=%s', '--reverse').trim().split('\n')).toEqual([
      'docs(plans): draft import before refinement',
      ...ROUNDS,
    ]);
  });

  it('or nothing is done at all, where that is the policy', async () => {
    using world = briefWorld();
    world.write(NAME, `${PLAN}\nOne more line.\n`);

    const { code, stderr } = await world.cli([NAME, '--on-dirty', 'fail']);

    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: `${NAME} has changes that are not committed.\nCommit it first: git add ${NAME} && git commit -m "Draft the plan" -- ${NAME}\n`,
    });
    expect(subjects(world)).toEqual([]);
    expect(world.runs()).toEqual([]);
  });
});

describe.concurrent('it works wherever git does', () => {
  it('on a detached HEAD, which is said once', async () => {
    using world = briefWorld();
    world.git('checkout', '-q', '--detach');

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(stderr.match(/HEAD is detached/g)).toHaveLength(1);
    expect(subjects(world)).toEqual(ROUNDS);
    expect(world.git('rev-list', '--count', 'main')).toBe('1\n');
  });

  it('in a worktree', async () => {
    using world = briefWorld();
    const tree = join(world.root, 'tree');
    world.git('worktree', 'add', '-q', '-b', 'side', tree);

    const { code } = await world.cli([NAME], { cwd: tree });

    expect(code).toBe(0);
    expect(world.git('log', '--format=%s', '--reverse', 'main..side').trim().split('\n')).toEqual(ROUNDS);
    expect(world.git('status', '--porcelain')).toBe('');
    expect(world.runs()).toEqual([]);
  });

  it('in a submodule, and not in what is around it', async () => {
    using world = briefWorld();
    const outer = join(world.root, 'outer');
    mkdirSync(outer);
    const git = (...args: string[]): string =>
      execFileSync('git', args, {
        cwd: outer,
        env: world.env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    git('init', '-q');
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', world.repo, 'sub');
    git('-C', 'sub', 'config', 'user.name', 'Test');
    git('-C', 'sub', 'config', 'user.email', 'test@example.invalid');

    const { code } = await world.cli([`sub/${NAME}`], { cwd: outer });

    expect(code).toBe(0);
    expect(git('-C', 'sub', 'log', '-1', '--format=%s', '--reverse').trim().split('\n')).toEqual(ROUNDS);
    expect(git('status', '--porcelain', '--ignore-submodules=none')).toMatch(/^AM sub$/m);
  });

  it('from a subdirectory, with the next command to type from there', async () => {
    using world = briefWorld();

    const { code, stderr } = await world.cli(['import.md', '--max-rounds', '1'], {
      cwd: join(world.repo, 'docs/plans'),
    });

    expect(code).toBe(1);
    expect(subjects(world)).toEqual(ROUNDS);
    expect(stderr).toMatch(/\nPlan +import\.md\n/);
    expect(stderr).toMatch(/\nNext +See what is open with: refine-plan findings import\.md\n$/);
  });

  it('without committing, where that is asked for', async () => {
    using world = briefWorld();

    const { code, stderr } = await world.cli([NAME, '--no-commit']);

    expect(code).toBe(0);
    expect(subjects(world)).toEqual([]);
    expect(world.git('status', '--porcelain')).toBe(` M ${NAME}\n`);
    expect(world.read(NAME)).toBe(FIXED);
    expect(stderr).toMatch(/\nCommits +none \(--no-commit\)\n/);
  });

  it('with the user’s trailers before its own', async () => {
    using world = briefWorld();

    await world.cli([
      NAME,
      '--commit-trailer',
      'Team: imports',
      '--commit-trailer',
      'Signed-off-by: Ada <ada@example.invalid>',
    ]);

    const [run = ''] = world.runs();
    expect(world.git('log', '-1', '--format=%b').trimEnd()).toBe(
      `1 medium (mails go out twice after a restart)\n\nTeam: imports\nSigned-off-by: Ada <ada@example.invalid>\nRefine-Plan-Run: ${basename(run)}/1`,
    );
  });
});

describe.concurrent('one run a plan, any number of plans', () => {
  it('refuses a second run of the same plan at once, naming the first', async () => {
    using world = briefWorld();
    const go = join(world.root, 'go');
    const first = ended(world.start([NAME], { env: { WORLD_HOLD_REVIEWER: go } }));
    await untilCalled(world, 1, first);

    const second = await world.cli([NAME]);
    const status = await world.cli(['status']);
    const resume = await world.cli(['resume']);
    writeFileSync(go, '');

    const run = basename(world.runs()[0] ?? '');
    expect(second.stderr).toMatch(
      new RegExp(
        `^${NAME} is being refined by run ${run} \\(process \\d+ on \\S+, since \\S+Z\\)\\.\nWatch it with: refine-plan status ${NAME} - or, if that process is surely gone, add --take-lock\n$`,
      ),
    );
    expect(second.code).toBe(3);
    expect(resume).toMatchObject({ code: 3, stderr: second.stderr });
    expect(status.stdout).toMatch(/^Running: round 1, reviewing \(process \d+\)\.\n/);
    expect((await first).code).toBe(0);
    expect(world.runs()).toHaveLength(1);
  });

  it('runs other plans of the same repository at the same time', async () => {
    using world = briefWorld();
    world.write('docs/plans/second.md', PLAN);
    world.git('add', '.');
    world.git('commit', '-q', '-m', 'Add another plan');
    const go = join(world.root, 'go');
    const both = [NAME, 'docs/plans/second.md'].map((plan) =>
      ended(world.start([plan], { env: { WORLD_HOLD_REVIEWER: go } })),
    );
    await untilCalled(world, 2, Promise.race(both));

    writeFileSync(go, '');
    const codes = (await Promise.all(both)).map(({ code }) => code);

    expect(codes).toEqual([0, 0]);
    const commits = world.git('log', '-2', '--format=%x00%s', '--name-only').split('\0').slice(1);
    expect(commits.map((commit) => commit.trim()).toSorted()).toEqual(
      ['import', 'second'].map(
        (slug) => `docs(plans): refine ${slug} against codex (round 1)

docs/plans/${slug}.md`,
      ),
    );
    expect(world.git('status', '--porcelain')).toBe('');
    expect(world.read('docs/plans/second.md')).toBe(world.read(NAME));
  });
});

/** What was committed since the first commit, oldest first. */
function subjects(world: World): string[] {
  const first = world.git('rev-list', '--max-parents=0', 'HEAD').trim();
  const log = world.git('log', '--format=%s', '--reverse', `${first}..HEAD`);
  return log.split('\n').filter((line) => line !== '');
}

function filesOfCommits(world: World): string[] {
  const names = world.git('log', '-1', '--format=', '--name-only').split('\n');
  return [...new Set(names)].filter((name) => name !== '');
}

function readRun(world: World, name: string): string {
  return world.read(join((world.runs()[0] ?? '').slice(world.repo.length), name));
}
