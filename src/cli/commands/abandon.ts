import { dirname } from 'node:path';
import { ABANDONED } from '../../core/outcome.ts';
import { alreadyEnded, onlyAReview } from '../../errors/undo.ts';
import { noSuchRun } from '../../errors/store.ts';
import { jsonText } from '../../lib/json-text.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { takeLock } from '../../store/lock.ts';
import { movedFrom } from '../../store/moved.ts';
import { openPlanFile } from '../../store/plan-file.ts';
import { loadRun, type KeptRun } from '../../store/runs.ts';
import { isGiven, type CommonFlags } from '../flags.ts';
import { endLeftBehind } from '../left-behind.ts';
import { placeOf } from '../place.ts';
import { refuseMoved } from '../refuse-moved.ts';
import { runNamed, shownPath } from '../runs-here.ts';
import { supersede } from '../supersede.ts';
import type { World } from '../world.ts';

/** `refine-plan abandon <run>`: ends an interrupted run for good. An edit that it did not commit is taken back. */
export async function abandon(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const named = await runNamed(args, flags, world);
  refuseUnless(named);
  const { path } = named.run.started.plan;
  const shown = shownPath(path, world);
  const { repo, resolution } = await placeOf(dirname(path), flags, world);
  refuseMoved({ id: named.run.id, dir: named.dir, from: movedFrom(named) }, resolution);
  await using _ = await takeLock(path, { now: world.now(), force: isGiven(flags, 'take-lock'), shown });
  await endLeftBehind({ plan: { path }, stateRoot: dirname(named.dir) }, world);
  const kept = await loadRun(named.dir); // whoever held the lock until now may have ended it
  if (!kept) throw noSuchRun(named.run.id);
  refuseUnless(kept);
  await supersede(kept, { repo }, world, ABANDONED);
  if (flags.json) {
    const ended = { run: kept.run.id, plan: path, status: 'aborted_drift', reason: 'superseded' };
    world.stdout.write(`${jsonText(ended)}\n`);
    return 0;
  }
  const now = await openPlanFile(path).read();
  const isWritten = kept.run.rounds.some(({ applied }) => applied !== null);
  const next =
    isWritten && now?.sha256 !== kept.run.started.sha256
      ? `What it wrote stands; take it back with: refine-plan undo ${shellWord(kept.run.id)}`
      : `Start anew with: refine-plan ${shellWord(shown)}`;
  world.stdout.write(`Run ${kept.run.id} is ended for good (aborted_drift, superseded).\n${next}\n`);
  return 0;
}

function refuseUnless({ run }: KeptRun): void {
  if (run.kind === 'review') throw onlyAReview(run.id);
  if (run.position.at === 'finished') throw alreadyEnded(run.id, run.position.outcome.status);
}
