import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLAN, type World } from '../rig/world.ts';
import { briefWorld, interrupt } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('a run that was interrupted, where nobody is known to git any more', () => {
  const UNKNOWN =
    /Git does not know the (?:author|committer) of a commit\.\nTell it with: git config user\.name "Your Name" && git config user\.email you@example\.com\n$/;

  it.for([['resume'], ['resume', NAME], [NAME]])('is not taken up: %s', async (args) => {
    using world = briefWorld();
    await interrupt(world, [NAME]);
    forget(world);
    const [before, calls] = [world.facts(), world.calls()];

    const { code, stderr } = await world.cli(args);

    expect(code).toBe(3);
    expect(stderr).toMatch(UNKNOWN);
    expect([world.facts(), world.calls()]).toEqual([before, calls]);
  });

  it('goes on with somebody from the environment', async () => {
    using world = briefWorld();
    await interrupt(world, [NAME]);
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
    await interrupt(world, [NAME, '--no-commit']);
    forget(world);

    expect((await world.cli(['resume'])).code).toBe(0);
  });
});

describe.concurrent('a run that was interrupted while two hunts ran side by side', () => {
  it('goes on with both, and with what it was told', async () => {
    using world = briefWorld();
    await interrupt(world, [NAME, '--strategy', 'frozen'], 2);

    const { code, stderr } = await world.cli(['resume']);

    expect(code).toBe(0);
    expect(stderr).toMatch(/^─ Round 1 resumed .* reviewing\n/m);
    expect(stderr).toContain('═══ Plan hardened across ');
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_verified' });
    const started = world.facts().filter(({ type }) => type === 'call.started');
    expect(started.map(({ call }) => call)).toEqual([
      'hunt-1',
      'hunt-2',
      'hunt-3',
      'arbitrate-1',
      'fix-1',
      'verify-1',
      'audit-1',
    ]);
  });

  it('goes on without an arbiter where it is told so', async () => {
    using world = briefWorld();
    await interrupt(world, [NAME, '--strategy', 'frozen'], 2);

    await world.cli(['resume', '--arbiter', 'off']);

    expect(world.calls().map(({ role }) => role)).not.toContain('arbiter');
    expect(world.facts().find(({ type }) => type === 'run.resumed')).toMatchObject({
      changed: ['arbiter'],
      settings: { arbiter: null, strategy: 'frozen' },
    });
  });
});

it('keeps the staged version of a plan that it takes as it is on disk', async () => {
  using world = briefWorld();
  await interrupt(world, [NAME]);
  world.write(NAME, `${PLAN}\nStaged.\n`);
  world.git('add', NAME);
  world.write(NAME, `${PLAN}\nStaged, then edited.\n`);

  const { code } = await world.cli(['resume', '--on-external-edit', 'take']);

  const [dir = ''] = world.runs();
  expect(code).toBe(0);
  expect(readFileSync(join(dir, 'round-01/plan.staged.md'), 'utf8')).toBe(`${PLAN}\nStaged.\n`);
  expect(world.git('show', 'HEAD~1:docs/plans/import.md')).toBe(`${PLAN}\nStaged, then edited.\n`);
});

function forget(world: World): void {
  world.git('config', '--unset', 'user.name');
  world.git('config', 'user.useConfigOnly', 'true');
}
