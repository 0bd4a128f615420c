import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HAS_TERMINAL, inTerminal } from '../rig/terminal.ts';
import { ended, PLAN, type World } from '../rig/world.ts';
import { briefWorld, interrupt, scrub, untilCalled } from './support.ts';

const NAME = 'docs/plans/import.md';

/** A run whose reviewer waits until it is let go. */
async function heldRun(world: World, args: readonly string[] = [NAME]) {
  const go = join(world.root, 'go');
  const child = world.start(args, { env: { WORLD_HOLD_REVIEWER: go } });
  const end = ended(child);
  await untilCalled(world, 1, end);
  return { child, end, letGo: () => writeFileSync(go, ''), [Symbol.dispose]: () => void child.kill() };
}

/** A program that tells as it goes on: what it has said so far, and when it has said this. */
function telling(world: World, args: readonly string[]) {
  const child = world.start(args);
  const end = ended(child);
  let said = '';
  child.stdout?.setEncoding('utf8');
  const until = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => (said.includes(text) ? resolve() : undefined);
      child.stdout?.on('data', look);
      child.on('close', () => reject(new Error(`Never said: ${text}\n${said}`)));
      look();
    });
  child.stdout?.on('data', (chunk: string) => (said += chunk));
  return { child, end, said: () => said, until, [Symbol.dispose]: () => void child.kill() };
}

describe('status --watch', { timeout: 120_000 }, () => {
  it('over a pipe says what the run says, as it goes on, and ends with it', async () => {
    using world = briefWorld();
    using run = await heldRun(world);
    using watching = telling(world, ['status', '--watch']);
    await watching.until('Round 1 starting');
    const early = watching.said();

    run.letGo();

    const [told, made] = await Promise.all([watching.end, run.end]);
    expect(scrub(early, world)).toBe('─ Round 1 starting (<clock>) ──── codex review (~2-5 min)\n');
    expect({ ...told, stdout: scrub(told.stdout, world) }).toEqual({
      code: 0,
      signal: null,
      stdout: scrub(made.stderr, world),
      stderr: '',
    });
  });

  it('with --json gives what the run gives with --json', async () => {
    using world = briefWorld();
    using run = await heldRun(world, [NAME, '--json']);
    const watched = ended(world.start(['status', NAME, '--watch', '--json']));

    run.letGo();

    const { code, stdout } = await watched;
    const lines = (text: string): string[] => text.split('\n');
    expect(code).toBe(0);
    expect(lines(stdout)).toEqual(lines((await run.end).stdout));
  });

  it('tells a run that is over from its beginning', async () => {
    using world = briefWorld();
    const made = await world.cli([NAME]);

    const { code, stdout } = await world.cli(['status', '--watch']);

    expect({ code, stdout: scrub(stdout, world) }).toEqual({ code: 0, stdout: scrub(made.stderr, world) });
  });

  it('ends where the program that made the run was killed, and says how to go on', async () => {
    using world = briefWorld();
    using run = await heldRun(world);
    const watched = ended(world.start(['status', '--watch']));

    run.child.kill('SIGKILL');

    const { code, stdout } = await watched;
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\nInterrupted in round 1, while reviewing\.\nNext {5}refine-plan resume docs\/plans\/import\.md\n$/,
    );
    run.letGo();
  });

  it('goes on over an interruption that was resumed', async () => {
    using world = briefWorld();
    await interrupt(world, [NAME]);
    await world.cli(['resume']);

    const { code, stdout } = await world.cli(['status', '--watch', '--json']);

    const types = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(code).toBe(0);
    expect(types.filter((type) => type.startsWith('run.'))).toEqual([
      'run.started',
      'run.resumed',
      'run.finished',
    ]);
  });

  it('tells a review too, which takes no lock', async () => {
    using world = briefWorld();
    using run = await heldRun(world, ['review', NAME]);
    const status = await world.cli(['status']);
    const watched = ended(world.start(['status', '--watch']));

    run.letGo();

    expect(status.stdout).toMatch(/^Running: round 1, reviewing \(process \d+\)\.\n/);
    expect((await watched).stdout).toContain('1 finding');
  });

  it.runIf(HAS_TERMINAL)('on a terminal shows where the run stands, and leaves no trace', async () => {
    using world = briefWorld();
    using run = await heldRun(world, [NAME, '--max-calls', '30']);
    using terminal = inTerminal(world, ['status', '--watch']);
    await terminal.until('codex reviews');
    await terminal.until('round 1 of 20 · 29 calls left · ');

    run.letGo();

    const { code, before, after, isCursorVisible } = await terminal.ended();
    expect({ code, isAsBefore: after === before, isCursorVisible }).toEqual({
      code: 0,
      isAsBefore: true,
      isCursorVisible: true,
    });
  });

  it.runIf(HAS_TERMINAL)('ends by Ctrl-C, and the run goes on', async () => {
    using world = briefWorld();
    using run = await heldRun(world);
    using terminal = inTerminal(world, ['status', '--watch']);
    await terminal.until('codex reviews');

    terminal.type('\u0003');

    const { code, before, after, isCursorVisible } = await terminal.ended();
    run.letGo();
    expect({ code, isAsBefore: after === before, isCursorVisible, run: (await run.end).code }).toEqual({
      code: 130,
      isAsBefore: true,
      isCursorVisible: true,
      run: 0,
    });
  });
});

describe('list --watch', { timeout: 120_000 }, () => {
  it('over a pipe tells every run that goes on, and those that begin meanwhile', async () => {
    using world = briefWorld();
    using watching = telling(world, ['list', '--watch']);
    using first = await heldRun(world);
    await watching.until('Round 1 starting');
    world.write('docs/plans/export.md', PLAN);
    world.defects([]);
    const second = await world.cli(['docs/plans/export.md', '--no-commit'], {
      env: { WORLD_HOLD_REVIEWER: '' },
    });
    await watching.until(
      `${basename(world.runs().find((dir) => dir.includes('export-')) ?? '')}  completed_clean`,
    );

    first.letGo();
    await watching.until(
      `${basename(world.runs().find((dir) => dir.includes('import-')) ?? '')}  completed_clean`,
    );
    watching.child.kill('SIGINT');

    expect(second.code).toBe(0);
    expect((await watching.end).code).toBe(130);
  });

  it('ends when nobody reads it any more', async () => {
    using world = briefWorld();
    using watching = telling(world, ['list', '--watch']);
    watching.child.stdout?.destroy();

    await world.cli([NAME]);

    expect((await watching.end).code).toBe(0);
  });

  it.runIf(HAS_TERMINAL)('on a terminal shows them all in their place, until Ctrl-C', async () => {
    using world = briefWorld();
    await world.cli(['review', NAME]);
    using run = await heldRun(world);
    using terminal = inTerminal(world, ['list', '--watch']);
    await terminal.until('codex reviews');
    await terminal.until('completed_');

    run.letGo();
    await run.end;
    await terminal.until('completed_clean');
    terminal.type('\u0003');

    const { code, before, after, isCursorVisible } = await terminal.ended();
    expect({ code, isAsBefore: after === before, isCursorVisible }).toEqual({
      code: 130,
      isAsBefore: true,
      isCursorVisible: true,
    });
  });
});
