import { mayFind } from '../core/evolve-resume.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';

/**
 * Looks whether the plan and the repository are as the run left them. Says nothing when they are, and one thing at a time
 * when they are not: whoever settles it looks again (see ask.ts). A review depends on the plan's bytes alone.
 */
export async function* lookAround(
  run: Run,
  ports: Ports,
  when: FactOf<'plan.changed'>['when'],
): AsyncGenerator<Fact> {
  const round = run.rounds.length;
  const from = run.kind === 'review' ? null : run.expected.repo;
  if (ports.repo && from) {
    const { moved, to } = await ports.repo.movedSince(from);
    if (moved) {
      yield { type: 'repo.changed', round, what: moved, from, to, when };
      return;
    }
  }
  const found = (await ports.plan.read())?.sha256 ?? null;
  if (found === null || !mayFind(run).has(found))
    yield { type: 'plan.changed', round, expected: run.expected.sha256, found, when };
}
