import { access, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { shellWord } from '../lib/shell-word.ts';
import { stateRoot } from '../store/run-directory.ts';
import { listRuns, loadRun, type KeptRun, type RunGlance } from '../store/runs.ts';
import { noSuchRun } from '../errors/store.ts';
import type { CommonFlags } from './flags.ts';
import { planDirs } from './plan-dirs.ts';
import { settingsAt, stateRootFor, workTreeTop } from './settings-at.ts';
import { valueOf } from './settings.ts';
import type { World } from './world.ts';

/** Every run of this repository, newest first. */
export async function runsHere(flags: CommonFlags, world: World): Promise<RunGlance[]> {
  return listRuns(await stateRootsHere(flags, world));
}

/**
 * Where runs of this repository may be kept: the state root, and beside any file that git knows. Outside of any repository,
 * beside where the plans lie.
 */
export async function stateRootsHere(flags: CommonFlags, world: World): Promise<string[]> {
  const [{ placeOf }, { fileDirs }] = await Promise.all([
    import('./place.ts'),
    import('../git/candidates.ts'),
  ]);
  const { repo, resolution } = await placeOf(world.cwd, flags, world);
  const set = valueOf(resolution, 'state-root');
  const dirs = repo
    ? (await fileDirs({ root: repo.root, world })).map((dir) => join(repo.root, dir))
    : await planDirs(String(valueOf(resolution, 'plan-glob')), world.cwd);
  const beside = dirs.map((dir) => stateRoot(join(dir, 'plan.md'), null));
  return [...new Set([...(typeof set === 'string' ? [resolve(world.cwd, set)] : []), ...beside])];
}

/** A path as the user would type it from where they stand: relative, unless that is longer. */
export function shownPath(path: string, { cwd }: World): string {
  const below = relative(cwd, path) || '.';
  return below.length < path.length ? below : path;
}

/** What follows a command that is about a plan: its path, and, if they were said, where that is and where its runs are kept. */
export function targetOf(plan: string, { dir, settings }: CommonFlags): string {
  const root = settings.get('state-root');
  return [
    shellWord(plan),
    ...(dir === undefined ? [] : ['-C', shellWord(dir)]),
    ...(typeof root === 'string' ? ['--state-root', shellWord(root)] : []),
  ].join(' ');
}

/** The run a user means: by its id, its directory or its plan (the newest of it), or, where nothing was named, the newest of all. */
export async function runNamed(args: readonly string[], flags: CommonFlags, world: World): Promise<KeptRun> {
  const [name] = args;
  const within = name === undefined ? undefined : await runIn(resolve(world.cwd, name));
  if (within) return within;
  const ofPlan = name === undefined ? undefined : await newestOf(name, flags, world);
  const found = ofPlan ?? (await runsHere(flags, world)).find(({ id }) => name === undefined || id === name);
  const kept = found && (await loadRun(found.dir, { isChecked: false }));
  if (!kept) throw noSuchRun(name ?? 'any plan here');
  return kept;
}

/** The run that a directory holds, if it is the directory of one. */
async function runIn(dir: string): Promise<KeptRun | undefined> {
  const isRun = await access(join(dir, 'events.jsonl')).then(
    () => true,
    () => false,
  );
  return isRun ? loadRun(dir, { isChecked: false }) : undefined;
}

/** The newest run of a plan, which need not be there any more. */
async function newestOf(name: string, flags: CommonFlags, world: World): Promise<RunGlance | undefined> {
  const named = resolve(world.cwd, name);
  const plan = await realpath(named).catch(() => named);
  const resolution = await settingsAt(await workTreeTop(dirname(plan)), flags, world);
  const runs = await listRuns([stateRootFor(plan, resolution, world), stateRoot(plan, null)]);
  return runs.find((run) => run.plan === plan);
}
