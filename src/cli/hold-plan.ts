import { takeLock, type Lock } from '../store/lock.ts';
import { sweepTemporaries } from '../store/plan-file.ts';
import { removeStillborn } from '../store/sweep.ts';
import type { CommonFlags } from './flags.ts';
import { endLeftBehind } from './left-behind.ts';
import type { PlanPlace } from './place.ts';
import type { World } from './world.ts';

/** Takes the plan's lock, ends the agents and removes what else a process left that died with it. */
export async function holdPlan(
  place: Pick<PlanPlace, 'plan' | 'stateRoot'>,
  { takeLock: force }: CommonFlags,
  world: World,
): Promise<Lock> {
  const { plan, stateRoot } = place;
  const lock = await takeLock(plan.path, {
    now: world.now(),
    force,
    shown: plan.shown,
    bury: (run) => removeStillborn(stateRoot, run),
  });
  try {
    await endLeftBehind(place, world);
    await sweepTemporaries(plan.path);
    return lock;
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}
