import type { FactOf } from '../core/fact.ts';
import { checkIdentity, preflight } from '../git/preflight.ts';
import type { Lock } from '../store/lock.ts';
import { openPlanFile } from '../store/plan-file.ts';
import type { KeptRun } from '../store/runs.ts';
import { sweepRun } from '../store/sweep.ts';
import { lookForAgents } from './agents.ts';
import type { CommonFlags } from './flags.ts';
import { overridden } from './overridden.ts';
import type { PlanPlace } from './place.ts';
import { sayOtherPrompts } from './say-ignored.ts';
import { replacedPrompts } from './templates.ts';
import { version } from './version.ts';
import { runSession } from './session.ts';
import { repoOf } from './wire.ts';
import type { World } from './world.ts';

type Resuming = {
  readonly place: PlanPlace;
  readonly kept: KeptRun;
  readonly lock: Lock;
  readonly decisions: readonly FactOf<'decision'>[];
};

/** Goes on with a kept run at the first step that was not done. Its recorded settings hold; flags given now override. */
export async function resumeRun(
  { place, kept, lock, decisions }: Resuming,
  flags: CommonFlags,
  world: World,
): Promise<number> {
  const { run, dir, facts: past, end } = kept;
  await lock.name(run.id);
  await sweepRun(dir);
  const settings = overridden(run.settings, place.resolution, flags.settings);
  // Of what a new run asks of its place, the rest is a question of the run itself: see `movedSince`.
  const workTree = place.repo ?? (await preflight(place.plan.path, { commits: settings.commit, world }));
  if (settings.commit) await checkIdentity(workTree, world);
  await lookForAgents(settings, world);

  sayOtherPrompts(run.started.prompts, await replacedPrompts(place.resolution), world);
  const { moved, to } = run.expected.repo
    ? await repoOf(workTree, settings, world).movedSince(run.expected.repo)
    : { moved: null, to: null };
  const resumed: FactOf<'run.resumed'> = {
    type: 'run.resumed',
    tool_version: version(),
    settings,
    changed: [...flags.settings.keys()],
    reopened: run.position.at === 'finished',
    sha256: (await openPlanFile(place.plan.path).read())?.sha256 ?? null,
    repo: to,
    moved,
  };
  return runSession({ place, dir, before: run, past, end, facts: [resumed, ...decisions] }, flags, world);
}
