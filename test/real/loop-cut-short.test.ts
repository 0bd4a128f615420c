import type { ChildProcess } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { playResponses } from '../loopback/responses.ts';
import type { Reply } from '../loopback/server.ts';
import { ended } from '../rig/world.ts';
import { codexWorks } from './played-work.ts';
import { ending, HARDENED, NAME, NOTHING_LEFT, realWorld } from './real-world.ts';

/** A model that, asked for the first fix, never answers: it signals the program instead. */
function interrupting(program: { child?: ChildProcess }, signal: NodeJS.Signals): readonly Reply[] {
  return [codexWorks, () => void program.child?.kill(signal), codexWorks];
}

describe.concurrent('a run that is cut short while the real codex is at work', () => {
  it('is finished by another one after it was killed', async () => {
    const program: { child?: ChildProcess } = {};
    await using codex = await playResponses(interrupting(program, 'SIGKILL'));
    using world = realWorld({ codex });

    program.child = world.begin(NAME);
    const { signal } = await ended(program.child);
    const { code, stderr } = await world.refine('resume', NAME);

    expect(signal).toBe('SIGKILL');
    expect(stderr).toContain(
      '═══ Plan hardened across 3 rounds: the last review raised nothing actionable ═══',
    );
    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED });
    // Nobody was there to end the codex of the killed run, and its model never answers.
    for (const pid of world.leftovers().processes) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(world.leftovers().processes).toEqual([]));
  });

  it.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('takes codex with it at %s, and is finished by another one', async ([name, exit]) => {
    const program: { child?: ChildProcess } = {};
    await using codex = await playResponses(interrupting(program, name));
    using world = realWorld({ codex });

    program.child = world.begin(NAME);
    const { code, stderr } = await ended(program.child);

    expect(world.leftovers()).toEqual(NOTHING_LEFT);
    expect(code).toBe(exit);
    expect(stderr).toContain(`Go on with: refine-plan resume ${NAME}\n`);
    const resumed = await world.refine('resume', NAME);
    expect({ code: resumed.code, ...ending(world) }).toEqual({ code: 0, ...HARDENED });
  });
});
