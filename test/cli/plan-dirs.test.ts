import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { planDirs } from '../../src/cli/plan-dirs.ts';
import { freshDir } from '../process/programs.ts';

const TREE = ['docs/plans/old/2025', 'docs/plans/.hidden/x', 'docs/plans/node_modules/x', 'src/a/b'];

it.each([
  ['docs/plans/*.md', ['', 'docs/plans', 'docs/plans/old', 'docs/plans/old/2025']],
  ['docs/plans/**/plan-?.md', ['', 'docs/plans', 'docs/plans/old', 'docs/plans/old/2025']],
  ['src/*/b/*.md', ['', 'src', 'src/a', 'src/a/b']],
  ['*.md', ['', 'docs', 'src', 'docs/plans', 'src/a', 'docs/plans/old', 'src/a/b', 'docs/plans/old/2025']],
  ['nowhere/*.md', ['', 'nowhere']],
])('looks where %s points, and not into hidden directories or packages', async (glob, expected) => {
  const root = freshDir();
  for (const dir of TREE) mkdirSync(join(root, dir), { recursive: true });

  const dirs = await planDirs(glob, root);

  expect(dirs.map((dir) => relative(root, dir)).toSorted()).toEqual(expected.toSorted());
});

it('does not walk through a whole home directory', async () => {
  const root = freshDir();
  for (let n = 0; n < 250; n += 1) mkdirSync(join(root, `dir-${n}`, 'below'), { recursive: true });

  expect((await planDirs('**/*.md', root)).length).toBeLessThanOrEqual(200);
});
