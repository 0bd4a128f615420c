import { join } from 'node:path';
import type { Fact, Stamped } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import { firstError } from '../lib/first-error.ts';
import { openJournal, type JournalEnd } from '../store/journal.ts';
import { manifestWriter } from '../store/manifest.ts';
import { oneLine } from '../lib/text.ts';
import type { Listener } from '../ui/screen.ts';
import { endingAlert, errorAlert, openAlerts, type Alert } from './alerts.ts';
import { conduct, record } from './conduct.ts';
import { tellEnding, tellInterrupted } from './ending.ts';
import type { CommonFlags } from './flags.ts';
import { Interrupted } from './interruption.ts';
import { callNotesOf } from './left-behind.ts';
import type { PlanPlace } from './place.ts';
import { writeReports } from './report-files.ts';
import { shownPath, targetOf } from './runs-here.ts';
import { rememberRecall } from './recall.ts';
import { openScreen, openUser } from './screen.ts';
import { isUnattended } from './unattended.ts';
import { wire } from './wire.ts';
import type { World } from './world.ts';

type Session = {
  readonly place: PlanPlace;
  readonly dir: string;
  readonly before: Run;
  /** What its journal holds already, and up to where it was read. */
  readonly past?: readonly Stamped[];
  readonly end?: JournalEnd | undefined;
  /** What is recorded first: the beginning of the run, or of its resumption. */
  readonly facts: readonly Fact[];
  /** Says how the run ended; by default as the end of a loop. */
  readonly tell?: typeof tellEnding;
  /** Nothing is shown while it runs. */
  readonly isMute?: boolean;
};

/** Takes a run to its ending in front of the user, and returns the exit code. */
export async function runSession(
  { place, dir, before, past = [], end, facts, tell = tellEnding, isMute = false }: Session,
  flags: CommonFlags,
  world: World,
): Promise<number> {
  using _ = world.signals.heed();
  using screen = await openScreen(flags, world, { isMute });
  const alerts = openAlerts(
    {
      run: before.id,
      plan: place.plan.path,
      resolution: place.resolution,
      isLive: screen.theme.isLive && !isMute,
    },
    world,
  );
  let alert: Alert | null = null;
  const journal = await openJournal(join(dir, 'events.jsonl'), before.id, world.now, end);
  try {
    const manifest: Listener = { onFact: manifestWriter(dir, past) };
    const listeners = [manifest, ...screen.listeners];
    const run = await record(before, facts, { journal, listeners });
    const isAlone = isUnattended(place.resolution, world);
    const user = await openUser(run.settings.policies, isAlone, flags, world, alerts.questionWaits);
    const ports = await wire({
      place,
      run: { id: run.id, dir, settings: run.settings },
      user,
      world,
      signal: world.signals.signal,
      announce: screen.announce,
      callNotes: callNotesOf(place, run.kind),
    });
    const ended = await conduct(run, { ports, journal, listeners });
    const { settings, calibration } = ended.run;
    await rememberRecall(calibration, { settings, resolution: place.resolution }, world);
    screen[Symbol.dispose]();
    const { isUnicode, double } = screen.theme;
    const plan = place.plan.shown;
    const style = {
      isUnicode,
      double,
      stateDir: oneLine(shownPath(dir, world)),
      plan,
      target: targetOf(plan, flags),
    };
    const shown = { ...ended, style, theme: screen.theme, isJson: flags.json, isQuiet: flags.quiet };
    const exitCode = tell(shown, world);
    alert = endingAlert(ended, exitCode);
    return exitCode;
  } catch (thrown) {
    const error = firstError(thrown);
    screen[Symbol.dispose]();
    if (!(error instanceof Interrupted)) alert = errorAlert(error);
    if (error instanceof Interrupted && !flags.json)
      tellInterrupted(
        { kind: before.kind, target: targetOf(place.plan.shown, flags), dir: oneLine(shownPath(dir, world)) },
        world,
      );
    throw error;
  } finally {
    await journal.close();
    await writeReports({ place, dir }, flags, world);
    if (alert) await alerts.finished(alert);
  }
}
