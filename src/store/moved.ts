import { access } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { Fact, FactOf } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import { stateRoot } from './run-directory.ts';

type Plan = FactOf<'run.started'>['plan'];

/**
 * Where the plan of a run lies: where its first fact says, or, where there is nothing any more, at the same place of the
 * repository around the run. A repository may be moved, or copied to another machine, in the middle of a run.
 */
export async function planOf({ path, relative }: Plan, dir: string): Promise<string> {
  const beside = join(dirname(dirname(dir)), basename(path));
  const isSamePlace = beside.endsWith(`${sep}${relative}`) && stateRoot(beside, null) === dirname(dir);
  if (!isSamePlace || beside === path || (await isThere(path))) return path;
  return (await isThere(beside)) ? beside : path;
}

/** Where the first fact of a run has its plan, if that lies elsewhere by now. */
export function movedFrom({
  run,
  facts,
}: {
  readonly run: Run;
  readonly facts: readonly Fact[];
}): string | null {
  const [first] = facts;
  return run.isMoved && first?.type === 'run.started' ? first.plan.path : null;
}

/** A run as if it had begun where its plan lies now. */
export async function whereItIs(run: Run, dir: string): Promise<Run> {
  const { plan, repo } = run.started;
  const path = await planOf(plan, dir);
  if (path === plan.path) return run;
  const root = path.slice(0, -plan.relative.length - 1);
  const started = { ...run.started, plan: { ...plan, path }, repo: repo && { ...repo, root } };
  return { ...run, started, isMoved: true };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
