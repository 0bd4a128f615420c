import { expect, it } from 'vitest';
import { live, openWorld, type Answer } from './world.ts';

const WAY_OUT = 'Put that file back, or move the run out of the way and start anew: mv /repo/state/. ~';

/** An agent in whose time somebody tidies up. */
function losing(name: string): Answer {
  return (_, disk) => {
    disk.files.delete(name);
    return '{"verdict": "approve", "summary": "", "findings": [], "next_steps": []}';
  };
}

it('says what is gone from the run directory: that is no bug', async () => {
  const world = openWorld({ answers: { '1/review-1': losing('round-01/plan.md') } });

  await expect(live(world)).rejects.toMatchObject({
    code: 'run_damaged',
    exitCode: 3,
    message: 'The run directory /repo/state/. is damaged: round-01/plan.md is gone.',
    hint: WAY_OUT,
  });
});

it.each(['{"failure": null', '{}'])('says what is no longer what was written there: %s', async (text) => {
  const world = openWorld();
  world.disk.files.set('round-01/call-review-1.json', text);

  await expect(live(world)).rejects.toMatchObject({
    code: 'run_damaged',
    exitCode: 3,
    message:
      'The run directory /repo/state/. is damaged: round-01/call-review-1.json is not what was written.',
  });
});
