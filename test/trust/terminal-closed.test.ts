import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { briefWorld, until } from '../e2e/support.ts';
import { processesOf } from '../rig/processes.ts';
import { HAS_TERMINAL, inTerminal } from '../rig/terminal.ts';

const NAME = 'docs/plans/import.md';

/** A world whose plan has changes that are asked about before a run. */
function dirtyWorld() {
  const world = briefWorld();
  appendFileSync(join(world.repo, NAME), 'And one more line.\n');
  return world;
}

describe.runIf(HAS_TERMINAL)('a terminal that is closed', { timeout: 120_000 }, () => {
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
