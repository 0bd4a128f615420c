import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { atomicWrite } from '../../src/store/atomic-write.ts';
import { createRunDirectory, openRunFiles, slugOf, stateRoot } from '../../src/store/run-directory.ts';
import { errorOf, tempDir } from './temp-dir.ts';

const NOW = new Date('2026-11-20T14:03:11.999Z');

describe('a slug', () => {
  it.each([
    ['docs/plans/20260101-foo-bar.md', 'foo-bar'],
    ['2026-01-01-foo.md', 'foo'],
    ['foo.md', 'foo'],
    ['FOO.MD', 'FOO'],
    ['foo.md.md', 'foo.md'],
    ['2026-foo.md', '2026-foo'],
    ['20260101.md', '20260101'],
    ['20260101-.md', 'plan'],
    ['.md', 'plan'],
    ['...', 'plan'],
    ['notes.txt', 'notes.txt'],
    ['with space.md', 'with space'],
    ['a\tb\u0007c\u0085d.md', 'a-b-c-d'],
    ['a\\b.md', 'a-b'],
    ['über-naïve.md', 'über-naïve'],
    [`${'a'.repeat(200)}.md`, 'a'.repeat(80)],
    [`${'ä'.repeat(50)}.md`, 'ä'.repeat(40)],
    [`x${'ä'.repeat(50)}.md`, `x${'ä'.repeat(39)}`],
    [`${'👍'.repeat(30)}.md`, '👍'.repeat(20)],
  ])('of %j is %j', (path, slug) => {
    expect(slugOf(path)).toBe(slug);
  });
});

describe('a new run', () => {
  it('gets a directory named after the plan and the second', async () => {
    using dir = tempDir();

    const { id, dir: made } = await makeIn(dir.at('state'));

    expect([id, made]).toEqual(['foo-20261120T140311Z', dir.at('state/foo-20261120T140311Z')]);
  });

  it('gets another name where that is taken', async () => {
    using dir = tempDir();
    const make = (): Promise<{ id: string }> => makeIn(dir.at('state'));

    const made = await Promise.all([make(), make(), make()]);

    expect(made.map(({ id }) => id).toSorted()).toEqual([
      'foo-20261120T140311Z',
      'foo-20261120T140311Z-2',
      'foo-20261120T140311Z-3',
    ]);
  });

  it('is private, and invisible to git', async () => {
    using dir = tempDir();

    const { dir: made } = await makeIn(dir.at('state'));
    await openRunFiles(made).write('round-01/plan.md', 'x');

    const modes = [dir.at('state'), made, `${made}/round-01`].map((path) => modeOf(path));
    expect(modes).toEqual([0o700, 0o700, 0o700]);
    expect(modeOf(`${made}/round-01/plan.md`)).toBe(0o600);
    expect(readFileSync(dir.at('state/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('leaves a state root that was there as it is', async () => {
    using dir = tempDir();
    mkdirSync(dir.at('state'), { mode: 0o755 });

    await makeIn(dir.at('state'));

    expect([modeOf(dir.at('state')), readdirSync(dir.at('state'))]).toEqual([
      0o755,
      ['foo-20261120T140311Z'],
    ]);
  });

  it('says what is in the way', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('file'), '');

    for (const root of [dir.at('file'), dir.at('file/state'), '/proc/no/state']) {
      const error = await errorOf(makeIn(root));

      expect(error).toMatchObject({ code: 'cannot_write', exitCode: 3 });
    }
  });

  it('keeps its state beside the plan, or where it was told', () => {
    expect(stateRoot('/repo/docs/plan.md', null)).toBe('/repo/docs/.refine-plan-against-codex');
    expect(stateRoot('/repo/docs/plan.md', '/elsewhere')).toBe('/elsewhere');
  });
});

describe('the files of a run', () => {
  it('are read as they were written; one that was not is none', async () => {
    using dir = tempDir();
    const files = openRunFiles(dir.path);

    await files.write('a/b.txt', 'naïve\r\n');
    await files.write('a/b.txt', 'again');

    expect([await files.read('a/b.txt'), await files.read('a/c.txt')]).toEqual(['again', undefined]);
    expect(await files.pathOf('a/d.log')).toBe(dir.at('a/d.log'));
    expect(await files.pathOf('.')).toBe(dir.path);
    await expect(files.read('a')).rejects.toMatchObject({ code: 'run_damaged', exitCode: 3 });
  });

  it('are replaced whole: whoever reads meanwhile sees the old text or the new', async () => {
    using dir = tempDir();
    const [old, next] = ['old\n'.repeat(50_000), 'new\n'.repeat(60_000)];
    await atomicWrite(dir.at('a.txt'), old);
    const seen = new Set<string>();
    let isDone = false;

    const writing = (async () => {
      for (let n = 0; n < 10; n += 1)
        await atomicWrite(dir.at('a.txt'), n % 2 === 0 ? next : old, { durable: false });
      isDone = true;
    })();
    while (!isDone) {
      seen.add(readFileSync(dir.at('a.txt'), 'utf8'));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;

    expect([...seen].every((text) => text === old || text === next)).toBe(true);
    expect(readdirSync(dir.path)).toEqual(['a.txt']);
  });

  it('leave nothing behind where they cannot be written', async () => {
    using dir = tempDir();
    mkdirSync(dir.at('a.txt'));

    const error = await errorOf(atomicWrite(dir.at('a.txt'), 'text'));

    expect(error.exitCode).toBe(3);
    expect(readdirSync(dir.path)).toEqual(['a.txt']);
  });
});

function modeOf(path: string): number {
  return statSync(path).mode & 0o7777;
}

function makeIn(root: string): ReturnType<typeof createRunDirectory> {
  return createRunDirectory({ root, slug: 'foo', now: NOW }, async () => undefined);
}
