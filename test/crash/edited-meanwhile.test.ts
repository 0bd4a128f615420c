import { expect, it } from 'vitest';
import { crashingWorld, dieBefore } from './crashing-world.ts';

const PLAN = 'docs/plans/import.md';
const NOTE = '\nP.S. Ask Ann.\n';

it('takes what somebody wrote after the run died before a commit, and goes on', async () => {
  using world = crashingWorld();
  await dieBefore('commit.created', world, { ahead: false });
  world.write(PLAN, world.read(PLAN) + NOTE);

  const { code, status } = await world.resume();

  expect([code, status]).toEqual([0, 'completed_clean']);
  expect(world.read(PLAN)).toContain(NOTE);
  expect(world.git('log', '--reverse', '--format=%s').trim().split('\n')).toEqual([
    'Add the plan',
    'docs(plans): draft import before refinement',
    'docs(plans): refine import against codex (round 2)',
  ]);
});
