import { relative } from 'node:path';
import { badFlag } from '../errors/cli.ts';
import { trackedBelow } from '../git/tracked.ts';
import { parseDuration } from '../lib/duration.ts';
import { isBelow } from '../process/is-below.ts';
import { lockHolder } from '../store/lock.ts';
import { isOurRun } from '../store/old-runs.ts';
import type { RunGlance } from '../store/runs.ts';
import { givenText, isGiven, type CommonFlags } from './flags.ts';
import { placeOf } from './place.ts';
import { runsHere } from './runs-here.ts';
import type { World } from './world.ts';

const DAY = 86_400_000;

type Wish = {
  /** In milliseconds; null: of any age. */
  readonly olderThan: number | null;
  /** How many of each plan stay, the newest. */
  readonly keep: number;
  readonly isAll: boolean;
};

/** The runs of this repository that may be removed as the user wishes: ours, ended, old enough, and not among those to keep. */
export async function prunable(flags: CommonFlags, world: World): Promise<RunGlance[]> {
  const { olderThan, keep, isAll } = wishOf(flags);
  const seen = new Map<string, number>();
  const found: RunGlance[] = [];
  for (const run of await runsHere(flags, world)) {
    const newer = seen.get(run.plan) ?? 0;
    seen.set(run.plan, newer + 1);
    const age = world.now().getTime() - Date.parse(run.lastAt);
    if (newer < keep || (olderThan !== null && !(age > olderThan))) continue;
    if (run.status === 'in_progress' && (!isAll || (await isAtWork(run, age)))) continue;
    if (await isOurRun(run.dir)) found.push(run);
  }
  return withoutTracked(found, flags, world);
}

function wishOf(flags: CommonFlags): Wish {
  const [age, keep] = [givenText(flags, 'older-than'), givenText(flags, 'keep')];
  const olderThan = age === undefined ? undefined : ageOf(age);
  if (age !== undefined && olderThan === undefined)
    throw badFlag('--older-than', age, ['30d', 'or 12h, 4w, 0']);
  if (keep !== undefined && !/^\d{1,6}$/.test(keep))
    throw badFlag('--keep', keep, ['5', 'or another whole number from 0']);
  return {
    // Without a wish, a month; where only a number is to be kept, age does not matter.
    olderThan: olderThan ?? (keep === undefined ? 30 * DAY : null),
    keep: Number(keep ?? 0),
    isAll: isGiven(flags, 'all'),
  };
}

/** Beside what every duration takes, days and weeks. */
function ageOf(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6})(d|w)$/.exec(text.trim()) ?? [];
  return amount === undefined ? parseDuration(text) : Number(amount) * (unit === 'w' ? 7 : 1) * DAY;
}

/** A review takes no lock, so one that wrote something within a day may be at work. */
async function isAtWork({ kind, plan, id }: RunGlance, age: number): Promise<boolean> {
  return kind === 'review' ? age < DAY : (await lockHolder(plan).catch(() => undefined))?.run === id;
}

/** What git keeps came with the repository, and is not ours to remove. */
async function withoutTracked(
  runs: readonly RunGlance[],
  flags: CommonFlags,
  world: World,
): Promise<RunGlance[]> {
  const { repo } = await placeOf(world.cwd, flags, world);
  if (!repo) return [...runs];
  const kept: RunGlance[] = [];
  for (const run of runs) {
    const isInside = isBelow(run.dir, repo.root);
    const tracked = isInside
      ? await trackedBelow(relative(repo.root, run.dir), { root: repo.root, world })
      : [];
    if (tracked.length === 0) kept.push(run);
  }
  return kept;
}
