import { execFile } from 'node:child_process';
import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clockThat, createdIn, repoAt, runGit, tempRepo } from './temp-repo.ts';

describe('a held index.lock', () => {
  it('is waited for', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    const lock = await repo.write('.git/index.lock', '');
    const clock = clockThat(async (tick) => tick === 3 && (await rm(lock)));

    createdIn(await repo.commit('plan.md', {}, { clock }));

    expect(await repo.filesOf('HEAD')).toEqual(['plan.md']);
  });

  it('is waited for up to the git timeout, named, and left in place', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('new.md', 'new\n');
    const lock = await repo.write('.git/index.lock', '');

    const result = await repo.commit('new.md', {}, { clock: clockThat(async () => undefined) });

    expect(result).toEqual({
      result: 'failed',
      output: `Another git process holds ${lock}. If none is running any more, remove that file.`,
    });
    await access(lock);
  });

  it('in a worktree is the one of that worktree', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.git('worktree', 'add', '--quiet', '-b', 'side', repo.beside('side'));
    const side = repoAt(repo.beside('side'), repo.world.env);
    await side.write('plan.md', 'two\n');
    await repo.write('.git/index.lock', '');
    const clock = clockThat(() => Promise.reject(new Error('It waited.')));

    const result = await side.commit('plan.md', {}, { clock });

    expect(await side.filesOf(createdIn(result).sha)).toEqual(['plan.md']);
  });

  it('that appears in the middle is waited for as well', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    const lock = repo.path('.git/index.lock');
    let tries = 0;
    const clock = clockThat(() => rm(lock));

    const result = await repo.commit(
      'plan.md',
      {},
      {
        clock,
        runGit: async (args, options) => {
          if (tries++ === 0) await writeFile(lock, '');
          return runGit(args, options);
        },
      },
    );

    createdIn(result);
    expect(tries).toBe(2);
  });

  it('that a hook meets inside of our own commit is not waited for', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    await repo.hook('pre-commit', 'unset GIT_INDEX_FILE; git add plan.md || exit 1');

    const result = await repo.commit(
      'plan.md',
      {},
      { clock: clockThat(() => Promise.reject(new Error('It waited.'))) },
    );

    expect(result).toMatchObject({ result: 'failed', output: expect.stringContaining('index.lock') });
  });

  it('is the work of a commit of ours that a dead run left behind: it is awaited and recognised', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('plan.md', 'two\n');
    const since = await repo.head();
    const lock = await repo.write('.git/index.lock', '');
    const clock = clockThat(async () => {
      await rm(lock);
      await repo.git(
        'commit',
        '--quiet',
        '--all',
        '-m',
        'docs(plans): refine foo',
        '-m',
        'Refine-Plan-Run: foo-20260101T000000Z/1',
      );
    });

    const result = createdIn(await repo.commit('plan.md', { since }, { clock }));

    expect(result).toMatchObject({ sha: await repo.head(), recognised: true });
  });
});

describe('ten commits on ten paths at once', () => {
  it('all go through while another process stages and commits other files', async () => {
    const names = Array.from({ length: 10 }, (_, i) => `plans/plan ${i}.md`);
    const repo = await tempRepo(Object.fromEntries(names.map((name) => [name, 'one\n'])));
    await Promise.all(names.map((name) => repo.write(name, 'two\n')));
    const abort = new AbortController();
    const others = execFile('sh', ['-c', BUSY], { cwd: repo.root, env: { ...repo.world.env } });
    const over = new Promise((resolve) => void others.once('exit', resolve));
    abort.signal.addEventListener('abort', () => void writeFile(join(repo.root, '.git/stop'), ''));

    const results = await Promise.all(
      names.map((name, i) => repo.commit(name, { key: `run-${i}/1` }, { gitTimeoutMs: 60_000 })),
    );
    abort.abort();
    await over;

    const files = await Promise.all(results.map((result) => repo.filesOf(createdIn(result).sha)));
    expect(files).toEqual(names.map((name) => [name]));
    const last = await Promise.all(names.map((name) => repo.git('log', '-1', '--format=%s', '--', name)));
    const takenBack = names.filter((_, i) => last[i]?.startsWith('Busy'));
    expect(takenBack.length).toBeLessThan(3);
    expect((await repo.status()).filter((line) => line.includes('plans/'))).toEqual(
      takenBack.map((name) => ` M "${name}"`),
    );
    expect(await Promise.all(names.map((name) => repo.read(name)))).toEqual(names.map(() => 'two\n'));
  }, 120_000);
});

/**
 * Stages and commits its own files again and again; it may lose a race, and then just goes on. Git moves HEAD an instant before
 * the index, and `git commit` reads the index before it locks it: in that instant it commits our file as it was before. With
 * git alone, ten `git commit --only` at once beside this loop, that came to 3 of 400.
 */
const BUSY = `
i=0
while [ $i -lt 500 ] && [ ! -e .git/stop ]; do
  i=$((i+1))
  echo $i > busy.txt
  git add busy.txt 2>/dev/null && git commit -q -m "Busy $i" 2>/dev/null
done`;
