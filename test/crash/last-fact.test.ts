import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestWriter } from '../../src/store/manifest.ts';
import { briefWorld } from '../e2e/support.ts';
import type { World } from '../rig/world.ts';
import { readJournal } from '../../src/store/journal.ts';

const PLAN = 'docs/plans/import.md';

describe('a run that was killed between its last fact and the manifest', () => {
  it.each([
    ['resume', ['resume', PLAN], 2],
    ['resume, without a plan', ['resume'], 2],
    ['another run', [PLAN], 0],
  ] as const)('has it mended by whoever comes next: %s', async (_, args, expected) => {
    using world = briefWorld();
    const { path, whole } = await behind(world);

    const { code } = await world.cli(args);

    expect(code).toBe(expected);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });

  it('is not in the way of another one, where its journal is damaged', async () => {
    using world = briefWorld();
    const { path, dir } = await behind(world);
    const lines = readFileSync(join(dir, 'events.jsonl'), 'utf8').split('\n');
    writeFileSync(join(dir, 'events.jsonl'), lines.with(2, 'not a fact').join('\n'));

    const { code } = await world.cli([PLAN]);

    expect(code).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('"in_progress"');
  });
});

it('leaves a manifest that was removed where it is', async () => {
  using world = briefWorld();
  const { path } = await behind(world);
  rmSync(path);

  await world.cli(['resume', PLAN]);

  expect(() => readFileSync(path)).toThrow('ENOENT');
});

/** A run that ended, its manifest as it was one fact before; `whole` is the manifest that it came to. */
async function behind(world: World): Promise<{ path: string; dir: string; whole: string }> {
  await world.cli([PLAN]);
  const [dir = ''] = world.runs();
  const path = join(dir, 'manifest.json');
  const whole = readFileSync(path, 'utf8');
  const [last, ...past] = (await readJournal(join(dir, 'events.jsonl'))).slice(0, -1).toReversed();
  if (last) await manifestWriter(dir, past.toReversed())(last);
  return { path, dir, whole };
}
