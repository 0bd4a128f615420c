import { nothingToResume } from '../../errors/cli.ts';
import { takeLock } from '../../store/lock.ts';
import { sweepTemporaries } from '../../store/plan-file.ts';
import type { KeptRun } from '../../store/runs.ts';
import type { CommonFlags } from '../flags.ts';
import { interruptedRunOf } from '../interrupted-runs.ts';
import { planPlace, type PlanPlace } from '../place.ts';
import { resumeRun } from '../resume-run.ts';
import { runsHere } from '../runs-here.ts';
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
  sayIgnored(place.resolution, flags, world);
  await using lock = await takeLock(place.plan.path, { now: world.now(), force: flags.takeLock, shown: place.plan.shown });
  await sweepTemporaries(place.plan.path);
  const kept = await keptRun(place, world);
  return resumeRun({ place, kept, lock, decisions: [] }, flags, world);
}

async function keptRun(place: PlanPlace, world: World): Promise<KeptRun> {
  const kept = await interruptedRunOf(place, { reopen: !isUnattended(place.resolution, world) });
  if (!kept) throw nothingToResume(place.relative);
  return kept;
}

/** The plan of the newest interrupted run of this repository. */
async function newestInterrupted(flags: CommonFlags, world: World): Promise<string> {
  const open = (await runsHere(flags, world)).find(
    ({ status, kind }) => status === 'in_progress' && kind === 'refine',
  );
  if (!open) throw nothingToResume(null);
  return open.plan;
}
