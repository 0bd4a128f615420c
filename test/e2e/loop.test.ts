import { expect, it } from 'vitest';
import { readyWorld } from '../rig/world.ts';

it('hardens a plan in three rounds, one commit each, and says why it stops', async () => {
  using world = readyWorld();

  const { code, stderr, stdout } = await world.cli(['docs/plans/import.md']);

  expect(stderr).toContain('Plan hardened across 3 rounds: the last review raised nothing actionable');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(world.git('log', '--format=%s', '--reverse').trim().split('\n')).toEqual([
    'Add the plan',
    'docs(plans): refine import against codex (round 1)',
    'docs(plans): refine import against codex (round 2)',
  ]);
  expect(world.git('status', '--porcelain')).toBe('');
  // What may be long stands last in the lines of edits, where a reader can leave it.
  const lastOf = (of: string, keys: number): string[][] =>
    world.facts().flatMap((fact) => (fact.type === of ? [Object.keys(fact).slice(-keys)] : []));
  expect(lastOf('edits.read', 1)).toEqual([['edits'], ['edits']]);
  expect(lastOf('edits.applied', 3)).toEqual([
    ['moves', 'edits', 'changes'],
    ['moves', 'edits', 'changes'],
  ]);
});
