import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openJournal, readJournal } from '../../src/store/journal.ts';
import { openPlanFile } from '../../src/store/plan-file.ts';
import { openRunFiles } from '../../src/store/run-directory.ts';
import { PLAN, readyWorld } from '../rig/world.ts';
import { roundStarted, runStarted, writeJournal } from './facts.ts';
import { errorOf, tempDir } from './temp-dir.ts';

const RUN = 'plan-20260101T000000Z';
const PAGE = 4096;

// A disk can only be made small by root, in a container that may mount.
describe.runIf(mayMount())('a full disk, where root may mount one', () => {
  it('leaves nothing half recorded in the journal, which goes on once there is room', async () => {
    const dir = smallDisk();
    const path = join(dir, 'events.jsonl');
    await writeJournal(path, RUN, [runStarted('/plan.md')]);
    const filler = fill(dir);
    const journal = await openJournal(path, RUN, () => new Date(0));
    const large = roundStarted(1, 'x'.repeat(3 * PAGE));

    const error = await errorOf(journal.append(large));

    expect(error).toMatchObject({ code: 'disk_full', exitCode: 3 });
    expect(error.message).toContain(path);
    expect(readFileSync(path, 'utf8').endsWith('}\n')).toBe(true);
    expect((await readJournal(path)).map(({ type }) => type)).toEqual(['run.started']);

    filler.release();
    await journal.append(large);
    await journal.close();

    expect((await readJournal(path)).map(({ type }) => type)).toEqual(['run.started', 'round.started']);
  });

  it('leaves the plan as it was', async () => {
    const dir = smallDisk();
    const path = join(dir, 'plan.md');
    writeFileSync(path, PLAN);
    fill(dir);
    const plan = openPlanFile(path);

    const error = await errorOf(plan.write(PLAN.repeat(100), plan.digest(PLAN)));

    expect(error).toMatchObject({ code: 'disk_full', exitCode: 3 });
    expect([readFileSync(path, 'utf8'), readdirSync(dir)]).toEqual([PLAN, ['filler', 'plan.md']]);
  });

  it('leaves no half of a file in the run directory', async () => {
    const dir = smallDisk();
    const files = openRunFiles(dir);
    await files.write('a.txt', 'old');
    fill(dir);

    const error = await errorOf(files.write('a.txt', 'x'.repeat(3 * PAGE)));

    expect(error).toMatchObject({ code: 'disk_full', exitCode: 3 });
    expect([await files.read('a.txt'), readdirSync(dir)]).toEqual(['old', ['a.txt', 'filler']]);
  });

  it('stops a run with a sentence and exit code 3, and the run goes on once there is room', async () => {
    using world = readyWorld();
    const state = smallDisk('600k');
    const filler = fill(state, 14);

    const { code, stderr } = await world.cli(['docs/plans/import.md', '--state-root', state]);

    expect(stderr).toContain('There is no space left to write');
    expect(code).toBe(3);

    filler.release();
    const resumed = await world.cli(['resume', 'docs/plans/import.md', '--state-root', state]);

    expect(resumed.stderr).toContain('Plan hardened across 3 rounds');
    expect(resumed.code).toBe(0);
  });

  // Git fails at an object, at the index, or at the branch, and not always with a reason.
  it.each([0, 2, 3])('at the commit lets the run rest, and it goes on: %i pages left', async (pages) => {
    using world = readyWorld();
    const disk = smallDisk('600k');
    cpSync(join(world.repo, '.git'), join(disk, 'git'), { recursive: true });
    rmSync(join(world.repo, '.git'), { recursive: true });
    world.write('.git', `gitdir: ${join(disk, 'git')}\n`);
    const filler = fill(disk, pages);

    const { code, stderr } = await world.cli(['docs/plans/import.md']);
    filler.release();
    const resumed = await world.cli(['resume', 'docs/plans/import.md']);

    expect(stderr).toMatch(
      /The plan was not committed, because there is no space left for git; the run can go on from where it is\. Git says: [^\n]+\nFree some space on that disk, then run: refine-plan resume\n$/,
    );
    expect([code, resumed.code]).toEqual([3, 0]);
    expect(world.calls()).toHaveLength(5);
    expect(world.git('status', '--porcelain')).toBe('');
  });
});

it('lets a run rest whose git meets errors of the disk, and it goes on', async () => {
  using world = readyWorld();
  const well = join(world.root, 'well');
  const failing = `#!/bin/sh
case " $* " in *" commit "*) [ -e '${well}' ] || { echo 'fatal: x: Input/output error' >&2; exit 128; } ;; esac
PATH=\${PATH#*:} exec git "$@"
`;
  writeFileSync(join(world.root, 'bin/git'), failing, { mode: 0o755 });

  const { code, stderr } = await world.cli(['docs/plans/import.md']);
  writeFileSync(well, '');
  const resumed = await world.cli(['resume', 'docs/plans/import.md']);

  expect(stderr).toContain(
    'The plan was not committed, because the disk reports an error to git; the run can go on from where it is. Git says: fatal: x: Input/output error\nSee what is wrong with that disk (dmesg names it), then run: refine-plan resume\n',
  );
  expect([code, resumed.code, world.calls().length]).toEqual([3, 0, 5]);
});

/** A file system of a few pages. */
function smallDisk(size = '64k'): string {
  const dir = tempDir();
  const path = dir.at('disk');
  mkdirSync(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', path]);
    dir[Symbol.dispose]();
  });
  return path;
}

/** Takes all the room but a few pages. */
function fill(dir: string, pagesLeft = 2): { readonly release: () => void } {
  const free = Number(execFileSync('stat', ['-f', '-c', '%f', dir], { encoding: 'utf8' }));
  writeFileSync(join(dir, 'filler'), Buffer.alloc((free - pagesLeft) * PAGE));
  return { release: () => writeFileSync(join(dir, 'filler'), '') };
}

function mayMount(): boolean {
  using dir = tempDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir.path], { stdio: 'ignore' });
    execFileSync('umount', [dir.path]);
    return true;
  } catch {
    return false; // no root, or a container that forbids it
  }
}
