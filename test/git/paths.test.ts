import { mkdir, symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { planStatus } from '../../src/git/plan-status.ts';
import { findRepo } from '../../src/git/open-repo.ts';
import { check, commitAll, createdIn, introduce, repoAt, tempRepo, type TempRepo } from './temp-repo.ts';

const NAMES = [
  `docs/plans/it's "größe" 計画 🚀.md`,
  '-dash.md',
  '--all',
  'two\nlines.md',
  '*.md',
  ':(glob)**.md',
  ':!plan.md',
  'plans/[ab]? back\\slash $(touch pwned) `x`.md',
  'comma,100644,x.md ',
];

async function statusOf(repo: TempRepo, name: string): Promise<string> {
  return planStatus(repo.path(name), repo);
}

/** Refines a plan once: checked, found changed, committed alone, and clean. */
async function refine(repo: TempRepo, name: string, text: string): Promise<readonly string[]> {
  await repo.write(name, text);
  await check(repo, name);
  const before = await statusOf(repo, name);
  const result = createdIn(await repo.commit(name, { key: `key of ${name}/1` }));
  return [before, await statusOf(repo, name), ...(await repo.filesOf(result.sha))];
}

describe('a plan named', () => {
  it.each(NAMES)('%j is committed alone, new and changed', async (name) => {
    const repo = await tempRepo({ 'plan.md': 'x\n', 'a.md': 'x\n', 'plans/ax.md': 'x\n' });
    for (const other of ['plan.md', 'a.md', 'plans/ax.md']) await repo.write(other, 'changed\n');

    expect(await refine(repo, name, 'one\n')).toEqual(['untracked', 'clean', name]);
    expect(await refine(repo, name, 'two\n')).toEqual(['modified', 'clean', name]);
  });
});

describe('a plan is committed', () => {
  it('from a subdirectory', async () => {
    const repo = await tempRepo({ 'docs/plans/plan.md': 'one\n' });
    const inside = { ...repo, world: { ...repo.world, cwd: repo.path('docs') } };

    expect(await refine(inside, 'docs/plans/plan.md', 'two\n')).toEqual([
      'modified',
      'clean',
      'docs/plans/plan.md',
    ]);
  });

  it('in a worktree, on its own branch', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('worktree', 'add', '--quiet', '-b', 'side', repo.beside('side tree'));
    const side = repoAt(repo.beside('side tree'), repo.world.env);

    expect(await refine(side, 'plan.md', 'two\n')).toEqual(['modified', 'clean', 'plan.md']);
    expect(await (await side.open()).look()).toEqual({
      head: await side.head(),
      branch: 'side',
      operation: null,
    });
    expect(await repo.status()).toEqual([]);
  });

  it('in a submodule, and not in the repository around it', async () => {
    const [repo, part] = [await tempRepo({ 'x.md': 'x\n' }), await tempRepo({ 'plan.md': 'one\n' })];
    await repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', part.root, 'part');
    await repo.git('commit', '--quiet', '-m', 'Add part');
    const before = await repo.head();
    const inner = repoAt(repo.path('part'), repo.world.env);
    await introduce(inner);

    expect(await findRepo(inner.path('plan.md'), repo.world)).toEqual({
      kind: 'work-tree',
      root: inner.root,
      gitDir: repo.path('.git/modules/part'),
    });
    expect(await refine(inner, 'plan.md', 'two\n')).toEqual(['modified', 'clean', 'plan.md']);
    expect(await repo.head()).toBe(before);
  });

  it('in a shallow clone', async () => {
    const origin = await tempRepo({ 'plan.md': 'one\n' });
    await origin.git('commit', '--quiet', '--allow-empty', '-m', 'More');
    await origin.git('clone', '--quiet', '--depth=1', `file://${origin.root}`, origin.beside('clone'));
    const clone = repoAt(origin.beside('clone'), origin.world.env);
    await introduce(clone);

    expect(await refine(clone, 'plan.md', 'two\n')).toEqual(['modified', 'clean', 'plan.md']);
  });

  it('in a sparse checkout, which stays sparse', async () => {
    const repo = await tempRepo({
      'docs/plan.md': 'one\n',
      'src/code.ts': 'x\n',
      '.gitattributes': '*.md text\n',
    });
    await repo.git('sparse-checkout', 'set', 'docs');

    expect(await refine(repo, 'docs/plan.md', 'two\n')).toEqual(['modified', 'clean', 'docs/plan.md']);
    expect(await refine(repo, 'docs/new.md', 'new\n')).toEqual(['untracked', 'clean', 'docs/new.md']);
    expect(await repo.git('ls-tree', '-r', '--name-only', 'HEAD')).toContain('src/code.ts');
    expect(await repo.git('ls-files', '-t', 'src')).toBe('S src/code.ts\n');
  });

  it('beyond the edge of a sparse checkout', async () => {
    const repo = await tempRepo({ 'docs/plan.md': 'one\n', 'src/code.ts': 'x\n' });
    await repo.git('sparse-checkout', 'set', 'src');
    await mkdir(repo.path('docs'), { recursive: true });

    expect(await refine(repo, 'docs/plan.md', 'two\n')).toEqual(['modified', 'clean', 'docs/plan.md']);
    expect(await refine(repo, 'docs/new.md', 'new\n')).toEqual(['untracked', 'clean', 'docs/new.md']);
  });

  it('in a repository of SHA-256, the first one with a file of a hook', async () => {
    const repo = await tempRepo();
    await repo.git('init', '--quiet', '--object-format=sha256', '--initial-branch=main', repo.beside('big'));
    const big = repoAt(repo.beside('big'), repo.world.env);
    await introduce(big);
    await big.hook('pre-commit', 'echo x > x.md; git add x.md');

    expect(await refine(big, 'plan.md', 'one\n')).toEqual(['untracked', 'clean', 'plan.md', 'x.md']);
    expect(await big.status()).toEqual([]);
  });

  it('through a path that leads over a symbolic link', async () => {
    const repo = await tempRepo({ 'docs/plan.md': 'one\n' });
    await symlink(repo.path('docs'), repo.beside('link'));
    await repo.write('docs/plan.md', 'two\n');

    const result = createdIn(await repo.commit('../link/plan.md'));

    expect(await repo.filesOf(result.sha)).toEqual(['docs/plan.md']);
  });
});

describe('line ends and filters', () => {
  it('of CRLF stay as they are', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\r\n' });

    expect(await refine(repo, 'plan.md', 'two\r\nno final newline')).toEqual([
      'modified',
      'clean',
      'plan.md',
    ]);
    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\r\nno final newline');
  });

  it('are judged after core.autocrlf', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('config', 'core.autocrlf', 'true');
    await repo.write('plan.md', 'one\r\n');

    expect(await statusOf(repo, 'plan.md')).toBe('clean');
    expect(await repo.commit('plan.md')).toEqual({ result: 'same-as-head' });
    expect(await refine(repo, 'plan.md', 'two\r\n')).toEqual(['modified', 'clean', 'plan.md']);
    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\n');
  });

  it('are judged as git does where core.autocrlf meets a plan that was committed with CRLF', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\r\n' });
    await repo.git('config', 'core.autocrlf', 'true');
    await repo.write('plan.md', 'one\r\n');

    expect(await statusOf(repo, 'plan.md')).toBe('clean');
    expect(await repo.commit('plan.md')).toEqual({ result: 'same-as-head' });
    expect(await refine(repo, 'plan.md', 'two\r\n')).toEqual(['modified', 'clean', 'plan.md']);
    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\r\n');
    const since = (await repo.git('rev-parse', 'HEAD^')).trim();
    expect(createdIn(await repo.commit('plan.md', { since, key: 'key of plan.md/1' })).recognised).toBe(true);
  });

  it('are judged after the eol attribute', async () => {
    const repo = await tempRepo({ '.gitattributes': '*.md text eol=crlf\n', 'plan.md': 'one\r\n' });

    expect(await statusOf(repo, 'plan.md')).toBe('clean');
    expect(await refine(repo, 'plan.md', 'two\r\n')).toEqual(['modified', 'clean', 'plan.md']);
    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\n');
  });

  it('are judged after clean and smudge filters', async () => {
    const repo = await tempRepo();
    await repo.git('config', 'filter.shout.clean', `tr 'A-Z' 'a-z'`);
    await repo.git('config', 'filter.shout.smudge', `tr 'a-z' 'A-Z'`);
    await commitAll(repo, { '.gitattributes': '*.md filter=shout\n', 'plan.md': 'ONE\n' });

    expect(await statusOf(repo, 'plan.md')).toBe('clean');
    expect(await refine(repo, 'plan.md', 'TWO\n')).toEqual(['modified', 'clean', 'plan.md']);
    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\n');
  });

  it('that cannot be had are a failed commit with the words of git', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('config', 'filter.broken.clean', 'false');
    await repo.git('config', 'filter.broken.required', 'true');
    await repo.write('.gitattributes', '*.md filter=broken\n');
    await repo.write('plan.md', 'two\n');

    expect(await repo.commit('plan.md')).toMatchObject({
      result: 'failed',
      output: expect.stringContaining(`filter 'broken' failed`),
    });
  });
});
