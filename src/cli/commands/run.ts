import type { FactOf } from '../../core/fact.ts';
import { resumeQuestion } from '../../core/questions.ts';
import { interruptedRun } from '../../errors/cli.ts';
import { takeLock } from '../../store/lock.ts';
import { sweepTemporaries } from '../../store/plan-file.ts';
import type { KeptRun } from '../../store/runs.ts';
import { decide } from '../decide.ts';
import { dryRun } from '../dry-run.ts';
import type { CommonFlags } from '../flags.ts';
import { interruptedRunOf, supersede } from '../interrupted-runs.ts';
import { planPlace, type PlanPlace } from '../place.ts';
import { resumeRun } from '../resume-run.ts';
import { sayIgnored } from '../say-ignored.ts';
import { policiesFrom } from '../settings.ts';
import { startRun } from '../start-run.ts';
import type { World } from '../world.ts';

/** `refine-plan [plan]`: the whole loop on one plan, from where it stands. */
export async function run(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const place = await planPlace(args, flags, world);
  sayIgnored(place.resolution, flags, world);
  if (flags.dryRun) return dryRun(place, world);

  await using lock = await takeLock(place.plan.path, { now: world.now(), force: flags.takeLock, shown: place.plan.shown });
  await sweepTemporaries(place.plan.path);
  const kept = await interruptedRunOf(place);
  if (!kept) return startRun({ place, lock, decisions: [] }, flags, world);

  const decision = await decideResume(place, kept, world);
  if (decision.answer === 'resume')
    return resumeRun({ place, kept, lock, decisions: [decision] }, flags, world);
  await supersede(kept, world);
  const afresh = await planPlace([place.plan.path], flags, world); // an edit may just have been taken back
  return startRun({ place: afresh, lock, decisions: [decision] }, flags, world);
}

async function decideResume(place: PlanPlace, { run }: KeptRun, world: World): Promise<FactOf<'decision'>> {
  const decision = await decide(resumeQuestion(run), place, policiesFrom(place.resolution), world);
  if (decision.answer === 'fail') throw interruptedRun(run.id, place.relative);
  return decision;
}
