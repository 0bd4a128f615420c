import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placedFile, placeFile } from '../../src/store/placed-file.ts';
import { tempDir } from './temp-dir.ts';

const NAME = '.claude/skills/x/SKILL.md';

it('writes a file and the directories above it, and sees it afterwards', async () => {
  using dir = tempDir();
  const root = dir.path;

  const seen = await placedFile(root, NAME);
  expect(seen).toEqual({ kind: 'nothing' });
  expect(await placeFile(root, NAME, { text: 'one\n', seen })).toBe(true);

  expect(await placedFile(root, NAME)).toMatchObject({ kind: 'file', text: 'one\n' });
});

it('writes over nothing that came or changed since it was seen', async () => {
  using dir = tempDir();
  const root = dir.path;
  writeFileSync(join(root, 'a.md'), 'theirs\n');
  const seen = { kind: 'file', text: 'mine\n', mode: 0o644 } as const;

  expect(await placeFile(root, 'a.md', { text: 'new\n', seen: { kind: 'nothing' } })).toBe(false);
  expect(await placeFile(root, 'a.md', { text: 'new\n', seen })).toBe(false);
  expect(readFileSync(join(root, 'a.md'), 'utf8')).toBe('theirs\n');

  rmSync(join(root, 'a.md'));
  expect(await placeFile(root, 'a.md', { text: 'new\n', seen })).toBe(false);
});

it('follows no link, and tells the text behind one only of a file of the same repository', async () => {
  using dir = tempDir();
  const root = dir.path;
  using other = tempDir();
  const outside = other.path;
  writeFileSync(join(outside, 'SKILL.md'), 'secret\n');
  writeFileSync(join(root, 'SKILL.md'), 'ours\n');
  const links = { out: outside, in: '.', nowhere: 'gone' };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, name));

  const found = await Promise.all(Object.keys(links).map((name) => placedFile(root, `${name}/SKILL.md`)));

  expect(found).toEqual([
    { kind: 'in-the-way', what: 'out is a link', text: null },
    { kind: 'in-the-way', what: 'in is a link', text: 'ours\n' },
    { kind: 'in-the-way', what: 'nowhere is a link', text: null },
  ]);
  const seen = found[1] ?? { kind: 'nothing' };
  expect(await placeFile(root, 'in/SKILL.md', { text: 'new\n', seen })).toBe(false);
  expect(readFileSync(join(root, 'SKILL.md'), 'utf8')).toBe('ours\n');
});

it('reads nothing that is no text file', async () => {
  using dir = tempDir();
  const root = dir.path;
  mkdirSync(join(root, 'dir.md'));
  execFileSync('mkfifo', [join(root, 'pipe.md')]);
  writeFileSync(join(root, 'huge.md'), '');
  truncateSync(join(root, 'huge.md'), 2 ** 30);

  for (const name of ['dir.md', 'pipe.md', 'huge.md'])
    expect(await placedFile(root, name)).toEqual({
      kind: 'in-the-way',
      what: `${name} is no text file`,
      text: null,
    });
  expect(await placedFile(root, 'huge.md/x')).toMatchObject({ what: 'huge.md is no directory' });
});
