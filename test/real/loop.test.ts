import { describe, expect, it } from 'vitest';
import { playMessages } from '../loopback/messages.ts';
import { outputs, playResponses, says } from '../loopback/responses.ts';
import { PLAN } from '../rig/world.ts';
import { APPROVAL, claudeWorks, codexWorks, TWICE_FIXED } from './played-work.ts';
import { commitsOf, ending, NAME, processesOf, realWorld } from './real-world.ts';

const HARDENED = {
  status: 'completed_clean',
  exit: 0,
  reason: null,
  rounds: 3,
  calls: 5,
  subjects: commitsOf(2),
  isCommitted: true,
  plan: TWICE_FIXED,
};
const SAID = '═══ Plan hardened across 3 rounds: the last review raised nothing actionable ═══';

describe('the built program with the real agents', () => {
  it('ends clean, and commits nothing, when the first review raises nothing', async () => {
    await using codex = await playResponses([outputs(says(JSON.stringify(APPROVAL)))]);
    using world = realWorld({ codex });

    const { code, stdout, stderr } = await world.refine(NAME);

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('═══ Plan hardened across 1 round: the last review raised nothing actionable ═══');
    expect(ending(world)).toEqual({ ...HARDENED, rounds: 1, calls: 1, subjects: [], plan: PLAN });
    expect(processesOf(world)).toEqual([]);
  });

  it.for([
    ['edits as data', 'patch', 'impl', 'addressed at :6 :7'],
    ['edits in place', 'in-place', 'impl', 'edited at :6'],
  ] as const)('hardens a plan in three rounds with codex, by %s', async ([, mode, , shown]) => {
    await using codex = await playResponses([codexWorks]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME, '--edit-mode', mode);

    expect(stderr).toContain(SAID);
    expect(stderr).toContain(shown);
    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED });
    expect(world.git('status', '--porcelain')).toBe('');
  });

  it.for([
    ['edits as data', 'patch', 'addressed at :6 :7'],
    ['edits in place', 'in-place', 'edited at :6'],
  ] as const)('hardens a plan in three rounds with codex and claude, by %s', async ([, mode, shown]) => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await playMessages([claudeWorks]);
    using world = realWorld({ codex, claude });

    const { code, stderr } = await world.refine(NAME, '--edit-mode', mode, '--implementer', 'claude');

    expect(stderr).toContain(SAID);
    expect(stderr).toContain(shown);
    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED });
    expect(world.git('status', '--porcelain')).toBe('');
    expect(codex.requests).toHaveLength(3);
  });
});
