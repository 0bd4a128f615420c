import { nothingToResume } from '../../errors/cli.ts';
import { readDismissals } from '../../store/dismissed.ts';
import { isLockThere } from '../../store/lock.ts';
import { mendManifests } from '../../store/mend-manifests.ts';
import type { CommonFlags } from '../flags.ts';
import { holdPlan } from '../hold-plan.ts';
import { interruptedGlanceOf, interruptedRunOf, isReopenable, runsOf } from '../interrupted-runs.ts';
import { planPlace, type PlanPlace } from '../place.ts';
import { resumeRun } from '../resume-run.ts';
import { runsHere, shownPath } from '../runs-here.ts';
import { refusePlantedState } from '../refuse-planted.ts';
import { refuseBadReports } from '../report-files.ts';
import { sayIgnored } from '../say-ignored.ts';
import { isUnattended } from '../unattended.ts';
import type { World } from '../world.ts';

/** `refine-plan resume [plan]`: continue the newest interrupted run; on a terminal also one that ended by an abort. */
export async function resume(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const place = await planPlace(
    args.length > 0 ? args : [await newestInterrupted(flags, world)],
    flags,
    world,
  );
  sayIgnored(place.resolution, world);
  await refusePlantedState(place, world);
  await readDismissals(place.plan.path); // damaged, it is refused before anything is written or paid for
  await refuseBadReports(place, world);
  await mendManifests(await runsOf(place));
  const which = { reopen: !isUnattended(place.resolution, world) };
  if (!(await interruptedGlanceOf(place, which))) return await nothingHere(place, flags, world);
  await using lock = await holdPlan(place, flags, world);
  const kept = await interruptedRunOf(place, which);
  if (!kept) throw nothingToResume(place.plan.shown);
  return await resumeRun({ place, kept, lock, decisions: [] }, flags, world);
}

/** With nothing to resume, nothing is written; what a process left that died before its run began, or after it ended, goes. */
async function nothingHere(place: PlanPlace, flags: CommonFlags, world: World): Promise<never> {
  if (await isLockThere(place.plan.path)) await (await holdPlan(place, flags, world))[Symbol.asyncDispose]();
  throw nothingToResume(place.plan.shown);
}

/** The plan of the newest run of this repository that is interrupted, or else of the newest of all, if that may be reopened. */
async function newestInterrupted(flags: CommonFlags, world: World): Promise<string> {
  const runs = (await runsHere(flags, world)).filter(({ kind }) => kind === 'refine');
  const found =
    runs.find(({ status }) => status === 'in_progress') ??
    runs.slice(0, 1).find(({ status }) => isReopenable(status));
  if (!found) {
    await mendManifests(runs);
    throw nothingToResume(null);
  }
  return shownPath(found.plan, world);
}
