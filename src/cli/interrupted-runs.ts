import { join } from 'node:path';
import type { FactOf } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { currentRound, reviewedRounds, type Run } from '../core/run.ts';
import { openJournal } from '../store/journal.ts';
import { manifestWriter } from '../store/manifest.ts';
import { openPlanFile } from '../store/plan-file.ts';
import { openRunFiles } from '../store/run-directory.ts';
import { listRuns, loadRun, type KeptRun } from '../store/runs.ts';
import type { PlanPlace } from './place.ts';
import type { World } from './world.ts';

/** Endings that a person may take up again: what stopped the run was not the plan. */
const REOPENABLE: ReadonlySet<string> = new Set<FactOf<'run.finished'>['status']>([
  'aborted_codex_error',
  'aborted_malformed_output',
  'aborted_implementer_error',
  'aborted_commit_failed',
]);

export function isReopenable(status: string): boolean {
  return REOPENABLE.has(status);
}

/** The newest run of this plan that is not finished; with `reopen`, the newest one of all if it ended by an abort that can be taken up. */
export async function interruptedRunOf(
  { plan, stateRoot }: Pick<PlanPlace, 'plan' | 'stateRoot'>,
  { reopen = false } = {},
): Promise<KeptRun | undefined> {
  const runs = (await listRuns([stateRoot])).filter((run) => run.plan === plan.path && run.kind === 'refine');
  const open = runs.find(({ status }) => status === 'in_progress');
  const aborted = reopen && runs[0] && isReopenable(runs[0].status) ? runs[0] : undefined;
  const found = open ?? aborted;
  return found && loadRun(found.dir);
}

/** Ends an interrupted run in favour of a new one. An edit that it wrote and did not commit is taken back first. */
export async function supersede({ dir, run, facts }: KeptRun, world: World): Promise<void> {
  await undoUncommitted(run, dir);
  const journal = await openJournal(join(dir, 'events.jsonl'), run.id, world.now);
  try {
    const manifest = manifestWriter(dir);
    for (const fact of facts) await manifest(fact);
    await manifest(await journal.append(superseded(run)));
  } finally {
    await journal.close();
  }
}

async function undoUncommitted(run: Run, dir: string): Promise<void> {
  const { position } = run;
  if (position.at !== 'writing' && !(position.at === 'committing' && position.kind === 'round')) return;
  const written = position.at === 'writing' ? position.proposal.sha256 : run.expected.sha256;
  const baseline = await openRunFiles(dir).read(files.baseline(currentRound(run).number));
  if (baseline !== undefined) await openPlanFile(run.started.plan.path).write(baseline, written);
}

function superseded(run: Run): FactOf<'run.finished'> {
  return {
    type: 'run.finished',
    status: 'aborted_drift',
    reason: 'superseded',
    exit_code: 7,
    message: 'Another run of this plan was started afresh.',
    rounds: reviewedRounds(run),
    calls: run.spent.calls,
    tokens: run.spent.tokens,
    commits: run.commits.map(({ sha }) => sha),
    unresolved: [],
    parked: [],
  };
}
