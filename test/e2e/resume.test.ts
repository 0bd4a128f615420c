import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, type World } from '../rig/world.ts';
import { briefWorld, untilCalled } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('a run that was interrupted, where nobody is known to git any more', () => {
  const UNKNOWN =
    /Git does not know the (?:author|committer) of a commit\.\nTell it with: git config user\.name "Your Name" && git config user\.email you@example\.com\n$/;

  it.for([['resume'], ['resume', NAME], [NAME]])('is not taken up: %s', async (args) => {
    using world = briefWorld();
    await interrupt(world, []);
    forget(world);
    const [before, calls] = [world.facts(), world.calls()];

    const { code, stderr } = await world.cli(args);

    expect(code).toBe(3);
    expect(stderr).toMatch(UNKNOWN);
    expect([world.facts(), world.calls()]).toEqual([before, calls]);
  });

  it('goes on with somebody from the environment', async () => {
    using world = briefWorld();
    await interrupt(world, []);
    forget(world);
    const env = Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((role) => [
        [`GIT_${role}_NAME`, 'Ada'],
        [`GIT_${role}_EMAIL`, 'ada@example.invalid'],
      ]),
    );

    const { code } = await world.cli(['resume'], { env });

    expect(code).toBe(0);
    expect(world.git('log', '-1', '--format=%an')).toBe('Ada\n');
  });

  it('goes on where it makes no commits', async () => {
    using world = briefWorld();
    await interrupt(world, ['--no-commit']);
    forget(world);

    expect((await world.cli(['resume'])).code).toBe(0);
  });
});

/** Ends a run while its first review is under way. */
async function interrupt(world: World, flags: readonly string[]): Promise<void> {
  const child = world.start([NAME, ...flags], { env: { WORLD_HOLD_REVIEWER: join(world.root, 'go') } });
  const end = ended(child);
  await untilCalled(world, 1, end);
  child.kill('SIGTERM');
  await end;
}

function forget(world: World): void {
  world.git('config', '--unset', 'user.name');
  world.git('config', 'user.useConfigOnly', 'true');
}
