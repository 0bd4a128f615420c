import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crashingWorld, dieBefore, type CrashingWorld } from './crashing-world.ts';

describe('a fresh run over one that died', () => {
  it('takes back an edit that was written and not committed', async () => {
    using world = crashingWorld();
    await dieBefore('commit.created', world, { ahead: false });
    expect(world.read('docs/plans/import.md')).toContain('retry three times');

    await world.run('--on-resume', 'fresh', '--max-rounds', '1');

    expect(subjectsOf(world)).toEqual(['Add the plan', 'docs(plans): refine import against codex (round 1)']);
  });

  it('takes back an edit whose commit was refused', async () => {
    using world = crashingWorld();
    const hook = world.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 1\n');
    chmodSync(hook, 0o755);
    await world.run();
    forgetLastFact(world);
    rmSync(hook);

    await world.run('--on-resume', 'fresh', '--max-rounds', '1');

    expect(subjectsOf(world)).toEqual(['Add the plan', 'docs(plans): refine import against codex (round 1)']);
  });

  it('leaves an edit that was committed, though no fact tells of it', async () => {
    using world = crashingWorld();
    await dieBefore('commit.created', world, { ahead: true });

    await world.run('--on-resume', 'fresh', '--max-rounds', '1');

    expect(subjectsOf(world)).not.toContain('docs(plans): draft import before refinement');
    expect(world.read('docs/plans/import.md')).toContain('retry three times');
  });
});

/** As if the run had died before it could say how it ended. */
function forgetLastFact(world: CrashingWorld): void {
  const journal = join(world.runs().at(-1) ?? '', 'events.jsonl');
  writeFileSync(journal, readFileSync(journal, 'utf8').replace(/.*\n$/, ''));
}

function subjectsOf(world: CrashingWorld): string[] {
  return world.git('log', '--reverse', '--format=%s').trim().split('\n');
}
