import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../errors.ts';
import { formatBytes } from '../../lib/bytes.ts';
import { jsonText } from '../../lib/json-text.ts';
import { count } from '../../lib/text.ts';
import { table } from '../../report/table.ts';
import { takeLock } from '../../store/lock.ts';
import { isOurRun, removeRun, sizeOf } from '../../store/old-runs.ts';
import type { RunGlance } from '../../store/runs.ts';
import { themeFor } from '../../ui/theme.ts';
import { askYes } from '../confirmed.ts';
import { isGiven, type CommonFlags } from '../flags.ts';
import { placeOf } from '../place.ts';
import { prunable } from '../prunable.ts';
import { shownPath } from '../runs-here.ts';
import { isUnattended } from '../unattended.ts';
import type { World } from '../world.ts';

type Sized = RunGlance & { readonly bytes: number };

/** `refine-plan prune`: removes old run directories, after showing which and how much. Without a yes it removes nothing. */
export async function prune(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const runs: Sized[] = [];
  for (const run of await prunable(flags, world)) runs.push({ ...run, bytes: await sizeOf(run.dir) });
  if (!flags.json) world.stdout.write(listed(runs, flags, world));
  const isWanted = runs.length > 0 && (await isAgreed(runs, flags, world));
  const removed: Sized[] = [];
  if (isWanted) for (const run of runs) if (await remove(run, world)) removed.push(run);
  if (flags.json) world.stdout.write(`${jsonText(asJson(runs, removed))}\n`);
  else if (isWanted)
    world.stdout.write(
      `Removed ${count(removed.length, 'run directory', 'run directories')}, ${formatBytes(total(removed))}.\n`,
    );
  return 0;
}

function listed(runs: readonly Sized[], flags: CommonFlags, world: World): string {
  if (runs.length === 0) return 'There is no run here that is old enough to be removed.\n';
  const { isUnicode } = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  const rows = runs.map(({ id, status, lastAt, bytes, plan }) => [
    id,
    status,
    lastAt.slice(0, 10),
    formatBytes(bytes),
    shownPath(plan, world),
  ]);
  const head = ['Run', 'Status', 'Last', 'Size', 'Plan'];
  return `${table([head, ...rows], { isUnicode, hasTotal: false })}\n`;
}

/** Unattended, and without `--yes`, it is only said what would be removed. */
async function isAgreed(runs: readonly Sized[], flags: CommonFlags, world: World): Promise<boolean> {
  if (isGiven(flags, 'yes')) return true;
  const what = `${count(runs.length, 'run directory', 'run directories')}, ${formatBytes(total(runs))}`;
  const { resolution } = await placeOf(world.cwd, flags, world);
  if (!flags.json && !isUnattended(resolution, world)) return askYes(`Remove ${what}?`, flags, world);
  if (!flags.json) world.stdout.write(`Nothing was removed. Remove ${what}, with: --yes\n`);
  return false;
}

/** Nobody may take up the run while it is removed; a plan that is being refined keeps its runs. */
async function remove(run: Sized, world: World): Promise<boolean> {
  if (!existsSync(dirname(run.plan))) return removeOurs(run);
  try {
    await using _ = await takeLock(run.plan, {
      now: world.now(),
      force: false,
      shown: shownPath(run.plan, world),
    });
    return await removeOurs(run);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'locked') throw error;
    world.stderr.write(`! ${run.id} stays: ${error.message}\n`);
    return false;
  }
}

async function removeOurs({ dir }: Sized): Promise<boolean> {
  if (!(await isOurRun(dir))) return false; // somebody was here meanwhile
  await removeRun(dir);
  return true;
}

function total(runs: readonly Sized[]): number {
  return runs.reduce((sum, { bytes }) => sum + bytes, 0);
}

function asJson(runs: readonly Sized[], removed: readonly Sized[]): object {
  const rows = runs.map((run) => ({
    run: run.id,
    plan: run.plan,
    status: run.status,
    last_at: run.lastAt,
    bytes: run.bytes,
    state_dir: run.dir,
    removed: removed.includes(run),
  }));
  return { runs: rows, bytes: total(runs), removed: removed.length };
}
