import type { FactOf } from '../core/fact.ts';
import type { Settings } from '../core/settings.ts';
import { preflight } from '../git/preflight.ts';
import { createRepo } from '../git/repo.ts';
import type { Lock } from '../store/lock.ts';
import { openPlanFile } from '../store/plan-file.ts';
import type { KeptRun } from '../store/runs.ts';
import { chooseAgents } from './agents.ts';
import type { CommonFlags } from './flags.ts';
import type { PlanPlace } from './place.ts';
import { version } from './program.ts';
import { runSession } from './session.ts';
import { settingsFrom } from './settings.ts';
import { runGit, wallClock } from './wire.ts';
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
  const { run, dir } = kept;
  await lock.name(run.id);
  const { settings, changed } = overridden(run.settings, place, flags);
  const agents = {
    reviewer: settings.reviewer,
    implementer: settings.implementer,
    verifier: settings.verifier,
  };
  await chooseAgents(withAgents(place, agents), world);

  const workTree = place.repo ?? (await preflight(place.plan.path, { commits: settings.commit, world }));
  const repo = createRepo({
    ...workTree,
    world,
    runGit,
    clock: wallClock(world.now),
    gitTimeoutMs: settings.git_timeout_ms,
  });
  const { moved, to } = run.expected.repo
    ? await repo.movedSince(run.expected.repo)
    : { moved: null, to: null };
  const resumed: FactOf<'run.resumed'> = {
    type: 'run.resumed',
    tool_version: version(),
    settings,
    changed,
    reopened: run.position.at === 'finished',
    sha256: (await openPlanFile(place.plan.path).read())?.sha256 ?? null,
    repo: to,
    moved,
  };
  return runSession({ place, dir, before: run, facts: [resumed, ...decisions] }, flags, world);
}

/** The recorded settings, with what this command line, and only it, says otherwise. */
function overridden(
  recorded: Settings,
  { resolution }: PlanPlace,
  flags: CommonFlags,
): { settings: Settings; changed: string[] } {
  const now = settingsFrom(resolution, {
    reviewer: textFlag(flags, 'reviewer') ?? recorded.reviewer,
    implementer: textFlag(flags, 'implementer') ?? recorded.implementer,
    verifier: textFlag(flags, 'verifier') ?? recorded.verifier,
  });
  const given = [...flags.settings.keys()];
  const isGiven = (key: string): boolean => given.some((name) => settingKey(name) === key);
  const policies = Object.fromEntries(
    Object.entries(recorded.policies).map(([key, value]) => [
      key,
      isGiven(`on_${key}`) ? now.policies[key as keyof Settings['policies']] : value,
    ]),
  ) as Settings['policies']; // the same keys, each from one of two policies
  const own = Object.fromEntries(
    Object.entries(now).filter(([key]) => key !== 'policies' && isGiven(key.replace(/_ms$/, ''))),
  );
  return { settings: { ...recorded, ...own, policies }, changed: given };
}

function settingKey(name: string): string {
  const key = name.replaceAll('-', '_');
  return key === 'commit_trailer' ? 'commit_trailers' : key;
}

function textFlag(flags: CommonFlags, name: string): string | undefined {
  const value = flags.settings.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** The recorded agents are looked for as if they had been set. */
function withAgents(
  { resolution }: PlanPlace,
  agents: Readonly<Record<string, string>>,
): PlanPlace['resolution'] {
  const options = new Map(resolution.options);
  for (const [name, value] of Object.entries(agents)) {
    const resolved = options.get(name);
    if (resolved) options.set(name, { ...resolved, value });
  }
  return { ...resolution, options };
}
