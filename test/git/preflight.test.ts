import { chmod, symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { findRepo } from '../../src/git/open-repo.ts';
import { check, envAt, errorOf, freshDir, repoAt, tempRepo, type TempRepo } from './temp-repo.ts';

/** A repository in which a branch and main have changed the same line. */
async function torn(): Promise<TempRepo> {
  const repo = await tempRepo({ 'plan.md': 'one\n', 'code.ts': 'one\n' });
  await repo.git('checkout', '--quiet', '-b', 'side');
  await repo.write('code.ts', 'side\n');
  await repo.git('commit', '--quiet', '--all', '-m', 'Side');
  await repo.git('checkout', '--quiet', 'main');
  await repo.write('code.ts', 'main\n');
  await repo.git('commit', '--quiet', '--all', '-m', 'Main');
  return repo;
}

describe('preflight', () => {
  it('finds the work tree of a plan', async () => {
    const repo = await tempRepo({ 'docs/plan.md': 'one\n' });

    expect(await check(repo, 'docs/plan.md')).toEqual({ root: repo.root, gitDir: repo.path('.git') });
  });

  it('takes a repository without a commit', async () => {
    const repo = await tempRepo();
    await repo.write('plan.md', 'one\n');

    expect(await check(repo, 'plan.md')).toEqual({ root: repo.root, gitDir: repo.path('.git') });
  });

  it('says how to make a repository where there is none', async () => {
    const dir = await freshDir();
    const place = repoAt(dir, envAt(dir));
    await place.write('docs/plan.md', 'one\n');

    const error = await errorOf(check(place, 'docs/plan.md'));

    expect(error).toEqual({
      code: 'no_repository',
      message: 'docs/plan.md is in no git repository.',
      hint: 'Make one with: git init',
    });
  });

  it('takes no bare repository, and not the inside of .git', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const bare = repoAt(repo.beside('bare.git'), repo.world.env);
    await repo.git('clone', '--quiet', '--bare', repo.root, bare.root);
    await bare.write('plan.md', 'one\n');
    await repo.write('.git/plan.md', 'one\n');

    expect(await errorOf(check(bare, 'plan.md'))).toEqual({
      code: 'bare_repository',
      message: `${bare.root} is a git directory without a work tree, so no plan can be committed from there.`,
      hint: `Clone it, and refine the plan in the clone: git clone ${bare.root}`,
    });
    expect((await errorOf(check(repo, '.git/plan.md'))).code).toBe('bare_repository');
  });

  it.each([
    ['a file', 'plan.md', 'plan.md'],
    ['its directory', 'docs/plans/the plan.md', 'docs/'],
    ['a pattern in info/exclude', ':(glob)*.md', '*.md'],
  ])('takes no plan that is ignored by %s', async (_what, plan, pattern) => {
    const repo = await tempRepo({ 'code.ts': 'x\n' });
    await repo.write(plan, 'one\n');
    await repo.write(pattern === '*.md' ? '.git/info/exclude' : '.gitignore', `${pattern}\n`);

    expect((await errorOf(check(repo, plan))).code).toBe('plan_ignored');
  });

  it('says how to find the rule that ignores a plan', async () => {
    const repo = await tempRepo({ '.gitignore': '*.md\n' });
    await repo.write(`it's.md`, 'one\n');

    expect(await errorOf(check(repo, `it's.md`))).toEqual({
      code: 'plan_ignored',
      message: `it's.md is ignored by git.`,
      hint: String.raw`Find the rule with: git check-ignore --verbose 'it'\''s.md'`,
    });
  });

  it('takes a plan that is ignored and tracked all the same', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('.gitignore', '*.md\n');

    expect(await check(repo, 'plan.md')).toHaveProperty('root', repo.root);
  });

  it.each([
    ['merge', 'merge side'],
    ['rebase', 'rebase side'],
    ['rebase', 'rebase --apply side'],
    ['cherry-pick', 'cherry-pick side'],
    ['revert', 'revert --no-edit HEAD~1 HEAD'],
  ])('takes no repository with an unfinished %s (%s)', async (operation, command) => {
    const repo = await torn();
    await repo.write('code.ts', 'more\n');
    await repo.git('commit', '--quiet', '--all', '-m', 'More');
    await repo.git(...command.split(' ')).catch(() => 'It stops at the conflict.');

    expect(await errorOf(check(repo, 'plan.md', { commits: false }))).toEqual({
      code: 'operation_under_way',
      message: `There is an unfinished ${operation} in this repository.`,
      hint: `Finish it with: git ${operation} --continue - or drop it with: git ${operation} --abort`,
    });
  });

  it('takes no repository with an unfinished am', async () => {
    const repo = await torn();
    const patch = await repo.write('../side.patch', await repo.git('format-patch', '--stdout', 'main..side'));
    await repo.git('am', '--quiet', patch).catch(() => 'It stops at the conflict.');

    expect((await errorOf(check(repo, 'plan.md'))).message).toBe(
      'There is an unfinished am in this repository.',
    );
  });

  it('takes no repository between two commits of a cherry-pick', async () => {
    const repo = await torn();
    await repo.git('checkout', '--quiet', 'side');
    await repo.git('commit', '--quiet', '--allow-empty', '-m', 'Last');
    await repo.git('checkout', '--quiet', 'main');
    await repo.git('cherry-pick', 'side~1', 'side').catch(() => 'It stops at the conflict.');
    await repo.git('commit', '--quiet', '--all', '-m', 'Resolved');

    expect((await errorOf(check(repo, 'plan.md'))).message).toBe(
      'There is an unfinished cherry-pick in this repository.',
    );
  });

  it('takes no plan with a conflict that a stash has left', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'stashed\n');
    await repo.git('stash', '--quiet');
    await repo.write('plan.md', 'two\n');
    await repo.git('commit', '--quiet', '--all', '-m', 'Two');
    await repo.git('stash', 'pop').catch(() => 'It stops at the conflict.');

    expect(await errorOf(check(repo, 'plan.md'))).toEqual({
      code: 'plan_conflicted',
      message: 'plan.md has a merge conflict that is not resolved.',
      hint: 'Resolve it, then: git add plan.md',
    });
  });

  it.each(['assume-unchanged', 'skip-worktree'] as const)('takes no plan that is marked %s', async (flag) => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('update-index', `--${flag}`, 'plan.md');

    expect(await errorOf(check(repo, 'plan.md'))).toEqual({
      code: 'plan_hidden',
      message: `plan.md is marked ${flag}, so git does not look at it.`,
      hint: `Take the mark off with: git update-index --no-${flag} plan.md`,
    });
  });

  it('asks for an identity only where there will be commits', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('config', '--unset', 'user.email');
    await repo.git('config', 'user.useConfigOnly', 'true');

    await check(repo, 'plan.md', { commits: false });

    expect(await errorOf(check(repo, 'plan.md'))).toEqual({
      code: 'no_identity',
      message: 'Git does not know the author of a commit.',
      hint: 'Tell it with: git config user.name "Your Name" && git config user.email you@example.com',
    });
  });

  it('takes an identity from the environment, which must name the committer too', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('config', '--unset', 'user.email');
    await repo.git('config', 'user.useConfigOnly', 'true');
    const author = { ...repo.world.env, GIT_AUTHOR_NAME: 'Grace', GIT_AUTHOR_EMAIL: 'grace@example.com' };
    const both = { ...author, GIT_COMMITTER_NAME: 'Build', GIT_COMMITTER_EMAIL: 'build@example.com' };

    expect((await errorOf(check(repo, 'plan.md', { env: author }))).message).toBe(
      'Git does not know the committer of a commit.',
    );
    await check(repo, 'plan.md', { env: both });
  });

  it('takes an identity from configuration in the environment', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('config', '--unset', 'user.email');
    const env = {
      ...repo.world.env,
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'user.email',
      GIT_CONFIG_VALUE_0: 'ada@example.com',
      GIT_CONFIG_KEY_1: 'core.hooksPath',
      GIT_CONFIG_VALUE_1: '/nowhere',
      GIT_SSH_COMMAND: 'ssh',
      GIT_ASKPASS: 'true',
      EDITOR: 'vi',
      PAGER: 'less',
    };

    expect(await check(repo, 'plan.md', { env })).toHaveProperty('root', repo.root);
  });

  it('passes on what git says where it refuses a repository', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const fake = await repo.write(
      '../bin/git',
      '#!/bin/sh\necho "fatal: detected dubious ownership in repository" >&2\nexit 128\n',
    );
    await chmod(fake, 0o755);
    const env = { ...repo.world.env, PATH: `${repo.beside('bin')}:/usr/bin:/bin` };

    const error = await check(repo, 'plan.md', { env }).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      exitCode: 3,
      message: 'git rev-parse failed. fatal: detected dubious ownership in repository',
    });
  });

  it('passes on what git says of a worktree whose repository is gone', async () => {
    const dir = await freshDir();
    const place = repoAt(dir, envAt(dir));
    await place.write('.git', 'gitdir: /nowhere/.git/worktrees/x\n');
    await place.write('plan.md', 'one\n');

    expect((await errorOf(check(place, 'plan.md'))).message).toContain(
      'not a git repository: /nowhere/.git/worktrees/x',
    );
  });

  it('says so where there is no git', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });

    const error = await errorOf(check(repo, 'plan.md', { env: { PATH: '/nowhere' } }));

    expect(error).toMatchObject({ code: 'no_git', message: 'There is no program git on the PATH.' });
  });
});

describe('findRepo', () => {
  it('takes a directory, also over a symbolic link, and answers in real paths', async () => {
    const repo = await tempRepo({ 'docs/plan.md': 'one\n' });
    await symlink(repo.path('docs'), repo.beside('link'));

    expect(await findRepo(repo.beside('link'), repo.world)).toEqual({
      kind: 'work-tree',
      root: repo.root,
      gitDir: repo.path('.git'),
    });
  });

  it('answers null where nothing is', async () => {
    const dir = await freshDir();

    expect(await findRepo(`${dir}/no/such/file.md`, { env: envAt(dir) })).toBe(null);
  });

  it('finds a root with a line end in its name', async () => {
    const repo = await tempRepo();
    const odd = repoAt(repo.beside('two\nlines'), repo.world.env);
    await repo.git('init', '--quiet', odd.root);

    expect(await findRepo(odd.root, repo.world)).toEqual({
      kind: 'work-tree',
      root: odd.root,
      gitDir: odd.path('.git'),
    });
  });
});
