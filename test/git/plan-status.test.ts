import { utimes } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { planStatus, stagedText } from '../../src/git/plan-status.ts';
import { tempRepo, type TempRepo } from './temp-repo.ts';

const statusOf = (repo: TempRepo) => planStatus(repo.path('plan.md'), repo);

describe('the status of a plan', () => {
  it('is clean where its bytes are those of HEAD, whatever its times and mode', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await utimes(repo.path('plan.md'), 1, 1);

    expect(await statusOf(repo)).toBe('clean');
  });

  it('is modified, staged or not', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    const before = await statusOf(repo);
    await repo.git('add', 'plan.md');

    expect([before, await statusOf(repo)]).toEqual(['modified', 'modified']);
  });

  it('is modified where git would now store other line ends, even if nobody edited it', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\r\n' });
    await repo.write('.gitattributes', '*.md text\n');
    await utimes(repo.path('plan.md'), 1, 1); // else git looks at it again only where it was written just now

    expect(await statusOf(repo)).toBe('modified');
  });

  it('is untracked where git does not know it, with a HEAD or without', async () => {
    const [repo, unborn] = [await tempRepo({ 'other.md': 'x\n' }), await tempRepo()];
    await repo.write('plan.md', 'one\n');
    await unborn.write('plan.md', 'one\n');

    expect([await statusOf(repo), await statusOf(unborn)]).toEqual(['untracked', 'untracked']);
  });

  it('is untracked where it was only announced, and modified where it is staged as a new file', async () => {
    const repo = await tempRepo();
    await repo.write('plan.md', 'one\n');
    await repo.git('add', '--intent-to-add', 'plan.md');
    const announced = await statusOf(repo);
    await repo.git('add', 'plan.md');

    expect([announced, await statusOf(repo)]).toEqual(['untracked', 'modified']);
  });

  it('is partly-staged where the index holds a third version, which can be read exactly', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', '\ufeffgröße\r\nno final newline');
    await repo.git('add', 'plan.md');
    await repo.write('plan.md', 'three\n');

    expect(await statusOf(repo)).toBe('partly-staged');
    expect(await stagedText(repo.path('plan.md'), repo)).toBe('\ufeffgröße\r\nno final newline');
  });

  it('is partly-staged where the edit was staged and then taken back on disk', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    await repo.git('add', 'plan.md');
    await repo.write('plan.md', 'one\n');

    expect(await statusOf(repo)).toBe('partly-staged');
  });

  it('is partly-staged where its deletion is staged: nothing is there to keep', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('rm', '--quiet', '--cached', 'plan.md');

    expect(await statusOf(repo)).toBe('partly-staged');
    expect(await stagedText(repo.path('plan.md'), repo)).toBe(null);
  });
});
