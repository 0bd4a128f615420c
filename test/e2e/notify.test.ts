import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HAS_TERMINAL, inTerminal } from '../rig/terminal.ts';
import type { World } from '../rig/world.ts';
import { briefWorld, scrub, until } from './support.ts';

const NAME = 'docs/plans/import.md';
const NAMES = ['EVENT', 'STATUS', 'REASON', 'PLAN', 'RUN', 'MESSAGE', 'EXIT_CODE'];

/** A command that notes what it is told, and the file with these notes. */
function noting(world: World, more = ''): { readonly command: string; readonly told: () => string } {
  const file = join(world.root, 'notes', 'told');
  const values = NAMES.map((name) => `"$REFINE_PLAN_${name}"`).join(' ');
  mkdirSync(join(world.root, 'notes'));
  const command = `printf '%s|' ${values} >> '${file}'; ${more}`;
  return { command, told: () => (existsSync(file) ? scrub(readFileSync(file, 'utf8'), world) : '') };
}

describe('a notify command', { timeout: 120_000 }, () => {
  it('is told by its environment how the run ended', async () => {
    using world = briefWorld();
    const { command, told } = noting(world);

    const { code, stdout } = await world.cli([NAME, '--notify-command', `${command} echo loud`]);

    expect({ code, stdout, told: told() }).toEqual({
      code: 0,
      stdout: '',
      told: 'finished|completed_clean||<root>/repo/docs/plans/import.md|import-<time>|The last review raised nothing actionable.|0|',
    });
  });

  it('that fails is said, and changes nothing', async () => {
    using world = briefWorld();

    const { code, stderr } = await world.cli([NAME], { env: { REFINE_PLAN_NOTIFY_COMMAND: 'exit 7' } });

    expect(code).toBe(0);
    expect(stderr).toMatch(/\n! The notify command failed \(exit code 7\): exit 7\n$/);
  });

  it('that hangs is ended after ten seconds', async () => {
    using world = briefWorld();

    const { code, stderr } = await world.cli([NAME, '--notify-command', 'sleep 600']);

    expect(code).toBe(0);
    expect(stderr).toMatch(/\n! The notify command was ended after 10 seconds: sleep 600\n$/);
  });

  it('of a repository is never run, unless that is trusted', async () => {
    using world = briefWorld();
    const { command, told } = noting(world);
    writeFileSync(join(world.repo, '.refine-plan.json'), JSON.stringify({ notifyCommand: command }));

    const { stderr } = await world.cli(['review', NAME]);
    const untrusted = told();
    await world.cli(['review', NAME, '--trust-project']);

    expect(untrusted).toBe('');
    expect(stderr).toContain('.refine-plan.json sets "notifyCommand"; ignored');
    expect(told()).toMatch(/^finished\|/);
  });

  it.runIf(HAS_TERMINAL)('and the bell call for a question that waits', async () => {
    using world = briefWorld();
    const { command, told } = noting(world);
    using terminal = inTerminal(world, [NAME, '--confirm'], { REFINE_PLAN_NOTIFY_COMMAND: command });
    await terminal.until('Which findings are to be acted on?');
    await until(join(world.root, 'notes'), () => told() !== '');

    terminal.type('\u0003');
    await terminal.ended();

    expect(terminal.shown()).toContain('\u0007');
    expect(told()).toMatch(/^question\|in_progress\|\|.*\|The findings are to be gone over\.\|\|$/);
  });
});
