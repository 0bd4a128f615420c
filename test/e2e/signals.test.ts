import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { processesOf } from '../rig/processes.ts';
import { ended } from '../rig/world.ts';
import { briefWorld, untilCalled, untilThere } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('a signal while the reviewer thinks', () => {
  it.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s ends the agent and keeps the run, which can be resumed', async ([signal, code]) => {
    using world = briefWorld();
    const go = join(world.root, 'go');
    const child = world.start([NAME], { env: { WORLD_HOLD_REVIEWER: go } });
    const end = ended(child);
    await untilCalled(world, 1, end);

    child.kill(signal);
    const { stdout, stderr, ...how } = await end;

    expect(how).toEqual({ code, signal: null });
    expect(stdout).toBe('');
    expect(world.calls().map(({ pid }) => isGone(pid))).toEqual([true]);
    const [dir = ''] = world.runs();
    expect(stderr).toMatch(/^─ Round 1 starting .*\n\nInterrupted\. /);
    expect(stderr).toContain(
      `\nInterrupted. What was recorded is kept in ${relative(world.repo, dir)}\nGo on with: refine-plan resume ${NAME}\n`,
    );
    expect(world.facts().at(-1)).toMatchObject({ type: 'call.started', call: 'review-1' });

    const resumed = await world.cli(['resume', NAME]);

    expect(resumed.code).toBe(0);
    expect(world.runs()).toEqual([dir]);
    expect(world.git('rev-list', '--count', 'HEAD')).toBe('2\n');
  });

  it('a second one ends everything at once, whatever the agent does', async () => {
    using world = briefWorld();
    const env = { WORLD_HOLD_REVIEWER: join(world.root, 'go'), WORLD_DEAF: '1' };
    const child = world.start([NAME], { env });
    const end = ended(child);
    await untilCalled(world, 1, end);

    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { code, stderr } = await end;

    expect([130, 143]).toContain(code); // two signals that are both pending may be told in either order
    expect(stderr).not.toContain('Interrupted');
    await vi.waitFor(() => expect(world.calls().map(({ pid }) => isGone(pid))).toEqual([true])); // killed, not waited for
    expect((await world.cli(['resume'])).code).toBe(0);
  });

  it('ends an agent that does not listen, too', async () => {
    using world = briefWorld();
    const env = { WORLD_HOLD_REVIEWER: join(world.root, 'go'), WORLD_DEAF: '1' };
    const child = world.start([NAME], { env });
    const end = ended(child);
    await untilCalled(world, 1, end);

    child.kill('SIGINT');
    const { code } = await end;

    expect(code).toBe(130);
    expect(world.calls().map(({ pid }) => isGone(pid))).toEqual([true]);
  });

  it('ends whoever the agent started in a session of their own, whether they listen or not', async () => {
    using world = briefWorld();
    const here = join(world.root, 'here');
    const wait = `trap '' HUP INT TERM; touch ${here}; while :; do sleep 1000; done`;
    writeFileSync(join(world.root, 'escaped.sh'), wait);
    const child = world.start([
      NAME,
      '--reviewer',
      `cmd:setsid -f sh '${world.root}/escaped.sh'; sleep 1000`,
    ]);
    const end = ended(child);
    await Promise.race([untilThere(here), end]);

    child.kill('SIGINT');
    const { code, stderr } = await end;

    expect({ code, left: processesOf(world) }).toEqual({ code: 130, left: [] });
    expect(stderr).toContain(`\nGo on with: refine-plan resume ${NAME}\n`);
  });

  it('begins a review anew', async () => {
    using world = briefWorld();
    const child = world.start(['review', NAME], { env: { WORLD_HOLD_REVIEWER: join(world.root, 'go') } });
    const end = ended(child);
    await untilCalled(world, 1, end);

    child.kill('SIGINT');
    const { code, stderr } = await end;

    expect(code).toBe(130);
    expect(stderr).toMatch(/\nStart again with: refine-plan review docs\/plans\/import\.md\n$/);
    expect((await world.cli(['resume'])).code).toBe(2);
  });

  it('says nothing on stdout under --json', async () => {
    using world = briefWorld();
    const child = world.start([NAME, '--json'], { env: { WORLD_HOLD_REVIEWER: join(world.root, 'go') } });
    const end = ended(child);
    await untilCalled(world, 1, end);

    child.kill('SIGTERM');
    const { code, stdout, stderr } = await end;

    expect({ code, stderr }).toEqual({ code: 143, stderr: '' });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['run.started', 'round.started', 'call.started']);
  });
});

it('a signal while a commit hook runs leaves no lock of git behind, and nothing is committed twice', async () => {
  using world = briefWorld();
  const [here, go] = [join(world.root, 'here'), join(world.root, 'go')];
  const hook = join(world.repo, '.git/hooks/pre-commit');
  writeFileSync(hook, `#!/bin/sh\ntouch ${here}\nwhile [ ! -e ${go} ]; do sleep 0.05; done\n`, {
    mode: 0o755,
  });
  const child = world.start([NAME]);
  const end = ended(child);
  await untilThere(here);

  child.kill('SIGTERM');
  const { code } = await end;
  writeFileSync(go, '');
  const resumed = await world.cli(['resume']);

  expect(code).toBe(143);
  expect(resumed.code).toBe(0);
  expect(world.git('rev-list', '--count', 'HEAD')).toBe('2\n');
  expect(world.git('status', '--porcelain')).toBe('');
});

/** Gone, or dead and only not yet waited for by whoever inherited it. */
function isGone(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
