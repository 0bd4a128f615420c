import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HAS_TERMINAL, inTerminal } from '../rig/terminal.ts';
import { briefWorld, interrupt, treeOf } from './support.ts';

const NAME = 'docs/plans/import.md';
const OLD = ['import-20200101T000000Z', 'import-20200102T000000Z', 'import-20200103T000000Z'];

const world = briefWorld();
const state = join(world.repo, 'docs/plans/.refine-plan-against-codex');
let recent = '';
let interrupted = '';

/** A run that ended on the day of its id: a copy of another one. */
function copyOf(run: string, id: string): string {
  const dir = join(state, id);
  cpSync(join(state, run), dir, { recursive: true });
  const [, year, month, day] = /-(\d{4})(\d\d)(\d\d)T/.exec(id) ?? [];
  const journal = readFileSync(join(dir, 'events.jsonl'), 'utf8');
  const then = journal
    .replaceAll(`"run":"${run}"`, `"run":"${id}"`)
    .replace(/"ts":"[^"]+"/g, `"ts":"${year}-${month}-${day}T00:00:00.000Z"`);
  writeFileSync(join(dir, 'events.jsonl'), then);
  return dir;
}

const left = (): string[] => world.runs().map((dir) => basename(dir));

beforeAll(async () => {
  await world.cli(['review', NAME]);
  recent = left()[0] ?? '';
  await interrupt(world, [NAME], 2);
  interrupted = left().find((id) => id !== recent) ?? '';
}, 120_000);

beforeEach(() => {
  for (const id of left())
    if (![recent, interrupted].includes(id)) rmSync(join(state, id), { recursive: true });
  for (const id of OLD) copyOf(recent, id);
});

afterAll(() => world[Symbol.dispose]());

describe('prune', () => {
  it('removes what ended more than a month ago, and says what and how much', async () => {
    const { code, stdout, stderr } = await world.cli(['prune', '--yes']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const id of OLD)
      expect(stdout).toMatch(new RegExp(`│ ${id} │ completed_cap +│ 2020-01-0\\d │ [\\d.]+ kB +│ ${NAME}`));
    expect(stdout).toMatch(/\nRemoved 3 run directories, [\d.]+ kB\.\n$/);
    expect(left()).toEqual([recent, interrupted].toSorted());
  });

  it('removes nothing unattended without being told to', async () => {
    const before = treeOf(world.repo);

    const plain = await world.cli(['prune']);
    const json = await world.cli(['prune', '--json']);

    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(
      /\nNothing was removed\. Remove 3 run directories, [\d.]+ kB, with: --yes\n$/,
    );
    expect(JSON.parse(json.stdout)).toMatchObject({
      removed: 0,
      runs: OLD.toReversed().map((run) => ({ run, status: 'completed_cap', removed: false })),
    });
    expect(treeOf(world.repo)).toEqual(before);
  });

  it('keeps the newest of each plan, and what is younger than was said', async () => {
    const keep = JSON.parse((await world.cli(['prune', '--keep', '4', '--yes', '--json'])).stdout);
    const both = JSON.parse(
      (await world.cli(['prune', '--older-than', '4w', '--keep', '3', '--json'])).stdout,
    );
    const none = await world.cli(['prune', '--older-than', '9000d']);

    expect(keep.runs).toMatchObject([{ run: OLD[0], removed: true }]);
    expect(both.runs).toMatchObject([{ run: OLD[1] }]);
    expect(none.stdout).toBe('There is no run here that is old enough to be removed.\n');
    expect(left()).toHaveLength(4);
  });

  it('never touches an interrupted run, unless it is told to', async () => {
    const old = copyOf(interrupted, 'import-20200104T000000Z');
    await world.cli(['prune', '--yes']);
    expect(existsSync(old)).toBe(true);

    await world.cli(['prune', '--all', '--yes']);
    expect(existsSync(old)).toBe(false);
    expect(left()).toEqual([recent, interrupted].toSorted());
  });

  it('never touches what is not ours, and follows no link', async () => {
    const outside = join(world.root, 'outside');
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, 'precious.txt'), 'mine\n');
    const [first = '', second = '', third = ''] = OLD.map((id) => join(state, id));
    symlinkSync(outside, join(first, 'round-02'));
    renameSync(second, join(outside, basename(second)));
    symlinkSync(join(outside, basename(second)), second);
    const renamed = join(dirname(third), 'import-20190103T000000Z');
    renameSync(third, renamed);
    world.git('add', '--force', join(state, recent));
    const other = join(state, 'notes');
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, 'notes.txt'), 'mine\n');

    const { stdout } = await world.cli(['prune', '--older-than', '0', '--yes', '--json']);
    world.git('rm', '-r', '-q', '--cached', join(state, recent));

    expect(JSON.parse(stdout).runs).toMatchObject([{ run: OLD[0], removed: true }]);
    expect(readFileSync(join(outside, 'precious.txt'), 'utf8')).toBe('mine\n');
    expect(
      [first, second, renamed, join(other, 'notes.txt'), join(outside, basename(second), 'events.jsonl')].map(
        (path) => existsSync(path),
      ),
    ).toEqual([false, true, true, true, true]);
    expect(left()).toContain(recent);
    rmSync(second);
  });

  it('says what it takes for an age and a number', async () => {
    expect(await world.cli(['prune', '--older-than', 'long'])).toMatchObject({
      code: 2,
      stderr: '--older-than: "long" is not allowed; it takes 30d, or 12h, 4w, 0.\nTry: --older-than 30d\n',
    });
    expect(await world.cli(['prune', '--keep', '-1'])).toMatchObject({ code: 2 });
  });

  it.runIf(HAS_TERMINAL)('asks on a terminal', async () => {
    using terminal = inTerminal(world, ['prune']);
    await terminal.until('Remove 3 run directories');
    terminal.type('\r');

    expect(await terminal.ended()).toMatchObject({ code: 0, isCursorVisible: true });
    expect(left()).toHaveLength(5);
  });
});
