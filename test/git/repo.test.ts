import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { commitAll, createdIn, tempRepo } from './temp-repo.ts';

describe('the repository', () => {
  it('is looked at: head, branch and operation', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('checkout', '--quiet', '-b', 'feature/größe');
    const port = await repo.open();

    expect(await port.look()).toEqual({ head: await repo.head(), branch: 'feature/größe', operation: null });
    await repo.git('checkout', '--quiet', '--detach');
    expect(await port.look()).toEqual({ head: await repo.head(), branch: null, operation: null });
  });

  it('has no head before the first commit, and going on from there is no move', async () => {
    const repo = await tempRepo();
    const port = await repo.open();
    const from = await port.look();
    await commitAll(repo, { 'plan.md': 'one\n' });

    expect(from).toEqual({ head: null, branch: 'main', operation: null });
    expect((await port.movedSince(from)).moved).toBe(null);
  });

  it('has not moved where commits of anybody went on from the old head', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const port = await repo.open();
    const from = await port.look();
    await repo.write('plan.md', 'two\n');
    const { sha } = createdIn(await repo.commit('plan.md'));
    await repo.git('commit', '--quiet', '--allow-empty', '-m', 'Somebody else');

    expect(await port.movedSince(from)).toEqual({ moved: null, to: { ...from, head: await repo.head() } });
    expect((await port.movedSince({ ...from, head: sha })).moved).toBe(null);
  });

  it('has moved to another branch, or off every branch', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const port = await repo.open();
    const from = await port.look();

    await repo.git('checkout', '--quiet', '-b', 'side');
    expect(await port.movedSince(from)).toEqual({ moved: 'branch', to: { ...from, branch: 'side' } });
    await repo.git('checkout', '--quiet', '--detach', 'main');
    expect(await port.movedSince(from)).toEqual({ moved: 'branch', to: { ...from, branch: null } });
  });

  it('has moved where the history was rewritten, or thrown away', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const port = await repo.open();
    const from = await port.look();

    await repo.git('commit', '--quiet', '--amend', '-m', 'Rewritten');
    expect((await port.movedSince(from)).moved).toBe('head');
    expect((await port.movedSince({ ...from, head: '1234567890123456789012345678901234567890' })).moved).toBe(
      'head',
    );
    await repo.git('update-ref', '-d', 'HEAD');
    expect((await port.movedSince(from)).moved).toBe('head');
  });

  it('has moved where an operation began, and not where it was under way before', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('checkout', '--quiet', '-b', 'side');
    await repo.git('commit', '--quiet', '--allow-empty', '-m', 'Side');
    await repo.git('checkout', '--quiet', 'main');
    const port = await repo.open();
    const from = await port.look();
    await repo.git('merge', '--no-ff', '--no-commit', 'side');

    const { moved, to } = await port.movedSince(from);

    expect([moved, to.operation]).toEqual(['operation', 'merge']);
    expect((await port.movedSince(to)).moved).toBe(null);
  });

  it('that is gone altogether is said in one sentence', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const port = await repo.open();
    await rm(repo.root, { recursive: true });

    await expect(port.look()).rejects.toThrow(`git rev-parse failed. There is no directory ${repo.root}.`);
  });
});
