import type { FactOf } from '../core/fact.ts';
import { dirtyQuestion } from '../core/questions.ts';
import type { Settings } from '../core/settings.ts';
import { dirtyPlan } from '../errors/cli.ts';
import { planStatus } from '../git/plan-status.ts';
import type { WorkTree } from '../git/open-repo.ts';
import { preflight } from '../git/preflight.ts';
import type { Lock } from '../store/lock.ts';
import { removeStillborn } from '../store/sweep.ts';
import { readySettings } from './agents.ts';
import { beginRun } from './begin-run.ts';
import { decide } from './decide.ts';
import type { CommonFlags } from './flags.ts';
import type { PlanPlace } from './place.ts';
import { refuseHugePrompt } from './prompt-size.ts';
import { knownRecall } from './recall.ts';
import { runSession } from './session.ts';
import { valueOf } from './settings.ts';
import { repoOf } from './wire.ts';
import type { World } from './world.ts';

/** What is known, and was decided, before a run is started. */
type Ready = {
  readonly workTree: WorkTree;
  readonly settings: Settings;
  readonly dirty: FactOf<'run.started'>['dirty'];
  readonly asked: readonly FactOf<'decision'>[];
};

/** Checks the place, chooses the agents, and asks what has to be asked. It writes nothing. */
export async function readyToStart(place: PlanPlace, flags: CommonFlags, world: World): Promise<Ready> {
  const { plan, resolution } = place;
  const workTree = await preflight(plan.path, { commits: valueOf(resolution, 'commit') === true, world });
  const settings = await readySettings(resolution, world);
  await refuseHugePrompt(place, settings);
  const dirty = await planStatus(plan.path, { root: workTree.root, world });
  const isAsked = settings.commit && dirty !== 'clean';
  return {
    workTree,
    settings,
    dirty,
    asked: isAsked
      ? [await decideDirty(place, dirty, { place, policies: settings.policies, flags }, world)]
      : [],
  };
}

type Starting = {
  readonly place: PlanPlace;
  readonly lock: Lock;
  readonly ready: Ready;
  readonly decisions: readonly FactOf<'decision'>[];
};

/** Starts a new run in a place that is ready for it. */
export async function startRun(
  { place, lock, ready, decisions }: Starting,
  flags: CommonFlags,
  world: World,
): Promise<number> {
  const { workTree, settings, dirty, asked } = ready;
  let born: string | undefined;
  try {
    const { dir, before, facts } = await beginRun(place, {
      kind: 'refine',
      settings,
      dirty,
      repo: repoOf(workTree, settings, world),
      known: [
        ...decisions,
        ...asked,
        ...(await knownRecall({ settings, resolution: place.resolution }, world)),
      ],
      now: world.now(),
      announce: async (id) => {
        await lock.name(id);
        born = id;
      },
    });
    return await runSession({ place, dir, before, facts }, flags, world);
  } finally {
    // Where not even its first fact could be kept, nobody will ever know of it.
    if (born !== undefined) await removeStillborn(place.stateRoot, born).catch(() => undefined);
  }
}

async function decideDirty(
  place: PlanPlace,
  dirty: Ready['dirty'],
  asking: Parameters<typeof decide>[1],
  world: World,
): Promise<FactOf<'decision'>> {
  const decision = await decide(dirtyQuestion(place.relative, dirty), asking, world);
  if (decision.answer === 'fail') throw dirtyPlan(decision.reason, place.plan.shown);
  return decision;
}
