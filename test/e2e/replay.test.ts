import { basename, join } from 'node:path';
import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readyWorld } from '../rig/world.ts';
import { briefWorld, scrub, treeOf } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('a replay', () => {
  it('decides as the run did, calls nobody and changes nothing', async ({ expect }) => {
    using world = readyWorld();
    await world.cli([NAME]);
    const [before, calls, id] = [treeOf(world.repo), world.calls().length, basename(world.runs()[0] ?? '')];

    const { code, stdout, stderr } = await world.cli(['replay', id], { env: { PATH: '/usr/bin:/bin' } });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(scrub(stdout, world)).toMatchInlineSnapshot(`
      "Run import-<time>, decided again under its own settings.
      ┌───────┬────────────────────────────────────────────────┬─────────────────┬─────────┐
      │ Round │ Recorded                                       │ Replayed        │ Differs │
      ├───────┼────────────────────────────────────────────────┼─────────────────┼─────────┤
      │ 1     │ 2 actionable, 1 filtered; to fix F1 F2; edited │ the same        │         │
      │ 2     │ 1 actionable, 1 filtered; to fix F4; edited    │ the same        │         │
      │ 3     │ 1 filtered; reviewed                           │ the same        │         │
      ├───────┼────────────────────────────────────────────────┼─────────────────┼─────────┤
      │ End   │ completed_clean                                │ completed_clean │         │
      └───────┴────────────────────────────────────────────────┴─────────────────┴─────────┘
      Nothing differs.
      "
    `);
    expect([treeOf(world.repo), world.calls().length]).toEqual([before, calls]);
  });

  it('under other settings says what differs, and where the recording ends', async ({ expect }) => {
    using world = readyWorld();
    await world.cli([NAME]);
    const id = basename(world.runs()[0] ?? '');

    const { code, stdout } = await world.cli(['replay', id, '--confidence-floor', '0.7']);

    expect(code).toBe(0);
    expect(scrub(stdout, world)).toMatchInlineSnapshot(`
      "Run import-<time>, decided again with confidence-floor 0.7 (was 0.3).
      ┌───────┬────────────────────────────────────────────────┬─────────────────────────────────────┬─────────────────┐
      │ Round │ Recorded                                       │ Replayed                            │ Differs         │
      ├───────┼────────────────────────────────────────────────┼─────────────────────────────────────┼─────────────────┤
      │ 1     │ 2 actionable, 1 filtered; to fix F1 F2; edited │ 1 actionable, 2 filtered; to fix F1 │ gates, accepted │
      │ 2     │ 1 actionable, 1 filtered; to fix F4; edited    │ not known                           │                 │
      │ 3     │ 1 filtered; reviewed                           │ not known                           │                 │
      ├───────┼────────────────────────────────────────────────┼─────────────────────────────────────┼─────────────────┤
      │ End   │ completed_clean                                │ not known                           │                 │
      └───────┴────────────────────────────────────────────────┴─────────────────────────────────────┴─────────────────┘
      The recording ends in round 1: no answer for a fix of F1 in these bytes.
      What differs is named in the last column, as far as the recording carries.
      "
    `);
  });

  it('of an in-place run has the edited texts too', async () => {
    using world = readyWorld();
    await world.cli([NAME, '--edit-mode', 'in-place']);

    const { stdout } = await world.cli(['replay', basename(world.runs()[0] ?? '')]);

    expect(stdout).toMatch(/\nNothing differs\.\n$/);
  });

  it('is told to scripts as one object', async () => {
    using world = readyWorld();
    await world.cli([NAME]);
    const id = basename(world.runs()[0] ?? '');

    const { code, stdout } = await world.cli([
      'replay',
      NAME,
      '--max-rounds',
      '2',
      '--on-stuck',
      'expand',
      '--json',
    ]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      run: id,
      settings: [
        { name: 'max-rounds', recorded: 20, replayed: 2 },
        { name: 'on-stuck', recorded: null, replayed: 'expand' },
      ],
      differs: false,
      rounds: [
        { round: 1, differs: [], open: false, recorded: { gates: { actionable: 2, filtered: 1 } } },
        { round: 2, differs: [], open: true, replayed: { accepted: ['F4'], how: 'edited' } },
        { round: 3, differs: [], open: true, replayed: null },
      ],
      ending: { recorded: { status: 'completed_clean', reason: null }, replayed: null },
      recording_ends: { round: 2, purpose: 'last-look', problem: 'no answer for a look at the fix of F4' },
    });
  });

  it('is refused where there is no such run, where it lost its beginning, and for what nobody was asked', async () => {
    using world = briefWorld();
    await world.cli([NAME]);
    const [dir = ''] = world.runs();
    const said = async (...args: string[]): Promise<unknown> => {
      const { code, stdout, stderr } = await world.cli(['replay', ...args]);
      expect(stdout).toBe('');
      return [code, scrub(stderr, world)];
    };

    expect(await said('import-20260101T000000Z')).toEqual([
      2,
      'There is no run of import-<time>.\nSee every run of this repository with: refine-plan list\n',
    ]);
    expect(await said(basename(dir), '--arbiter', 'claude')).toEqual([
      2,
      '--arbiter: "claude" is not allowed; a replay asks nobody, so it takes off.\nTry: --arbiter off\n',
    ]);
    expect(await said(basename(dir), '--on-drift', 'pray')).toEqual([
      2,
      '--on-drift: "pray" is not allowed; it takes revert, abort, accept.\nSee every setting with: refine-plan config show\n',
    ]);
    rmSync(join(dir, 'plan.initial.md'));
    rmSync(join(dir, 'round-01', 'plan.md'));
    expect(await said(basename(dir))).toEqual([
      3,
      'Run import-<time> has lost plan.initial.md, and cannot be replayed without it.\nSee every run of this repository with: refine-plan list\n',
    ]);
    writeFileSync(join(dir, 'events.jsonl'), 'damage\n', { flag: 'a' });
    expect(await said(basename(dir))).toMatchObject([
      3,
      expect.stringMatching(/^The journal \S+ is damaged at line/),
    ]);
  });
});
