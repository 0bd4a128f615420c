import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { briefWorld, FIXED, interrupt, untilCalled } from '../e2e/support.ts';
import { ended, type Ended, type World } from '../rig/world.ts';

const PLAN = 'docs/plans/import.md';
const STATE = 'docs/plans/.refine-plan-against-codex';
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const CLOCK = fileURLToPath(new URL('../rig/clock.mjs', import.meta.url));
const PATIENCE = { timeout: 300_000 };

describe('a clock', () => {
  it('that goes back at every look changes nothing but the times', PATIENCE, async () => {
    using world = briefWorld();
    const env = { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK: 'back' };
    await interrupt(world, [PLAN]);

    const { code, stderr } = await world.cli(['resume', PLAN], { env });

    const times = world.facts().map(({ ts }) => String(ts));
    expect(times.toSorted()).not.toEqual(times);
    expect([code, world.read(PLAN)]).toEqual([0, FIXED]);
    expect(stderr).not.toMatch(/-\d+[smh]/);
    expect(locksIn(world)).toEqual([]);
  });

  it(
    'that stands still gives each run a directory of its own, and tells which came last',
    PATIENCE,
    async () => {
      using world = briefWorld();
      const env = { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK: 'still' };

      for (const _ of [1, 2]) expect((await world.cli([PLAN], { env })).code).toBe(0);

      const { stdout } = await world.cli(['list', '--json'], { env });
      const ids = [...stdout.matchAll(/"(import-[^"/]+)"/g)].map(([, id]) => id);
      expect([...new Set(ids)]).toEqual(['import-20260601T000000Z-2', 'import-20260601T000000Z']);
    },
  );
});

describe('a state directory', () => {
  it(
    'that is removed while the run works ends it in a sentence, and is not made anew',
    PATIENCE,
    async () => {
      using world = briefWorld();
      const end = ended(world.start([PLAN], { env: { WORLD_HOLD_REVIEWER: join(world.root, 'go') } }));
      await untilCalled(world, 1, end);
      rmSync(join(world.repo, STATE), { recursive: true });
      writeFileSync(join(world.root, 'go'), '');

      const { code, stderr } = await end;

      expect(stderr).toMatch(
        /was removed while the run was working\. The plan and the commits it made stay; what it recorded is lost\.\nLook at the plan, then start anew with: refine-plan\n$/,
      );
      expect([code, existsSync(join(world.repo, STATE))]).toEqual([3, false]);
    },
  );

  it('that is a link is followed, and stays a link', PATIENCE, async () => {
    using world = briefWorld();
    mkdirSync(join(world.root, 'elsewhere'));
    symlinkSync(join(world.root, 'elsewhere'), join(world.repo, STATE));
    await interrupt(world, [PLAN]);

    const { code } = await world.cli(['resume', PLAN]);

    expect([code, world.read(PLAN)]).toEqual([0, FIXED]);
    expect(readdirSync(join(world.root, 'elsewhere'))).toContain(world.runs()[0]?.split('/').at(-1));
  });
});

// Only root may make a file system read-only, or be another host, and not in every container.
describe.runIf(mayUnshare())('with a namespace of its own', () => {
  it('a run is refused on a read-only file system, in a sentence, before any call', PATIENCE, async () => {
    using world = briefWorld();
    mkdirSync(join(world.repo, STATE));

    const { code, stderr } = await inNamespace(world, {
      prepare: `mount --bind -o ro '${world.repo}/${STATE}' '${world.repo}/${STATE}' && mount -o remount,bind,ro '${world.repo}/${STATE}'`,
      args: [PLAN],
    });

    expect(stderr).toMatch(
      / cannot be written: read-only file system\.\nMake the directory writable, or .*\n$/,
    );
    expect([code, world.calls(), readdirSync(join(world.repo, STATE))]).toEqual([3, [], []]);
  });

  it('a run that was copied to another machine goes on there once the lock is taken', PATIENCE, async () => {
    using world = briefWorld();
    const end = ended(world.start([PLAN], { env: { WORLD_HOLD_REVIEWER: join(world.root, 'go') } }));
    await untilCalled(world, 1, end);
    cpSync(world.repo, join(world.root, 'copy'), { recursive: true });
    writeFileSync(join(world.root, 'go'), '');
    await end;
    rmSync(world.repo, { recursive: true });
    renameSync(join(world.root, 'copy'), world.repo);
    const prepare = 'hostname elsewhere';

    const refused = await inNamespace(world, { prepare, args: ['resume', PLAN] });
    const resumed = await inNamespace(world, { prepare, args: ['resume', PLAN, '--take-lock'] });

    expect(refused.stderr).toMatch(/is being refined by run import-.*add --take-lock\n$/s);
    expect([refused.code, resumed.code, world.read(PLAN), locksIn(world)]).toEqual([3, 0, FIXED, []]);
  });
});

function locksIn(world: World): string[] {
  return readdirSync(join(world.repo, STATE)).filter((name) => name.includes('.lock'));
}

async function inNamespace(
  world: World,
  { prepare, args }: { readonly prepare: string; readonly args: readonly string[] },
): Promise<Ended> {
  const script = `${prepare} && exec '${process.execPath}' '${MAIN}' "$@"`;
  const child = spawn('unshare', ['--mount', '--uts', 'sh', '-c', script, 'sh', ...args], {
    cwd: world.repo,
    env: { ...world.env, PATH: `${world.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return ended(child);
}

function mayUnshare(): boolean {
  try {
    execFileSync('unshare', ['--mount', '--uts', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // no root, or a container that forbids it
  }
}
