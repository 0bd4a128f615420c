import { readFile, rm, symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { plainHead } from '../../src/git/plain-head.ts';
import { tempRepo, type TempRepo } from './temp-repo.ts';

type Place = {
  readonly is: string;
  readonly branch: string | null;
  readonly make: (repo: TempRepo) => unknown;
};

describe('where HEAD is', () => {
  it.for<Place>([
    { is: 'a branch', branch: 'main', make: () => undefined },
    {
      is: 'a branch below others, of any letters',
      branch: 'a/b/größe',
      make: ({ git }) => git('checkout', '-q', '-b', 'a/b/größe'),
    },
    {
      is: 'a branch that went on after it was packed',
      branch: 'main',
      make: async ({ git }) => {
        await git('pack-refs', '--all');
        await git('commit', '-q', '--allow-empty', '-m', 'More');
      },
    },
    { is: 'no branch', branch: null, make: ({ git }) => git('checkout', '-q', '--detach') },
  ])('is read from the files where it is $is', async ({ branch, make }) => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await make(repo);

    expect(await plainHead(repo.path('.git'))).toEqual({ head: await repo.head(), branch });
  });

  it('is read in a worktree, whose branches are kept by another', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('worktree', 'add', '-q', '-b', 'side', 'tree');
    const link = await readFile(repo.path('tree/.git'), 'utf8');

    expect(await plainHead(link.replace('gitdir: ', '').trim())).toEqual({
      head: await repo.head(),
      branch: 'side',
    });
  });

  it.for<Omit<Place, 'branch'>>([
    { is: 'the branch is packed', make: ({ git }) => git('pack-refs', '--all') },
    { is: 'there is no commit yet', make: ({ git }) => git('checkout', '-q', '--orphan', 'new') },
    {
      is: 'a branch stands for another',
      make: async ({ git }) => {
        await git('symbolic-ref', 'refs/heads/alias', 'refs/heads/main');
        await git('symbolic-ref', 'HEAD', 'refs/heads/alias');
      },
    },
    {
      is: 'HEAD is a link',
      make: async ({ path }) => {
        await rm(path('.git/HEAD'));
        await symlink('refs/heads/main', path('.git/HEAD'));
      },
    },
    { is: 'HEAD is gone', make: ({ path }) => rm(path('.git/HEAD')) },
  ])('is not guessed where $is', async ({ make }) => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await make(repo);

    expect(await plainHead(repo.path('.git'))).toBe(undefined);
  });
});
