import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HAS_TERMINAL, inTerminal, type Terminal } from '../rig/terminal.ts';
import { PLAN, type World } from '../rig/world.ts';
import { briefWorld, FIXED, until } from './support.ts';

const NAME = 'docs/plans/import.md';
const EDITED = `${NAME} was edited by someone else`;
const SWITCHED = 'The repository changed: the branch is side, it was main.';
const [ENTER, DOWN] = ['\r', '\u001b[B'];
/** In the middle of a round the cursor stands on resting, above going on. */
const [REST, GO_ON] = [ENTER, DOWN + ENTER];

describe.runIf(HAS_TERMINAL).concurrent('who sits at a terminal is asked', { timeout: 240_000 }, () => {
  it('about an edit of the plan during a review, and takes it: it is committed, reviewed and kept', async () => {
    using world = briefWorld();
    using terminal = await reviewing(world, edit);
    await terminal.until(`${EDITED} during the round.`);

    terminal.type(GO_ON);

    expect(await codeOf(terminal)).toBe(0);
    expect(terminal.shown()).toContain(`! ${EDITED} during the round. You chose: take.`);
    expect(decisions(world)).toEqual(['external_edit: take by user']);
    expect(versions(world, 'main')).toEqual([`${FIXED}Ask Ann.\n`, `${PLAN}Ask Ann.\n`, PLAN]);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  it('about an edit of the plan during a review, and rests: it stays as it is until the run goes on', async () => {
    using world = briefWorld();
    using terminal = await reviewing(world, edit);
    await terminal.until(`${EDITED} during the round.`);

    terminal.type(REST);

    expect(await codeOf(terminal)).toBe(3);
    expect(terminal.shown()).toContain('The run rests; nothing is lost.');
    expect(decisions(world)).toEqual(['external_edit: abort by user']);
    expect([world.read(NAME), versions(world, 'main')]).toEqual([`${PLAN}Ask Ann.\n`, [PLAN]]);

    using resumed = inTerminal(world, ['resume']);
    await resumed.until(`${EDITED}.`);
    resumed.type(ENTER); // between rounds the cursor stands on taking it
    expect(await codeOf(resumed)).toBe(0);
    expect(world.read(NAME)).toBe(`${FIXED}Ask Ann.\n`);
  });

  it('about a branch that was switched during a review, and goes on there', async () => {
    using world = briefWorld();
    using terminal = await reviewing(world, switchBranch);
    await terminal.until(SWITCHED);

    terminal.type(GO_ON);

    expect(await codeOf(terminal)).toBe(0);
    expect(terminal.shown()).toContain(`! ${SWITCHED} You chose: continue.`);
    expect(decisions(world)).toEqual(['repo_change: continue by user']);
    expect(versions(world, 'side')).toEqual([FIXED, PLAN]);
    expect(versions(world, 'main')).toEqual([PLAN]);
  });

  it('about a branch that was switched during a review, and rests: nothing is committed until it is back', async () => {
    using world = briefWorld();
    using terminal = await reviewing(world, switchBranch);
    await terminal.until(SWITCHED);

    terminal.type(REST);

    expect(await codeOf(terminal)).toBe(3);
    expect(terminal.shown()).toContain('The run rests; nothing is lost.');
    expect(decisions(world)).toEqual(['repo_change: abort by user']);
    expect([world.read(NAME), versions(world, 'side')]).toEqual([PLAN, [PLAN]]);

    world.git('switch', '-q', 'main');
    using resumed = inTerminal(world, ['resume']);
    expect(await codeOf(resumed)).toBe(0);
    expect([versions(world, 'main'), versions(world, 'side')]).toEqual([[FIXED, PLAN], [PLAN]]);
  });

  it('about both, one after the other', async () => {
    using world = briefWorld();
    using terminal = await reviewing(world, (it) => {
      edit(it);
      switchBranch(it);
    });

    await terminal.until(SWITCHED);
    terminal.type(GO_ON);
    await terminal.until(EDITED);
    terminal.type(GO_ON);

    expect(await codeOf(terminal)).toBe(0);
    expect(decisions(world)).toEqual(['repo_change: continue by user', 'external_edit: take by user']);
    expect(versions(world, 'side')).toEqual([`${FIXED}Ask Ann.\n`, `${PLAN}Ask Ann.\n`, PLAN]);
    expect(versions(world, 'main')).toEqual([PLAN]);
  });
});

function edit({ repo }: World): void {
  appendFileSync(join(repo, NAME), 'Ask Ann.\n');
}

function switchBranch({ git }: World): void {
  git('switch', '-q', '-c', 'side');
}

/** A run at a terminal, during whose review something was done. */
async function reviewing(world: World, meanwhile: (world: World) => void): Promise<Terminal> {
  const go = join(world.root, 'go');
  const terminal = inTerminal(world, [NAME], { WORLD_HOLD_REVIEWER: go });
  await until(world.root, () => world.calls().length === 1);
  meanwhile(world);
  writeFileSync(go, '');
  return terminal;
}

async function codeOf(terminal: Terminal): Promise<number> {
  return (await terminal.ended()).code;
}

function decisions(world: World): string[] {
  return world
    .facts()
    .filter(({ type }) => type === 'decision')
    .map(({ question, answer, by }) => `${String(question)}: ${String(answer)} by ${String(by)}`);
}

/** The plan as each commit of a branch has it, newest first. */
function versions({ git }: World, branch: string): string[] {
  const commits = git('log', '--format=%H', branch, '--', NAME).trim().split('\n');
  return commits.map((sha) => git('show', `${sha}:${NAME}`));
}
