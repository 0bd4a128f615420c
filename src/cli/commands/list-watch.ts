import type { Stamped } from '../../core/fact.ts';
import type { Run } from '../../core/run.ts';
import { jsonText } from '../../lib/json-text.ts';
import { openChanges } from '../../store/changes.ts';
import { Redrawn } from '../../ui/redrawn.ts';
import { runRow, type RunRow } from '../../ui/run-rows.ts';
import { themeFor, type Theme } from '../../ui/theme.ts';
import { linesFor } from '../../ui/words.ts';
import type { CommonFlags } from '../flags.ts';
import { shownPath, stateRootsHere } from '../runs-here.ts';
import { ReaderGone, whileRead } from '../watch/reader.ts';
import { RunsWatched, type WatchedRun } from '../watch/runs-watched.ts';
import type { World } from '../world.ts';

/** `refine-plan list --watch`: every run of this repository as it goes on, and new ones as they appear, until interrupted. */
export async function listWatch(flags: CommonFlags, world: World): Promise<number> {
  const { noColor, quiet, json } = flags;
  using _ = world.signals.heed();
  const theme = themeFor(world.stdout, world.env, { noColor, quiet: quiet || json });
  const roots = await stateRootsHere(flags, world);
  using changes = openChanges();
  const watched = new RunsWatched(roots, changes);
  const screen = theme.isLive ? new Redrawn(world.stdout, theme) : null;
  const heard = screen ? (): void => undefined : teller(flags, theme, world);
  const signal = whileRead(world);
  try {
    for (;;) {
      const runs = await watched.look(heard);
      screen?.draw(await frame(runs, theme, world));
      await changes.next(signal);
    }
  } catch (error) {
    if (error instanceof ReaderGone) return 0;
    throw error;
  }
}

/** Without a terminal, what a run would say itself, after its name; with `--json` the facts of all of them. */
function teller(flags: CommonFlags, theme: Theme, { stdout }: World): (fact: Stamped, run: Run) => void {
  const volume = { isQuiet: flags.quiet, isVerbose: flags.verbose };
  return (fact, run) => {
    if (flags.json) stdout.write(`${jsonText(fact)}\n`);
    else for (const line of linesFor(fact, run, theme, volume)) stdout.write(`${run.id}  ${line}\n`);
    if (!flags.json && fact.type === 'run.finished') stdout.write(`${run.id}  ${fact.status}\n`);
  };
}

async function frame(runs: readonly WatchedRun[], theme: Theme, world: World): Promise<string[]> {
  if (runs.length === 0) return ['There is no run in this repository yet.'];
  const rows = await Promise.all(runs.map((run) => rowOf(run, world)));
  return [...rows.filter(({ live }) => live), ...rows.filter(({ live }) => !live)].flatMap((row) =>
    runRow(row, theme),
  );
}

async function rowOf({ glance, followed, isAlive }: WatchedRun, world: World): Promise<RunRow> {
  const { id, status, round: rounds } = glance;
  const run = followed?.run;
  const row = { id, plan: shownPath(glance.plan, world), rounds };
  if (status !== 'in_progress') return { ...row, status, live: null };
  if (!followed || !run || !isAlive) return { ...row, status: 'interrupted', live: null };
  const { notices, since } = followed.underWay();
  const now = world.now().getTime();
  const activity = await followed.activity();
  return {
    ...row,
    status,
    live: { run, notices, activity, stepMs: now - since, runMs: now - followed.since },
  };
}
