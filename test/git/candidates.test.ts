import { rm, symlink, utimes } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fileDirs, planCandidates } from '../../src/git/candidates.ts';
import { tempRepo, type TempRepo } from './temp-repo.ts';

async function aged(repo: TempRepo, name: string, seconds: number): Promise<void> {
  await repo.write(name, 'x\n');
  await utimes(repo.path(name), seconds, seconds);
}

describe('candidates', () => {
  it('are the files that match, the newest first, then by name', async () => {
    const repo = await tempRepo({ '.gitignore': 'docs/plans/ignored.md\n' });
    await aged(repo, 'docs/plans/old.md', 1000);
    await repo.git('add', 'docs/plans/old.md');
    await aged(repo, 'docs/plans/b "q" größe.md', 2000);
    await aged(repo, 'docs/plans/a.md', 2000);
    for (const name of ['docs/plans/ignored.md', 'docs/plans/deep/x.md', 'docs/plans/x.txt', 'plan.md'])
      await aged(repo, name, 3000);

    const found = await planCandidates('docs/plans/*.md', repo);

    expect(found).toEqual(['docs/plans/a.md', 'docs/plans/b "q" größe.md', 'docs/plans/old.md']);
  });

  it('are files that are there', async () => {
    const repo = await tempRepo({ 'docs/plans/a.md': 'x\n', 'docs/plans/deleted.md': 'x\n' });
    await rm(repo.path('docs/plans/deleted.md'));
    await symlink('nowhere', repo.path('docs/plans/broken.md'));

    expect(await planCandidates('./docs/plans/*.md', repo)).toEqual(['docs/plans/a.md']);
    expect(await planCandidates('plans/**/*.md', repo)).toEqual([]);
  });

  it('may lie at any depth', async () => {
    const repo = await tempRepo({ 'a/plans/x.md': 'x\n', 'b/c/plans/x.md': 'x\n' });

    expect((await planCandidates('**/plans/*.md', repo)).toSorted()).toEqual([
      'a/plans/x.md',
      'b/c/plans/x.md',
    ]);
  });

  it('say what git says of a glob that leads out of the repository', async () => {
    const repo = await tempRepo();

    await expect(planCandidates('../*.md', repo)).rejects.toThrow('is outside repository');
  });
});

describe('directories with files', () => {
  it('are those that git knows or would add to', async () => {
    const repo = await tempRepo({
      'README.MD': 'x\n',
      'docs/plans/a.md': 'x\n',
      'docs/plans/b.md': 'x\n',
      'src/x.ts': 'x\n',
    });
    await repo.write('new/plan.md', 'x\n');
    await repo.write('.git/info/exclude', 'out/\n');
    await repo.write('out/plan.md', 'x\n');

    expect(await fileDirs(repo)).toEqual(['.', 'docs/plans', 'new', 'src']);
  });
});
