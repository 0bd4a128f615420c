import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openScratch, scratchRoot } from '../../src/agents/scratch.ts';
import { newMark } from '../../src/process/mark.ts';
import { freshDir } from '../process/programs.ts';

const REPO = freshDir();
const copy = { path: 'docs/plans/foo.md', text: '\ufeff# Plan\r\nno end' };

async function scratchOutside(repo: string, copied: typeof copy | null) {
  const mark = newMark();
  return openScratch({ root: await scratchRoot(repo, mark), mark, copy: copied });
}

/** What comes back after something was done to the copy. */
async function after(change: (plan: string, dir: string) => void) {
  await using scratch = await scratchOutside(REPO, copy);
  change(scratch.plan ?? '', scratch.dir);
  return await scratch.takeBack();
}

describe('a scratch directory', () => {
  it('holds the copy alone, is private, and is gone afterwards', async () => {
    let root = '';
    {
      await using scratch = await scratchOutside(REPO, copy);
      root = dirname(scratch.dir);
      expect(readFileSync(scratch.plan ?? '', 'utf8')).toBe(copy.text);
      expect(scratch.plan).toBe(join(scratch.dir, copy.path));
      expect((statSync(root).mode & 0o777).toString(8)).toBe('700');
      expect(await scratch.takeBack()).toEqual({ edited: copy.text, discarded: [] });
    }
    expect(existsSync(root)).toBe(false);
  });

  it('is empty where nothing is to be edited', async () => {
    await using scratch = await scratchOutside(REPO, null);

    expect(await scratch.takeBack()).toEqual({ edited: null, discarded: [] });
    expect(scratch.plan).toBeNull();
  });

  it('never lies inside of the repository', async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(REPO, 'tmp');
    mkdirSync(join(REPO, 'tmp'), { recursive: true });
    try {
      await using scratch = await scratchOutside(REPO, null);
      expect(scratch.dir.startsWith(REPO)).toBe(false);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });

  it('says so when there is no place for it', async () => {
    await expect(scratchRoot('/', newMark())).rejects.toMatchObject({
      code: 'no_scratch_place',
      exitCode: 3,
    });
  });

  it('keeps only the name of a plan that does not lie in the repository', async () => {
    await using scratch = await scratchOutside(REPO, { path: '../../etc/foo.md', text: 'x' });

    expect(scratch.plan).toBe(join(scratch.dir, 'foo.md'));
  });

  it('is removed even when an agent closed a directory in it', async () => {
    let root = '';
    {
      await using scratch = await scratchOutside(REPO, null);
      root = dirname(scratch.dir);
      mkdirSync(join(scratch.dir, 'a', 'b'), { recursive: true });
      execFileSync('chmod', ['-R', '000', join(scratch.dir, 'a')]);
    }
    expect(existsSync(root)).toBe(false);
  });
});

describe('what an agent leaves in place of the plan', () => {
  it('is the new text, and the names of what else appeared, sorted', async () => {
    const back = await after((plan, dir) => {
      writeFileSync(plan, 'new\0text');
      writeFileSync(join(dir, 'docs', 'b'), '');
      writeFileSync(join(dir, 'a'), '');
      mkdirSync(join(dir, 'empty'));
    });

    expect(back).toEqual({ edited: 'new\0text', discarded: ['a', 'docs/b', 'empty/'] });
  });

  it('is nothing when the plan is gone, no text, or far too large', async () => {
    const gone = await after((plan) => rmSync(plan));
    const bytes = await after((plan) => writeFileSync(plan, Buffer.from([0x61, 0xff])));
    const large = await after((plan) => writeFileSync(plan, 'x'.repeat(10 * 1024 * 1024 + 1)));

    expect([gone.edited, bytes.edited, large.edited]).toEqual([null, null, null]);
  });

  it('is nothing when it is no regular file of its own', async () => {
    const link = await after((plan) => {
      rmSync(plan);
      symlinkSync('/etc/hostname', plan);
    });
    const fifo = await after((plan) => {
      rmSync(plan);
      execFileSync('mkfifo', [plan]);
    });
    const dir = await after((plan) => {
      rmSync(plan);
      mkdirSync(plan);
      writeFileSync(join(plan, 'x'), '');
    });
    const elsewhere = await after((plan, root) => {
      const other = freshDir();
      writeFileSync(join(other, 'foo.md'), 'stolen');
      rmSync(join(root, 'docs', 'plans'), { recursive: true });
      symlinkSync(other, dirname(plan));
    });

    expect([link.edited, fifo.edited, dir.edited, elsewhere.edited]).toEqual([null, null, null, null]);
    expect([dir.discarded, elsewhere.discarded]).toEqual([['docs/plans/foo.md/x'], ['docs/plans']]);
  });

  it('names a hundred things at most', async () => {
    const back = await after((_, dir) => {
      for (let n = 0; n < 150; n++) writeFileSync(join(dir, `f${String(n).padStart(3, '0')}`), '');
    });

    expect(back.discarded).toHaveLength(100);
    expect(back.discarded[0]).toBe('f000');
  });

  it('does not matter when the whole directory is gone', async () => {
    expect(await after((_, dir) => rmSync(dir, { recursive: true }))).toEqual({
      edited: null,
      discarded: [],
    });
  });
});
