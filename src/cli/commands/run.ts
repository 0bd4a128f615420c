import type { FactOf } from '../../core/fact.ts';
import { resumeQuestion } from '../../core/questions.ts';
import { interruptedRun } from '../../errors/cli.ts';
import { readDismissals } from '../../store/dismissed.ts';
import { mendManifests } from '../../store/mend-manifests.ts';
import type { KeptRun } from '../../store/runs.ts';
import { decide } from '../decide.ts';
import { dryRun } from '../dry-run.ts';
import type { CommonFlags } from '../flags.ts';
import { holdPlan } from '../hold-plan.ts';
import { interruptedGlanceOf, interruptedRunOf, runsOf } from '../interrupted-runs.ts';
import { planPlace, type PlanPlace } from '../place.ts';
import { resumeRun } from '../resume-run.ts';
import { refusePlantedState } from '../refuse-planted.ts';
import { refuseBadReports } from '../report-files.ts';
import { sayIgnored } from '../say-ignored.ts';
import { policiesFrom } from '../settings.ts';
import { readyToStart, startRun } from '../start-run.ts';
import { supersede } from '../supersede.ts';
import type { World } from '../world.ts';

/** `refine-plan [plan]`: the whole loop on one plan, from where it stands. */
export async function run(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const place = await planPlace(args, flags, world, { needsGit: true });
  sayIgnored(place.resolution, world);
  await refusePlantedState(place, world);
  await readDismissals(place.plan.path); // damaged, it is refused before anything is written or paid for
  await refuseBadReports(place, world);
  if (flags.dryRun) return dryRun(place, flags, world);
  await mendManifests(await runsOf(place));

  // Where there is nothing to go on with, nothing is written before the place is known to be fit.
  const early = (await interruptedGlanceOf(place)) ? null : await readyToStart(place, flags, world);
  await using lock = await holdPlan(place, flags, world);
  const kept = await interruptedRunOf(place);
  if (!kept) {
    const ready = early ?? (await readyToStart(place, flags, world));
    return await startRun({ place, lock, ready, decisions: [] }, flags, world);
  }
  const decision = await decideResume(place, kept, flags, world);
  if (decision.answer === 'resume')
    return await resumeRun({ place, kept, lock, decisions: [decision] }, flags, world);
  await supersede(kept, place, world);
  const afresh = await planPlace([place.plan.shown], flags, world, { needsGit: true }); // an edit may just have been taken back
  const ready = await readyToStart(afresh, flags, world);
  return await startRun({ place: afresh, lock, ready, decisions: [decision] }, flags, world);
}

async function decideResume(
  place: PlanPlace,
  { run }: KeptRun,
  flags: CommonFlags,
  world: World,
): Promise<FactOf<'decision'>> {
  const policies = policiesFrom(place.resolution);
  const decision = await decide(resumeQuestion(run), { place, policies, flags }, world);
  if (decision.answer === 'fail') throw interruptedRun(decision.reason, place.plan.shown);
  return decision;
}
