import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HAS_TERMINAL, inTerminal, type Terminal } from '../rig/terminal.ts';
import { processesOf } from '../rig/processes.ts';
import type { World } from '../rig/world.ts';
import { briefWorld, until, untilThere } from './support.ts';

const NAME = 'docs/plans/import.md';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** How the program ended, and whether it left the terminal as it had found it. */
async function left(terminal: Terminal) {
  const { code, before, after, isCursorVisible } = await terminal.ended();
  return { code, isAsBefore: after === before, isCursorVisible };
}

/** A world whose plan has changes that are asked about before a run. */
function dirtyWorld() {
  const world = briefWorld();
  appendFileSync(join(world.repo, NAME), 'And one more line.\n');
  return world;
}

/** A git that never makes a commit and ignores that it is told to end, as long as its world stands; files tell of both. */
function deafGit({ root }: World) {
  const [called, told] = [join(root, 'called'), join(root, 'told')];
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  writeFileSync(
    join(root, 'bin/git'),
    `#!/bin/sh
case " $* " in *' commit '*) ;; *) exec '${real}' "$@" ;; esac
trap ': >${told}' TERM
: >'${called}'
while [ -d '${root}' ]; do sleep 0.05; done
`,
    { mode: 0o755 },
  );
  return { called, told };
}

describe.runIf(HAS_TERMINAL).concurrent('a terminal is left as it was found', { timeout: 60_000 }, () => {
  it('after a run', async () => {
    using world = briefWorld();
    using terminal = inTerminal(world, [NAME]);

    expect(await left(terminal)).toEqual({ code: 0, isAsBefore: true, isCursorVisible: true });
  });

  it('by Ctrl-C under the spinner', async () => {
    using world = briefWorld();
    using terminal = inTerminal(world, [NAME], { WORLD_HOLD_REVIEWER: join(world.root, 'go') });
    await terminal.until('codex reviews');

    terminal.type(CTRL_C);

    expect(await left(terminal)).toEqual({ code: 130, isAsBefore: true, isCursorVisible: true });
    expect(terminal.shown()).toContain(`Go on with: refine-plan resume ${NAME}`);
  });

  it('by Ctrl-C twice, where git does not listen: the second waits for nobody', async () => {
    using world = briefWorld();
    const { called, told } = deafGit(world);
    using terminal = inTerminal(world, [NAME]);
    await untilThere(called);

    terminal.type(CTRL_C);
    await untilThere(told);
    terminal.type(CTRL_C);

    expect(await left(terminal)).toEqual({ code: 130, isAsBefore: true, isCursorVisible: true });
    expect(processesOf(world)).not.toEqual([]); // one Ctrl-C alone waits for git, however long that takes
    expect(terminal.shown()).not.toContain('Interrupted');
  });

  it.for([
    ['Ctrl-C', CTRL_C, 130],
    ['the end of input', CTRL_D, 130],
  ] as const)('by %s at a question before the run', async ([, keys, code]) => {
    using world = dirtyWorld();
    using terminal = inTerminal(world, [NAME]);
    await terminal.until('to move');

    terminal.type(keys);

    expect(await left(terminal)).toEqual({ code, isAsBefore: true, isCursorVisible: true });
  });

  it.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s at a question before the run', async ([signal, code]) => {
    using world = dirtyWorld();
    using terminal = inTerminal(world, [NAME]);
    await terminal.until('to move');

    process.kill(terminal.pid(), signal);

    expect(await left(terminal)).toEqual({ code, isAsBefore: true, isCursorVisible: true });
  });

  it.for([
    ['Ctrl-C', CTRL_C],
    ['the end of input', CTRL_D],
  ] as const)('by %s at a question of the run, which is kept', async ([, keys]) => {
    using world = briefWorld();
    using terminal = inTerminal(world, [NAME, '--confirm']);
    await terminal.until('Which findings are to be acted on?');

    terminal.type(keys);

    expect(await left(terminal)).toEqual({ code: 130, isAsBefore: true, isCursorVisible: true });
    expect(terminal.shown()).toContain(`Go on with: refine-plan resume ${NAME}`);
    expect((await world.cli(['resume'])).code).toBe(0);
  });

  it('by SIGTERM at a question of the run', async () => {
    using world = briefWorld();
    using terminal = inTerminal(world, [NAME, '--confirm']);
    await terminal.until('Which findings are to be acted on?');

    process.kill(terminal.pid(), 'SIGTERM');

    expect(await left(terminal)).toEqual({ code: 143, isAsBefore: true, isCursorVisible: true });
    expect(terminal.shown()).toContain(`Go on with: refine-plan resume ${NAME}`);
  });
});

describe.runIf(HAS_TERMINAL).concurrent('a terminal that is closed', { timeout: 60_000 }, () => {
  it('under the spinner ends the agent and keeps the run', async () => {
    using world = briefWorld();
    using terminal = inTerminal(world, [NAME], { WORLD_HOLD_REVIEWER: join(world.root, 'go') });
    await until(world.root, () => world.calls().length === 1);

    terminal.close();

    expect(await terminal.ended()).toMatchObject({ code: 129 });
    expect(processesOf(world)).toEqual([]);
    expect((await world.cli(['resume'])).code).toBe(0);
  });

  it('at a question before the run leaves nothing', async () => {
    using world = dirtyWorld();
    using terminal = inTerminal(world, [NAME]);
    await terminal.until('to move');

    terminal.close();

    expect(await terminal.ended()).toMatchObject({ code: 129 });
    expect(processesOf(world)).toEqual([]);
    expect(world.runs()).toEqual([]);
  });

  it('at a question of the run keeps it', async () => {
    using world = briefWorld();
    using terminal = inTerminal(world, [NAME, '--confirm']);
    await terminal.until('Which findings are to be acted on?');

    terminal.close();

    expect(await terminal.ended()).toMatchObject({ code: 129 });
    expect((await world.cli(['resume'])).code).toBe(0);
  });
});
