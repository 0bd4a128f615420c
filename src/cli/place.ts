import { dirname, isAbsolute, join, posix, relative } from 'node:path';
import { UserError } from '../errors.ts';
import { badValue, noPlan, planNotNamed } from '../errors/cli.ts';
import { planCandidates } from '../git/candidates.ts';
import { findRepo, type WorkTree } from '../git/open-repo.ts';
import { oneLine } from '../lib/text.ts';
import { themeFor } from '../ui/theme.ts';
import type { CommonFlags } from './flags.ts';
import { readPlanAt, relativeTo, type FoundPlan } from './plan-path.ts';
import { refuseLinkOut } from './refuse-link-out.ts';
import type { Resolution } from './resolve.ts';
import { settingsAt, stateRootFor, workTreeTop } from './settings-at.ts';
import { valueOf } from './settings.ts';
import { isUnattended } from './unattended.ts';
import type { World } from './world.ts';

/** Where a command works: the repository around it, if there is one, and the settings in force there. */
export type Place = { readonly repo: WorkTree | null; readonly resolution: Resolution };

/** A plan in its place. */
export type PlanPlace = Place & {
  readonly plan: FoundPlan;
  readonly relative: string;
  /** Where the runs of this plan are kept. */
  readonly stateRoot: string;
};

type Needs = {
  /** Without it, a git that is not installed or will not answer here passes for no repository. */
  readonly needsGit?: boolean;
};

/** The place a command was started in. */
export async function placeOf(
  dir: string,
  flags: CommonFlags,
  world: World,
  { needsGit = false }: Needs = {},
): Promise<Place> {
  try {
    const found = await findRepo(dir, world);
    const repo = found?.kind === 'work-tree' ? found : null;
    return { repo, resolution: await settingsAt(repo?.root ?? null, flags, world) };
  } catch (error) {
    if (needsGit || !isWithoutGit(error)) throw error;
    return { repo: null, resolution: await settingsAt(await workTreeTop(dir), flags, world) };
  }
}

function isWithoutGit(error: unknown): boolean {
  return error instanceof UserError && (error.code === 'no_git' || error.code === 'git_refused');
}

/** The plan a user named, or, where none was named, the newest one, confirmed by whoever is there. */
export async function planPlace(
  named: readonly string[],
  flags: CommonFlags,
  world: World,
  needs: Needs = {},
): Promise<PlanPlace> {
  const name = named[0] ?? (await choosePlan(flags, world));
  const plan = await readPlanAt(name, world.cwd);
  const place = await placeOf(dirname(plan.path), flags, world, needs);
  await refuseLinkOut(name, plan, flags, world);
  return {
    ...place,
    plan,
    relative: relativeTo(place.repo?.root ?? dirname(plan.path), plan.path),
    stateRoot: stateRootFor(plan.path, place.resolution, world),
  };
}

const GLOBS = 'a glob below the top of the repository';

async function choosePlan(flags: CommonFlags, world: World): Promise<string> {
  const { repo, resolution } = await placeOf(world.cwd, flags, world, { needsGit: true });
  const glob = String(valueOf(resolution, 'plan-glob'));
  const origin = resolution.options.get('plan-glob')?.origin ?? '';
  if (isAbsolute(glob) || posix.normalize(glob).startsWith('../'))
    throw badValue({ value: glob, where: origin === 'flag' ? '--plan-glob' : origin, allowed: GLOBS });
  const candidates = repo ? await planCandidates(glob, { root: repo.root, world }) : [];
  const shown = candidates.map((name) => relative(world.cwd, join(repo?.root ?? '', name)));
  const [newest] = shown;
  if (newest === undefined) throw noPlan(glob);
  if (isUnattended(resolution, world)) throw planNotNamed(shown);
  const choices = shown.slice(0, 10).map((path) => ({ value: path, name: oneLine(path) }));
  const { choose } = await import('../ui/choose.ts');
  return choose(
    { message: 'Which plan?', choices, first: newest, signal: world.signals.signal },
    { input: world.stdin, output: world.stderr },
    themeFor(world.stderr, world.env, { noColor: flags.noColor, quiet: false }),
  );
}
