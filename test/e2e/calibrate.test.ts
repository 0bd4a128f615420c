import { expect, it } from 'vitest';
import { readyWorld, type World } from '../rig/world.ts';

const NAME = 'docs/plans/import.md';

it('measures a reviewer once, and knows its recall in the next run', async () => {
  using world = readyWorld();

  const first = await world.cli([NAME, '--calibrate']);
  const second = await world.cli([NAME, '--calibrate']);

  const measured = /calibration: \d of \d planted defects? found, which is optimistic/;
  const known =
    /calibration: \d of \d planted defects? found, measured \d{4}-\d\d-\d\d with this reviewer and prompt/;
  expect(first.stderr).toMatch(measured);
  expect(second.stderr).toMatch(known);
  const asked = world.runs().map((run) => calibrationsIn(world, run));
  expect(asked).toEqual([1, 0]);
});

function calibrationsIn(world: World, run: string): number {
  return world.facts(run).filter(({ type, purpose }) => type === 'call.started' && purpose === 'calibrate')
    .length;
}
