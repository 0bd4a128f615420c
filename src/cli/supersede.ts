import { join } from 'node:path';
import type { FactOf } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { reviewedRounds, type Run } from '../core/run.ts';
import { stopCard } from '../core/stop-card.ts';
import { planStatus } from '../git/plan-status.ts';
import { openJournal } from '../store/journal.ts';
import { manifestWriter } from '../store/manifest.ts';
import { openPlanFile } from '../store/plan-file.ts';
import { openRunFiles } from '../store/run-directory.ts';
import type { KeptRun } from '../store/runs.ts';
import { sweepRun } from '../store/sweep.ts';
import type { Place } from './place.ts';
import type { World } from './world.ts';

/** Ends an interrupted run for good, by default in favour of a new one. An edit that it wrote and did not commit is taken back first. */
export async function supersede(
  { dir, run, facts, end }: KeptRun,
  { repo }: Pick<Place, 'repo'>,
  world: World,
  why = 'Another run of this plan was started afresh.',
): Promise<void> {
  const { path } = run.started.plan;
  // What HEAD holds was committed, though no fact may tell of it.
  const isCommitted = repo && (await planStatus(path, { root: repo.root, world })) === 'clean';
  if (!isCommitted) await undoEdit(run, dir);
  await sweepRun(dir);
  const journal = await openJournal(join(dir, 'events.jsonl'), run.id, world.now, end);
  try {
    await manifestWriter(dir, facts)(await journal.append(superseded(run, why)));
  } finally {
    await journal.close();
  }
}

/** Puts the baseline back, over exactly the bytes that the run wrote and over no others. Repeated, it finds it there. */
async function undoEdit(run: Run, dir: string): Promise<void> {
  const round = run.rounds.at(-1);
  const written = writtenBytes(run);
  if (!round || written === undefined) return;
  const baseline = await openRunFiles(dir).read(files.baseline(round.number));
  if (baseline !== undefined) await openPlanFile(run.started.plan.path).write(baseline, written);
}

/** The digest of what an open round wrote, or may have written, and did not commit; undefined where it wrote nothing. */
function writtenBytes({ position, rounds, settings }: Run): string | undefined {
  if (position.at === 'writing') return position.proposal.sha256;
  const round = rounds.at(-1);
  const isOpen = round?.applied && !round.commit && round.how === null;
  return isOpen && settings.commit && position.at !== 'closing' ? round.applied?.sha256_after : undefined;
}

function superseded(run: Run, message: string): FactOf<'run.finished'> {
  return {
    type: 'run.finished',
    status: 'aborted_drift',
    reason: 'superseded',
    exit_code: 7,
    message,
    rounds: reviewedRounds(run),
    calls: run.spent.calls,
    tokens: run.spent.tokens,
    commits: run.commits.map(({ sha }) => sha),
    unresolved: [],
    parked: [],
    card: stopCard(run),
  };
}
