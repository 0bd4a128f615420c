import { describe, expect, it } from 'vitest';
import { crashingWorld, record, type CrashingWorld } from './crashing-world.ts';

describe('a fresh run over one that died', () => {
  it('takes back an edit that was written and not committed', async () => {
    using world = crashingWorld();
    await dieBefore('commit.created', world, { ahead: false });
    expect(world.read('docs/plans/import.md')).toContain('retry three times');

    await world.run('--on-resume', 'fresh', '--max-rounds', '1');

    expect(subjectsOf(world)).toEqual(['Add the plan', 'docs(plans): refine import against codex (round 1)']);
  });

  // It takes the edit back although it was committed, and then commits that as a draft: undo only what differs from HEAD.
  it.fails('leaves an edit that was committed, though no fact tells of it', async () => {
    using world = crashingWorld();
    await dieBefore('commit.created', world, { ahead: true });

    await world.run('--on-resume', 'fresh', '--max-rounds', '1');

    expect(subjectsOf(world)).not.toContain('docs(plans): draft import before refinement');
  });
});

/** A run that died before its first fact of a type was written; with `ahead`, after what that fact tells of was done. */
async function dieBefore(type: string, world: CrashingWorld, { ahead }: { ahead: boolean }): Promise<void> {
  await world.run();
  const { facts, rewind } = record(world);
  rewind(
    facts.findIndex((fact) => fact.type === type),
    { ahead },
  );
}

function subjectsOf(world: CrashingWorld): string[] {
  return world.git('log', '--reverse', '--format=%s').trim().split('\n');
}
