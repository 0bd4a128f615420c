import type { FactOf } from '../core/fact.ts';
import { listRuns, loadRun, type KeptRun, type RunGlance } from '../store/runs.ts';
import type { PlanPlace } from './place.ts';
import { refuseMoved } from './refuse-moved.ts';
import { version } from './version.ts';

/** Endings that a person may take up again: what stopped the run was not the plan. */
const REOPENABLE: ReadonlySet<string> = new Set<FactOf<'run.finished'>['status']>([
  'aborted_codex_error',
  'aborted_malformed_output',
  'aborted_implementer_error',
  'aborted_commit_failed',
]);

export function isReopenable(status: string): boolean {
  return REOPENABLE.has(status);
}

/** Every run of this plan, newest first. */
export async function runsOf({
  plan,
  stateRoot,
}: Pick<PlanPlace, 'plan' | 'stateRoot'>): Promise<RunGlance[]> {
  return (await listRuns([stateRoot])).filter((run) => run.plan === plan.path);
}

/** The newest run of this plan that is not finished; with `reopen`, the newest one of all if it ended by an abort that can be taken up. */
export async function interruptedRunOf(
  place: Pick<PlanPlace, 'plan' | 'stateRoot' | 'resolution'>,
  { reopen = false } = {},
): Promise<KeptRun | undefined> {
  const found = await interruptedGlanceOf(place, { reopen });
  return found && loadRun(found.dir, { trusted: version() });
}

/**
 * The same at a glance: whether there is one costs nothing, and reading it back may. One that was recorded elsewhere names
 * commands that nobody here may have chosen, and is refused unless the repository is trusted.
 */
export async function interruptedGlanceOf(
  place: Pick<PlanPlace, 'plan' | 'stateRoot' | 'resolution'>,
  { reopen = false } = {},
): Promise<RunGlance | undefined> {
  const runs = (await runsOf(place)).filter(({ kind }) => kind === 'refine');
  const open = runs.find(({ status }) => status === 'in_progress');
  const aborted = reopen && runs[0] && isReopenable(runs[0].status) ? runs[0] : undefined;
  const found = open ?? aborted;
  if (found) refuseMoved({ ...found, from: found.movedFrom }, place.resolution);
  return found;
}
