import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { clockThat, createdIn, request, tempRepo } from './temp-repo.ts';

const round = (n: number) => ({
  key: `foo-20260101T000000Z/${n}`,
  subject: `docs(plans): refine foo against codex (round ${n})`,
});

describe('a commit that was made before', () => {
  it('is recognised by its trailer', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.write('plan.md', 'two\n');
    const first = createdIn(await repo.commit('plan.md', { since }));

    const second = createdIn(await repo.commit('plan.md', { since, subject: 'Another subject' }));

    expect(second).toEqual({ ...first, recognised: true });
    expect(await repo.git('rev-list', '--count', 'HEAD')).toBe('2\n');
  });

  it('is found without being asked to commit', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    const port = await repo.open();
    await repo.write('plan.md', 'two\n');
    const wanted = request(repo.path('plan.md'), { since });

    const before = await port.findCommit(wanted);
    const made = createdIn(await repo.commit('plan.md', { since }));

    expect(before).toBe(null);
    expect(await port.findCommit(wanted)).toEqual({ ...made, recognised: true });
  });

  it('is recognised under commits of others', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n', 'other.md': 'x\n' });
    const since = await repo.head();
    await repo.write('plan.md', 'two\n');
    const { sha } = createdIn(await repo.commit('plan.md', { since }));
    await repo.git('commit', '--quiet', '--allow-empty', '-m', 'Somebody else');

    const again = createdIn(await repo.commit('plan.md', { since }));

    expect(again).toMatchObject({ sha, recognised: true });
  });

  it('is recognised on a side branch that was merged', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n', 'other.md': 'x\n' });
    const since = await repo.head();
    await repo.git('checkout', '--quiet', '-b', 'side');
    await repo.write('plan.md', 'two\n');
    const { sha } = createdIn(await repo.commit('plan.md', { since }));
    await repo.git('checkout', '--quiet', 'main');
    await repo.git('commit', '--quiet', '--allow-empty', '-m', 'On main');
    await repo.git('merge', '--quiet', '--no-edit', 'side');

    expect(createdIn(await repo.commit('plan.md', { since }))).toMatchObject({ sha, recognised: true });
  });

  it('in round 10 is not the one of round 1', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.write('plan.md', 'two\n');
    createdIn(await repo.commit('plan.md', { since, ...round(10) }));
    const port = await repo.open();

    const found = await port.findCommit(request(repo.path('plan.md'), { since, ...round(1) }));

    expect(found).toBe(null);
    expect(await repo.commit('plan.md', { since, ...round(1) })).toEqual({ result: 'same-as-head' });
  });

  it('is not recognised once the plan holds other bytes: a retry commits them', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.write('plan.md', 'two\n');
    const first = createdIn(await repo.commit('plan.md', { since }));
    await repo.write('plan.md', 'three\n');

    const second = createdIn(await repo.commit('plan.md', { since }));

    expect(second.recognised).toBe(false);
    expect(second.sha).not.toBe(first.sha);
  });

  it('is not recognised before the start of the run', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    createdIn(await repo.commit('plan.md', { since: null }));

    expect(await repo.commit('plan.md', { since: await repo.head() })).toEqual({ result: 'same-as-head' });
  });

  it('is recognised as the first one of a repository', async () => {
    const repo = await tempRepo();
    await repo.write('plan.md', 'one\n');
    const { sha } = createdIn(await repo.commit('plan.md', { since: null }));

    expect(createdIn(await repo.commit('plan.md', { since: null }))).toMatchObject({ sha, recognised: true });
  });

  it('is recognised by its subject and bytes where a hook dropped the trailer', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.hook('commit-msg', 'head -n 1 "$1" > "$1.short"; mv "$1.short" "$1"');
    await repo.write('plan.md', 'two\n');
    const { sha } = createdIn(await repo.commit('plan.md', { since }));

    expect(createdIn(await repo.commit('plan.md', { since }))).toMatchObject({ sha, recognised: true });
    expect(await repo.commit('plan.md', { since, ...round(2) })).toEqual({ result: 'same-as-head' });
  });

  it('is recognised where a hook put further paragraphs and trailers under it', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.hook('commit-msg', `printf 'Change-Id: I123\\n' >> "$1"`);
    await repo.write('plan.md', 'two\n');
    const { sha } = createdIn(await repo.commit('plan.md', { since }));

    expect(createdIn(await repo.commit('plan.md', { since }))).toMatchObject({ sha, recognised: true });
  });

  it('of another run with the same subject and bytes is not ours', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.write('plan.md', 'two\n');
    createdIn(await repo.commit('plan.md', { since, key: 'foo-20250101T000000Z/1' }));

    expect(await repo.commit('plan.md', { since })).toEqual({ result: 'same-as-head' });
  });

  it('is recognised through line end conversion', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('config', 'core.autocrlf', 'true');
    const since = await repo.head();
    await repo.write('plan.md', 'two\r\n');
    const { sha } = createdIn(await repo.commit('plan.md', { since }));

    expect(createdIn(await repo.commit('plan.md', { since }))).toMatchObject({ sha, recognised: true });
  });

  it('has its index settled where the run died before that', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.write('plan.md', 'two\n');
    const { sha } = createdIn(await repo.commit('plan.md', { since }));
    const [old] = (await repo.git('rev-parse', `${since}:plan.md`)).split('\n');
    await repo.git('update-index', '--cacheinfo', `100644,${old},plan.md`);
    const port = await repo.open();

    const found = await port.findCommit(request(repo.path('plan.md'), { since }));

    expect(found?.sha).toBe(sha);
    expect(await repo.status()).toEqual([]);
  });

  it('is found though a dead git left its lock behind', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.write('plan.md', 'two\n');
    const { sha } = createdIn(await repo.commit('plan.md', { since }));
    await repo.write('.git/index.lock', '');

    expect(createdIn(await repo.commit('plan.md', { since }))).toMatchObject({ sha, recognised: true });
  });

  it('is found once the git that is still making it is done', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    const since = await repo.head();
    await repo.write('plan.md', 'two\n');
    const lock = await repo.write('.git/index.lock', '');
    const clock = clockThat(async () => {
      await rm(lock);
      await repo.commit('plan.md', { since });
    });
    const port = await repo.open({ clock });

    const found = await port.findCommit(request(repo.path('plan.md'), { since }));

    expect(found).toMatchObject({ sha: await repo.head(), recognised: true });
  });

  it('is not looked for where the old head was thrown away', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');

    const result = await repo.commit('plan.md', { since: '1234567890123456789012345678901234567890' });

    expect(createdIn(result).recognised).toBe(false);
  });
});
