import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
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
describe.runIf(mayUnshare())('where root may make a namespace', () => {
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

  it.each(['the same path', 'another path'])(
    'a run that was copied to %s of another machine goes on there once the lock is taken',
    PATIENCE,
    async (where) => {
      using world = briefWorld();
      const end = ended(world.start([PLAN], { env: { WORLD_HOLD_REVIEWER: join(world.root, 'go') } }));
      await untilCalled(world, 1, end);
      const copy = join(world.root, 'copy');
      cpSync(world.repo, copy, { recursive: true });
      writeFileSync(join(world.root, 'go'), '');
      await end;
      rmSync(world.repo, { recursive: true });
      const repo = where === 'another path' ? copy : world.repo;
      renameSync(copy, repo);
      const there = { prepare: 'hostname elsewhere', repo };
      const trust = where === 'another path' ? ['--trust-project'] : [];

      const refused = await inNamespace(world, { ...there, args: ['resume', PLAN, ...trust] });
      const args = ['resume', PLAN, ...trust, '--take-lock'];
      const resumed = await inNamespace(world, { ...there, args });

      expect(refused.stderr).toMatch(/is being refined by run import-.*add --take-lock\n$/s);
      expect([refused.code, resumed.code]).toEqual([3, 0]);
      expect(readFileSync(join(repo, PLAN), 'utf8')).toBe(FIXED);
      expect(readdirSync(join(repo, STATE)).filter((name) => name.includes('.lock'))).toEqual([]);
    },
  );
});

it(
  'a run that was moved is told of where it is, and goes on where the repository is trusted',
  PATIENCE,
  async () => {
    using world = briefWorld();
    await interrupt(world, [PLAN]);
    const cwd = join(world.root, 'moved');
    renameSync(world.repo, cwd);
    const [id = ''] = readdirSync(join(cwd, STATE)).filter((name) => name.startsWith('import-'));

    const refusals = await Promise.all(
      [['resume', PLAN], [PLAN], ['abandon', id]].map((args) => world.cli(args, { cwd })),
    );
    const status = await world.cli(['status', PLAN], { cwd });
    const before = world.calls().length;
    const resumed = await world.cli(['resume', PLAN, '--trust-project'], { cwd });
    const after = readFileSync(join(cwd, PLAN), 'utf8');
    refusals.push(await world.cli(['undo', id, '--yes'], { cwd }));

    for (const { code, stderr } of refusals) {
      expect(code).toBe(3);
      expect(stderr).toBe(
        `Run ${id} was recorded at ${world.repo}/${PLAN}, not here; what it names would be run, and what it kept be written.\nIf you moved or copied it yourself, add --trust-project; if not, move it out of the way: mv ${cwd}/${STATE}/${id} ~\n`,
      );
    }
    expect([status.code, status.stdout.includes(id)]).toEqual([0, true]);
    expect([before, resumed.code, after, readFileSync(join(cwd, PLAN), 'utf8')]).toEqual([
      1,
      0,
      FIXED,
      FIXED,
    ]);
  },
);

function locksIn(world: World): string[] {
  return readdirSync(join(world.repo, STATE)).filter((name) => name.includes('.lock'));
}

async function inNamespace(
  world: World,
  {
    prepare,
    args,
    repo = world.repo,
  }: { readonly prepare: string; readonly args: readonly string[]; readonly repo?: string },
): Promise<Ended> {
  const script = `${prepare} && exec '${process.execPath}' '${MAIN}' "$@"`;
  const child = spawn('unshare', ['--mount', '--uts', 'sh', '-c', script, 'sh', ...args], {
    cwd: repo,
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
