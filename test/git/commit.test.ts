import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createdIn, request, tempRepo } from './temp-repo.ts';

const NEVER = new AbortController().signal;

describe('a commit', () => {
  it('holds a modified plan', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');

    const result = createdIn(await repo.commit('plan.md'));

    expect(result).toEqual({
      result: 'created',
      sha: await repo.head(),
      recognised: false,
      extraPaths: [],
      content: 'two\n',
    });
    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\n');
    expect(await repo.status()).toEqual([]);
  });

  it('is not made of other bytes than were checked', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');

    const result = await repo.commit('plan.md', { isAsChecked: () => Promise.resolve(false) });

    expect(result).toEqual({ result: 'not-as-checked' });
    expect(await repo.git('show', 'HEAD:plan.md')).toBe('one\n');
  });

  it('holds a plan that git did not know', async () => {
    const repo = await tempRepo({ 'other.md': 'x\n' });
    await repo.write('docs/plans/new.md', 'new\n');

    createdIn(await repo.commit('docs/plans/new.md'));

    expect(await repo.filesOf('HEAD')).toEqual(['docs/plans/new.md']);
    expect(await repo.status()).toEqual([]);
  });

  it('holds a plan that was only announced with --intent-to-add', async () => {
    const repo = await tempRepo({ 'other.md': 'x\n' });
    await repo.write('new.md', 'new\n');
    await repo.git('add', '--intent-to-add', 'new.md');

    createdIn(await repo.commit('new.md'));

    expect(await repo.status()).toEqual([]);
  });

  it('leaves what was staged staged, and out of it', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n', 'other.md': 'x\n', 'gone.md': 'x\n' });
    await repo.write('plan.md', 'two\n');
    await repo.write('other.md', 'staged\n');
    await repo.write('added.md', 'added\n');
    await repo.git('add', 'other.md', 'added.md');
    await repo.git('rm', '--quiet', 'gone.md');

    createdIn(await repo.commit('plan.md'));

    expect(await repo.filesOf('HEAD')).toEqual(['plan.md']);
    expect(await repo.status()).toEqual(['A  added.md', 'D  gone.md', 'M  other.md']);
  });

  it('takes a partly staged plan as it is on disk', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'staged\n');
    await repo.git('add', 'plan.md');
    await repo.write('plan.md', 'edited\n');

    createdIn(await repo.commit('plan.md'));

    expect(await repo.git('show', 'HEAD:plan.md')).toBe('edited\n');
    expect(await repo.status()).toEqual([]);
  });

  it('takes a plan whose deletion was staged', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    await repo.git('rm', '--quiet', '--cached', 'plan.md');

    createdIn(await repo.commit('plan.md'));

    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\n');
    expect(await repo.status()).toEqual([]);
  });

  it('is not made where the plan is the same as in HEAD', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const before = await repo.head();

    const result = await repo.commit('plan.md');

    expect(result).toEqual({ result: 'same-as-head' });
    expect(await repo.head()).toBe(before);
  });

  it('never records a deletion of the plan', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('update-index', '--force-remove', 'plan.md');
    await rm(repo.path('plan.md'));

    const result = await repo.commit('plan.md');

    expect(result).toEqual({
      result: 'failed',
      output: 'plan.md is gone, and its deletion is not committed.',
    });
  });

  it('refuses a path that would match everything', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const port = await repo.open();

    await expect(port.commit(request(repo.root), NEVER)).rejects.toThrow('Not a file of the work tree');
    await expect(port.commit(request(repo.path('../elsewhere.md')), NEVER)).rejects.toThrow(
      'Not a file of the work tree',
    );
  });

  it('is not made after an abort', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    const before = await repo.head();
    const port = await repo.open();

    await expect(
      port.commit(request(repo.path('plan.md')), AbortSignal.abort(new Error('Ctrl-C'))),
    ).rejects.toThrow('Ctrl-C');

    expect(await repo.head()).toBe(before);
  });

  it('is the first one of a repository, and leaves the rest staged', async () => {
    const repo = await tempRepo();
    await repo.write('plan.md', 'one\n');
    await repo.write('other.md', 'x\n');
    await repo.git('add', 'other.md');

    const { sha } = createdIn(await repo.commit('plan.md'));

    expect(await (await repo.open()).look()).toEqual({ head: sha, branch: 'main', operation: null });
    expect(await repo.filesOf('HEAD')).toEqual(['plan.md']);
    expect(await repo.status()).toEqual(['A  other.md']);
  });

  it('is made on a detached HEAD', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('checkout', '--quiet', '--detach');
    await repo.write('plan.md', 'two\n');

    const { sha } = createdIn(await repo.commit('plan.md'));

    expect(await (await repo.open()).look()).toEqual({ head: sha, branch: null, operation: null });
  });

  it('takes the author and committer from the environment', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    const env = {
      ...repo.world.env,
      GIT_AUTHOR_NAME: 'Grace',
      GIT_AUTHOR_EMAIL: 'grace@example.com',
      GIT_COMMITTER_NAME: 'Build',
      GIT_COMMITTER_EMAIL: 'build@example.com',
    };

    createdIn(await repo.commit('plan.md', {}, { world: { env } }));

    expect(await repo.git('log', '-1', '--format=%an %ae %cn %ce')).toBe(
      'Grace grace@example.com Build build@example.com\n',
    );
  });

  it('goes to the repository of the plan, whatever repository a hook around us is at work in', async () => {
    const [repo, outer] = [await tempRepo({ 'plan.md': 'one\n' }), await tempRepo({ 'x.md': 'x\n' })];
    await repo.write('plan.md', 'two\n');
    const before = await outer.head();
    const env = {
      ...repo.world.env,
      GIT_DIR: outer.path('.git'),
      GIT_INDEX_FILE: outer.path('.git/index'),
      GIT_WORK_TREE: outer.root,
      GIT_PREFIX: 'docs/',
    };

    createdIn(await repo.commit('plan.md', {}, { world: { env } }));

    expect(await repo.filesOf('HEAD')).toEqual(['plan.md']);
    expect(await outer.head()).toBe(before);
  });

  it('bears whatever is configured for people who write messages in an editor', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    await repo.write('../template', 'Fill me in\n');
    const settings = {
      'commit.template': repo.beside('template'),
      'commit.verbose': 'true',
      'commit.cleanup': 'scissors',
      'commit.status': 'true',
      'core.editor': 'false',
      'core.commentChar': '1',
      'i18n.commitEncoding': 'ISO-8859-1',
      'trailer.separators': '=',
      'log.showSignature': 'true',
      'status.showUntrackedFiles': 'no',
    };
    for (const [key, value] of Object.entries(settings)) await repo.git('config', key, value);

    createdIn(await repo.commit('plan.md', { body: ['1 critical (größte Schranke)'] }));

    expect(await repo.git('log', '-1', '--format=%B', '--encoding=UTF-8')).toBe(
      'docs(plans): refine foo against codex (round 1)\n\n1 critical (größte Schranke)\n\nRefine-Plan-Run: foo-20260101T000000Z/1\n\n',
    );
  });
});
