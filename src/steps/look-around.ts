import { mayFind } from '../core/evolve-resume.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';

/**
 * Looks whether the plan and the repository are as the run left them. Says nothing when they are, and one thing at a time
 * when they are not: whoever settles it looks again (see ask.ts). A review depends on the plan's bytes alone.
 */
export async function* lookAround(run: Run, ports: Ports, when: When): AsyncGenerator<Fact> {
  const repoChanged = await lookAtRepo(run, ports, when);
  if (repoChanged) {
    yield repoChanged;
    return;
  }
  const seen = await planSeen(run, ports, when);
  if (seen.found === null || !mayFind(run).has(seen.found)) yield seen;
}

/** The first fact that is told, if there is any. */
export async function firstOf(facts: AsyncIterable<Fact>): Promise<Fact | undefined> {
  for await (const fact of facts) return fact;
  return undefined;
}

/** What of the repository is not as the run left it; undefined where nothing is. */
export async function lookAtRepo(
  run: Run,
  { repo }: Pick<Ports, 'repo'>,
  when: When,
): Promise<FactOf<'repo.changed'> | undefined> {
  const from = run.kind === 'review' ? null : run.expected.repo;
  if (!repo || !from) return undefined;
  const { moved, to } = await repo.movedSince(from);
  return moved ? { type: 'repo.changed', round: run.rounds.length, what: moved, from, to, when } : undefined;
}

/** The plan as it is on disk, told as a change of it. */
export async function planSeen(
  run: Run,
  { plan }: Pick<Ports, 'plan'>,
  when: When,
): Promise<FactOf<'plan.changed'>> {
  const now = await plan.look();
  const about = { round: run.rounds.length, expected: run.expected.sha256, found: now?.sha256 ?? null, when };
  return { type: 'plan.changed', ...about, ...(now?.unfit && { unfit: now.unfit }) };
}

type When = FactOf<'plan.changed'>['when'];
