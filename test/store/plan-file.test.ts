import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryBeside } from '../../src/store/atomic-write.ts';
import { openPlanFile, sweepTemporaries } from '../../src/store/plan-file.ts';
import { readyWorld } from '../rig/world.ts';
import { tempDir } from './temp-dir.ts';

const OLD = '\ufeff# Plan\r\n\r\nnaïve\r\nno last line end';
const NEW = '\ufeff# Plan\r\n\r\nbetter\r\nno last line end';

describe('a plan file', () => {
  it('is read as it is: mark, line ends and all', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('plan.md'), OLD);
    const plan = openPlanFile(dir.at('plan.md'));

    expect(await plan.read()).toEqual({ text: OLD, sha256: plan.digest(OLD) });
  });

  it.each([
    ['is gone', () => undefined],
    ['is a pipe', (path: string) => void execFileSync('mkfifo', [path])],
    ['is a directory', (path: string) => mkdirSync(path)],
    ['is no UTF-8', (path: string) => writeFileSync(path, Buffer.from([0x23, 0xff, 0xfe]))],
  ])('that %s is none', async (_, prepare) => {
    using dir = tempDir();
    prepare(dir.at('plan.md'));

    expect(await openPlanFile(dir.at('plan.md')).read()).toBeNull();
  });

  it('is replaced over the expected bytes, and keeps its mode', async () => {
    using dir = tempDir();
    const path = dir.at('plan.md');
    writeFileSync(path, OLD);
    chmodSync(path, 0o664);
    const plan = openPlanFile(path);

    const outcome = await plan.write(NEW, plan.digest(OLD));

    expect(outcome).toEqual({ written: { text: NEW, sha256: plan.digest(NEW) } });
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o7777]).toEqual([NEW, 0o664]);
    expect(readdirSync(dir.path)).toEqual(['plan.md']);
  });

  it.runIf(process.getuid?.() === 0)('keeps its owner', async () => {
    using dir = tempDir();
    const path = dir.at('plan.md');
    writeFileSync(path, OLD);
    chownSync(path, 1234, 2345);
    const plan = openPlanFile(path);

    await plan.write(NEW, plan.digest(OLD));

    const { uid, gid } = statSync(path);
    expect([readFileSync(path, 'utf8'), uid, gid]).toEqual([NEW, 1234, 2345]);
  });

  it.each([`${'計'.repeat(80)}.md`, `${'x'.repeat(252)}.md`])(
    'may have a name as long as names can be: %s',
    async (name) => {
      using dir = tempDir();
      writeFileSync(dir.at(name), OLD);
      const plan = openPlanFile(dir.at(name));

      const outcome = await plan.write(NEW, plan.digest(OLD));

      expect(outcome).toHaveProperty('written');
      expect(readdirSync(dir.path)).toEqual([name]);
    },
  );

  it('counts as written when the new bytes are there already', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('plan.md'), NEW);
    const plan = openPlanFile(dir.at('plan.md'));
    const before = statSync(dir.at('plan.md')).ino;

    const outcome = await plan.write(NEW, plan.digest(OLD));

    expect(outcome).toHaveProperty('written');
    expect(statSync(dir.at('plan.md')).ino).toBe(before);
  });

  it('is left alone when somebody else has changed it, and says what it found', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('plan.md'), 'theirs');
    const plan = openPlanFile(dir.at('plan.md'));

    expect(await plan.write(NEW, plan.digest(OLD))).toEqual({ found: plan.digest('theirs') });
    expect(readFileSync(dir.at('plan.md'), 'utf8')).toBe('theirs');
  });

  it('is not made again when somebody has removed it', async () => {
    using dir = tempDir();
    const plan = openPlanFile(dir.at('plan.md'));

    expect(await plan.write(NEW, plan.digest(OLD))).toEqual({ found: null });
    expect(existsSync(dir.at('plan.md'))).toBe(false);
  });

  it('keeps what somebody else writes in the last moment', async () => {
    using dir = tempDir();
    const path = dir.at('plan.md');
    writeFileSync(path, OLD);
    const plan = openPlanFile(path);
    const large = 'x'.repeat(64 * 1024 * 1024); // takes a while to be written beside the plan

    const writing = plan.write(large, plan.digest(OLD));
    while (readdirSync(dir.path).length === 1) await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(path, 'theirs');

    expect(await writing).toEqual({ found: plan.digest('theirs') });
    expect([readFileSync(path, 'utf8'), readdirSync(dir.path)]).toEqual(['theirs', ['plan.md']]);
  });
});

it('sweeps away what a process left beside the plan when it died, and nothing else', async () => {
  using dir = tempDir();
  const others = [basename(temporaryBeside('other.md')), '.plan.md.swp', 'plan.md', 'plan.md.tmp'];
  const ours = [basename(temporaryBeside('plan.md')), basename(temporaryBeside('plan.md'))];
  for (const name of [...others, ...ours]) writeFileSync(dir.at(name), '');

  await sweepTemporaries(dir.at('plan.md'));

  expect(readdirSync(dir.path)).toEqual(others.toSorted());
});

it('edits and commits the file that a link leads to, and leaves the link a link', async () => {
  using world = readyWorld('notes/real.md');
  world.write('docs/plans/.keep', '');
  symlinkSync('../../notes/real.md', `${world.repo}/docs/plans/import.md`);
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'Link the plan');

  const { code } = await world.cli(['docs/plans/import.md']);

  expect(code).toBe(0);
  expect(lstatSync(`${world.repo}/docs/plans/import.md`).isSymbolicLink()).toBe(true);
  expect(world.read('notes/real.md')).toContain('retry three times');
  expect(world.git('show', '--format=', '--name-only', 'HEAD').trim()).toBe('notes/real.md');
  expect(world.runs('notes')).toHaveLength(1);
});
