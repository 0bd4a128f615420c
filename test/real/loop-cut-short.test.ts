import { describe, expect, it } from 'vitest';
import { playResponses } from '../loopback/responses.ts';
import type { Reply } from '../loopback/server.ts';
import { ended } from '../rig/world.ts';
import { codexWorks } from './played-work.ts';
import { ending, HARDENED, NAME, processesOf, realWorld } from './real-world.ts';

describe('a run that is cut short while the real codex is at work', () => {
  it('is finished by another one after it was killed', async () => {
    let main: ReturnType<ReturnType<typeof realWorld>['begin']> | undefined;
    const killing: Reply = () => void main?.kill('SIGKILL');
    await using codex = await playResponses([codexWorks, killing, codexWorks]);
    using world = realWorld({ codex });

    main = world.begin(NAME);
    const { signal } = await ended(main);
    const orphans = processesOf(world);
    const resumed = await world.refine('resume', NAME);

    console.log('orphans', orphans, 'after', processesOf(world));
    expect(signal).toBe('SIGKILL');
    expect(resumed.stderr).toContain('═══ Plan hardened across 3 rounds');
    expect({ code: resumed.code, ...ending(world) }).toEqual({ code: 0, ...HARDENED });
    for (const pid of orphans) if (processesOf(world).includes(pid)) process.kill(pid, 'SIGKILL');
    await expect.poll(() => processesOf(world)).toEqual([]);
  });

  it.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('takes codex with it at %s, and is finished by another one', async ([name, exit]) => {
    let main: ReturnType<ReturnType<typeof realWorld>['begin']> | undefined;
    const ending_: Reply = () => void main?.kill(name);
    await using codex = await playResponses([codexWorks, ending_, codexWorks]);
    using world = realWorld({ codex });

    main = world.begin(NAME);
    const { code, stderr } = await ended(main);

    expect(processesOf(world)).toEqual([]);
    expect({ code, stderr }).toEqual({ code: exit, stderr: expect.stringContaining(`refine-plan resume ${NAME}`) });
    const resumed = await world.refine('resume', NAME);
    expect({ code: resumed.code, ...ending(world) }).toEqual({ code: 0, ...HARDENED });
  });
});
