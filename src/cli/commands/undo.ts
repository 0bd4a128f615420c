import { dirname } from 'node:path';
import { planPatch } from '../../core/plan-patch.ts';
import { files } from '../../core/paths.ts';
import {
  changedMeanwhile,
  dirtyBeforeUndo,
  onlyAReview,
  planGone,
  restoreNotCommitted,
  stillInProgress,
} from '../../errors/undo.ts';
import { planStatus } from '../../git/plan-status.ts';
import { preflight } from '../../git/preflight.ts';
import { jsonText } from '../../lib/json-text.ts';
import { count } from '../../lib/text.ts';
import type { CommitResult, Plan } from '../../ports.ts';
import { takeLock } from '../../store/lock.ts';
import { movedFrom } from '../../store/moved.ts';
import { digest, openPlanFile } from '../../store/plan-file.ts';
import { openRunFiles } from '../../store/run-directory.ts';
import type { KeptRun } from '../../store/runs.ts';
import { coloredDiff } from '../../ui/colored-diff.ts';
import { themeFor } from '../../ui/theme.ts';
import { isConfirmed } from '../confirmed.ts';
import { isGiven, type CommonFlags } from '../flags.ts';
import { interruptedRunOf } from '../interrupted-runs.ts';
import { endLeftBehind } from '../left-behind.ts';
import { planPlace, type PlanPlace } from '../place.ts';
import { refuseMoved } from '../refuse-moved.ts';
import { refusePlantedState } from '../refuse-planted.ts';
import { runNamed, shownPath } from '../runs-here.ts';
import { withoutRun } from '../take-back.ts';
import { repoOf } from '../wire.ts';
import type { World } from '../world.ts';

/** `refine-plan undo <run>`: one commit that takes back what a run wrote to its plan, and nothing that others wrote. */
export async function undo(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const kept = await runNamed(args, flags, world);
  const { run } = kept;
  const { path } = run.started.plan;
  const shown = shownPath(path, world);
  if (run.kind === 'review') throw onlyAReview(run.id);
  if (run.position.at !== 'finished') throw stillInProgress(run.id, shown);
  if ((await openPlanFile(path).read()) === null) throw planGone(shown, run.id);

  const place = {
    ...(await planPlace([shown], flags, world, { needsGit: true })),
    stateRoot: dirname(kept.dir),
  };
  await refusePlantedState(place, world);
  refuseMoved({ id: run.id, dir: kept.dir, from: movedFrom(kept) }, place.resolution);
  const { root } = await preflight(path, { commits: run.settings.commit, world });
  await using _ = await takeLock(path, { now: world.now(), force: isGiven(flags, 'take-lock'), shown });
  await endLeftBehind(place, world);
  const other = await interruptedRunOf(place);
  if (other) throw stillInProgress(other.run.id, shown);

  const now = await openPlanFile(path).read();
  if (now === null) throw planGone(shown, run.id);
  const text = await withoutRun(now.text, kept, { root, shown, world });
  const status = await planStatus(path, { root, world });
  const isDone = text === now.text && (!run.settings.commit || status === 'clean');
  if (isDone) return tell({ kept, shown, sha256: now.sha256, name: null, commit: null }, flags, world);

  const isOwn = now.sha256 === run.expected.sha256 || text === now.text;
  if (run.settings.commit && status !== 'clean' && !isOwn) throw dirtyBeforeUndo(shown);
  if (!(await mayRestore({ place, before: now.text, after: text }, flags, world))) return 0;
  return tell({ kept, shown, ...(await restore({ kept, place, now, text }, world)) }, flags, world);
}

type Change = { readonly place: PlanPlace; readonly before: string; readonly after: string };

async function mayRestore(
  { place, before, after }: Change,
  flags: CommonFlags,
  world: World,
): Promise<boolean> {
  const { resolution, plan, relative } = place;
  if (!isGiven(flags, 'yes') && !flags.json) {
    const theme = themeFor(world.stderr, world.env, { noColor: flags.noColor, quiet: false });
    world.stderr.write(coloredDiff(planPatch(relative, before, after), theme));
  }
  const message = `Restore ${plan.shown} like this?`;
  return isConfirmed({ message, what: 'Restoring a plan', resolution }, flags, world);
}

type Restoring = {
  readonly kept: KeptRun;
  readonly place: PlanPlace;
  readonly now: Plan;
  readonly text: string;
};

type Restored = {
  readonly sha256: string;
  /** The file that keeps what was replaced; null where nothing was. */
  readonly name: string | null;
  readonly commit: string | null;
};

/** Keeps what it replaces, writes, and commits. Where the commit fails, the bytes before are put back. */
async function restore({ kept, place, now, text }: Restoring, world: World): Promise<Restored> {
  const { run, dir } = kept;
  const file = openPlanFile(run.started.plan.path);
  const time = await firstFree(dir);
  const name = text === now.text ? null : files.replaced(time);
  if (name !== null) {
    await openRunFiles(dir).write(name, now.text);
    const outcome = await file.write(text, now.sha256);
    if ('found' in outcome) throw changedMeanwhile(place.plan.shown);
  }
  const sha256 = digest(text);
  if (!run.settings.commit) return { sha256, name, commit: null };
  const result = await commitRestored({ kept, place, sha256, time }, world);
  if (result.result === 'created') return { sha256, name, commit: result.sha };
  if (result.result === 'same-as-head') return { sha256, name, commit: null };
  await file.write(now.text, sha256); // what somebody wrote since stays
  throw result.result === 'failed' ? restoreNotCommitted(result.output) : changedMeanwhile(place.plan.shown);
}

async function commitRestored(
  { kept: { run }, place, sha256, time }: { kept: KeptRun; place: PlanPlace; sha256: string; time: number },
  world: World,
): Promise<CommitResult> {
  if (!place.repo) throw new Error('There is no repository to commit to.');
  using _ = world.signals.heed();
  const { path, slug } = run.started.plan;
  const repo = repoOf(place.repo, run.settings, world);
  const { head } = await repo.look();
  const request = {
    path,
    subject: `docs(plans): restore ${world.redact(slug)} to before its refinement`,
    body: [world.redact(`Takes back what run ${run.id} wrote.`)],
    trailers: run.settings.commit_trailers,
    key: `${run.id}/undo-${time}`,
    since: head,
    isAsChecked: async () => (await openPlanFile(path).read())?.sha256 === sha256,
  };
  return repo.commit(request, world.signals.signal);
}

async function firstFree(dir: string): Promise<number> {
  const kept = openRunFiles(dir);
  let time = 1;
  while ((await kept.read(files.replaced(time))) !== undefined) time += 1;
  return time;
}

function tell(
  { kept, shown, sha256, name, commit }: Restored & { readonly kept: KeptRun; readonly shown: string },
  flags: CommonFlags,
  world: World,
): number {
  const { run, dir } = kept;
  const replaced = name === null ? null : `${dir}/${name}`;
  if (flags.json) {
    world.stdout.write(
      `${jsonText({ run: run.id, plan: run.started.plan.path, sha256, commit, replaced })}\n`,
    );
    return 0;
  }
  if (replaced === null && commit === null) {
    world.stdout.write(`Nothing of run ${run.id} is left in ${shown}, so there is nothing to restore.\n`);
    return 0;
  }
  const isInitial = sha256 === run.started.sha256;
  const lines = [
    isInitial
      ? `${shown} is as it was before run ${run.id}.`
      : `${shown} is without the ${count(run.rounds.filter(({ applied }) => applied).length, 'fix', 'fixes')} of run ${run.id}; what others wrote stays.`,
    ...(replaced === null ? [] : [`Replaced ${shownPath(replaced, world)} keeps what was there`]),
    commit === null
      ? 'Commit   none: there is nothing that HEAD does not hold'
      : `Commit   ${commit.slice(0, 7)}; take it back with: git revert ${commit.slice(0, 7)}`,
  ];
  world.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
