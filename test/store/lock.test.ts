import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { temporaryBeside } from '../../src/store/atomic-write.ts';
import { lockHolder, takeLock } from '../../src/store/lock.ts';
import { digest } from '../../src/store/plan-file.ts';
import { bundle } from '../rig/bundle.ts';
import { readyWorld } from '../rig/world.ts';
import { errorOf, tempDir } from './temp-dir.ts';

const HOW = { now: new Date(0), force: false, shown: 'docs/plan.md' };

describe('a lock', () => {
  it('is refused to a second run, which is told the owner', async () => {
    using dir = tempDir();
    await using lock = await takeLock(dir.at('plan.md'), HOW);
    await lock.name('plan-20260101T000000Z');

    const { code, message, exitCode } = await errorOf(takeLock(dir.at('plan.md'), HOW));

    expect([code, exitCode]).toEqual(['locked', 3]);
    expect(message).toBe(
      `docs/plan.md is being refined by run plan-20260101T000000Z (process ${process.pid} on ${hostname()}, since 1970-01-01T00:00:00.000Z).`,
    );
  });

  it('is free again once it was let go', async () => {
    using dir = tempDir();
    {
      await using _ = await takeLock(dir.at('plan.md'), HOW);
    }

    await using _ = await takeLock(dir.at('plan.md'), HOW);

    expect(await lockHolder(dir.at('plan.md'))).toMatchObject({ pid: process.pid });
  });

  it('is one per plan, and leaves nothing behind', async () => {
    using dir = tempDir();

    const locks = [await takeLock(dir.at('a.md'), HOW), await takeLock(dir.at('b.md'), HOW)];
    expect(locksIn(dir.path)).toHaveLength(2);

    for (const lock of locks) await lock[Symbol.asyncDispose]();
    expect(locksIn(dir.path)).toEqual([]);
  });

  it('names what is in the way of making it', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('.refine-plan-against-codex'), 'a file');

    const error = await errorOf(takeLock(dir.at('plan.md'), HOW));

    expect(error).toMatchObject({ code: 'cannot_write', exitCode: 3 });
  });
});

describe('a lock that was left behind', () => {
  it('by a process that is gone is taken over', async () => {
    using dir = tempDir();
    leave(dir.at('plan.md'), { pid: deadPid() });

    await using _ = await takeLock(dir.at('plan.md'), HOW);

    expect(await lockHolder(dir.at('plan.md'))).toMatchObject({ pid: process.pid });
  });

  it('by a process whose id somebody else has now is taken over', async () => {
    using dir = tempDir();
    leave(dir.at('plan.md'), { pid: process.pid, started: '1' });

    await using _ = await takeLock(dir.at('plan.md'), HOW);

    expect(locksIn(dir.path)).toHaveLength(1);
  });

  it('by a zombie is taken over', async () => {
    using dir = tempDir();
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 20'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = Number(await lineOf(parent.stdout));
    const started = startOf(pid);
    await until(() => statOf(pid)[0] === 'Z');
    leave(dir.at('plan.md'), { pid, started });

    await using _ = await takeLock(dir.at('plan.md'), HOW);
    parent.kill();

    expect(locksIn(dir.path)).toHaveLength(1);
  });

  it.each([
    ['on another host', { host: 'elsewhere' }],
    ['in another boot, or in another container', { boot: 'another' }],
    ['by a process that lives', { pid: process.pid, started: startOf(process.pid) }],
  ])('%s is not taken over', async (_, who) => {
    using dir = tempDir();
    leave(dir.at('plan.md'), { pid: deadPid(), ...who });

    const { code, message } = await errorOf(takeLock(dir.at('plan.md'), HOW));

    expect([code, message]).toEqual(['locked', expect.stringContaining('run plan-old')]);
  });

  it('on another host is taken over by force', async () => {
    using dir = tempDir();
    leave(dir.at('plan.md'), { host: 'elsewhere' });

    await using _ = await takeLock(dir.at('plan.md'), { ...HOW, force: true });

    expect(await lockHolder(dir.at('plan.md'))).toMatchObject({ pid: process.pid });
  });

  it('by a power cut, empty, is taken over', async () => {
    using dir = tempDir();
    leave(dir.at('plan.md'), {});
    writeFileSync(lockOf(dir.at('plan.md')), '');

    await using _ = await takeLock(dir.at('plan.md'), HOW);

    expect(locksIn(dir.path)).toHaveLength(1);
  });

  it('is taken over only after it was heard which run had it', async () => {
    using dir = tempDir();
    leave(dir.at('plan.md'), { pid: deadPid() });
    const buried: string[] = [];
    const bury = async (run: string): Promise<void> => {
      buried.push(run, JSON.parse(readFileSync(lockOf(dir.at('plan.md')), 'utf8')).run);
    };

    await using _ = await takeLock(dir.at('plan.md'), { ...HOW, bury });

    expect(buried).toEqual(['plan-old', 'plan-old']);
  });

  it('takes along what others left that died while they took it, and nothing of another plan', async () => {
    using dir = tempDir();
    const held = await takeLock(dir.at('other.md'), HOW);
    const [lock, other] = [lockOf(dir.at('plan.md')), lockOf(dir.at('other.md'))];
    for (const left of [
      `${lock}.0123456789abcdef`,
      `${lock}.0123456789abcdef.over`,
      `${other}.0123456789abcdef`,
    ])
      writeFileSync(left, '');
    writeFileSync(temporaryBeside(lock), '');

    await using _ = await takeLock(dir.at('plan.md'), HOW);

    const names = [lock, other, `${other}.0123456789abcdef`].map((path) => basename(path));
    expect(locksIn(dir.path).toSorted()).toEqual(names.toSorted());
    await held[Symbol.asyncDispose]();
  });

  it('is let go by its former owner without harm, once somebody took it over by force', async () => {
    using dir = tempDir();
    const former = await takeLock(dir.at('plan.md'), HOW);
    await using _ = await takeLock(dir.at('plan.md'), { ...HOW, force: true });

    await former.name('plan-old');
    await former[Symbol.asyncDispose]();

    expect(await lockHolder(dir.at('plan.md'))).toMatchObject({ run: '(starting)' });
  });
});

describe('of many processes at once', () => {
  it('one takes the lock, whether it was free or left behind', async () => {
    using dir = tempDir();
    const built = await bundle('store/lock.ts', dir.at('rival'));
    const rivals = Array.from({ length: 4 }, () => startRival(built));

    const winners: number[] = [];
    for (let round = 0; round < 30; round += 1) {
      const plan = dir.at(`plan-${round}.md`);
      if (round % 2 === 1) leave(plan, { pid: deadPid() });
      const at = Date.now() + 15;
      const said = await Promise.all(rivals.map((rival) => rival.tell(`${plan} ${at}`)));
      winners.push(said.filter((word) => word === 'won').length);
      await Promise.all(rivals.map((rival) => rival.tell('release')));
    }
    for (const rival of rivals) rival.stop();

    expect(winners).toEqual(winners.map(() => 1));
  });
});

it('refuses a second run of a plan before any call, and lets another plan of the repository run', async () => {
  using world = readyWorld();
  world.write('docs/plans/other.md', '# Other\n');
  await using _ = await takeLock(join(world.repo, 'docs/plans/import.md'), HOW);

  const { code, stderr } = await world.cli(['docs/plans/import.md']);

  expect(stderr).toContain(`docs/plans/import.md is being refined by`);
  expect(stderr).toContain(`process ${process.pid} on ${hostname()}`);
  expect(code).toBe(3);
  expect(world.calls()).toEqual([]);

  expect(await world.cli(['docs/plans/other.md'])).toMatchObject({ code: 0 });
});

it('takes a lock over on demand', async () => {
  using world = readyWorld();
  leave(join(world.repo, 'docs/plans/import.md'), { host: 'elsewhere' });

  expect((await world.cli(['docs/plans/import.md'])).code).toBe(3);

  expect((await world.cli(['docs/plans/import.md', '--take-lock'])).code).toBe(0);
});

type Who = { host?: string; boot?: string; pid?: number; started?: string };

/** A lock as another process would have left it; as far as nothing else is said, one of this host and boot. */
function leave(plan: string, who: Who): void {
  mkdirSync(dirname(lockOf(plan)), { recursive: true });
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const holder = {
    host: hostname(),
    boot,
    pid: 1,
    started: '1',
    run: 'plan-old',
    since: 'then',
    token: 'old',
  };
  writeFileSync(lockOf(plan), JSON.stringify({ ...holder, ...who }));
}

function lockOf(plan: string): string {
  const name = `${digest(plan.slice(dirname(plan).length + 1)).slice(0, 16)}.lock`;
  return join(dirname(plan), '.refine-plan-against-codex', name);
}

function locksIn(dir: string): string[] {
  return readdirSync(join(dir, '.refine-plan-against-codex')).filter((name) => name !== '.gitignore');
}

function deadPid(): number {
  return spawnSync('true').pid;
}

function startOf(pid: number): string {
  return statOf(pid)[19] ?? '';
}

function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

async function lineOf(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  return '';
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** A process that takes locks when told to, at a given moment, and says whether it won. It runs what was built. */
function startRival(built: string) {
  const script = `
    const { takeLock } = await import(${JSON.stringify(built)});
    const { createInterface } = await import('node:readline');
    let lock;
    for await (const line of createInterface({ input: process.stdin })) {
      const [plan, at] = line.split(' ');
      if (plan === 'release') await lock?.[Symbol.asyncDispose]();
      else {
        while (Date.now() < Number(at));
        lock = await takeLock(plan, { now: new Date(), force: false, shown: plan }).catch(() => undefined);
      }
      console.log(lock ? 'won' : 'lost');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    tell: async (word: string): Promise<string> => {
      child.stdin.write(`${word}\n`);
      return String((await lines.next()).value);
    },
    stop: () => child.stdin.end(),
  };
}
