import type { Ending } from '../core/step.ts';
import type { Run } from '../core/run.ts';
import { UserError } from '../errors.ts';
import { oneLine, truncate } from '../lib/text.ts';
import { runProcess } from '../process/run-process.ts';
import type { Resolution } from './resolve.ts';
import { valueOf } from './settings.ts';
import type { World } from './world.ts';

/** What somebody who looked away should hear of: that it is over, or that a question waits. */
export type Alert = {
  readonly event: 'finished' | 'question';
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** Null while the run goes on. */
  readonly exitCode: number | null;
};

/** Calls for whoever looked away. Nothing of it changes what becomes of the run. */
export type Alerts = {
  /** Calls, and does not wait: a prompt is to be seen at once. */
  readonly questionWaits: (message: string) => void;
  /** Calls, waits until all that was called for has ended, and says what of it failed. */
  readonly finished: (alert: Alert) => Promise<void>;
};

type About = {
  readonly run: string;
  /** The plan's real path. */
  readonly plan: string;
  readonly resolution: Resolution;
  /** Is there a terminal that can ring? */
  readonly isLive: boolean;
};

/** The longest time a notify command may take, in milliseconds. */
const LONGEST = 10_000;

/** A bell where there is a terminal, and the user's own command where one is set. */
export function openAlerts(about: About, world: World): Alerts {
  const command = valueOf(about.resolution, 'notify-command');
  const canRing = about.isLive && valueOf(about.resolution, 'bell') === true;
  const under: Promise<string | null>[] = [];
  const call = (alert: Alert): void => {
    if (canRing) world.stderr.write('\u0007');
    if (typeof command === 'string') under.push(notify(command, { ...about, ...alert }, world));
  };
  return {
    questionWaits: (message) =>
      call({ event: 'question', status: 'in_progress', reason: '', message, exitCode: null }),
    finished: async (alert) => {
      call(alert);
      const failed = new Set((await Promise.all(under)).filter((problem) => problem !== null));
      for (const problem of failed) world.stderr.write(`! ${problem}\n`);
    },
  };
}

/** How a run that ended, or rests, is told. */
export function endingAlert({ run, ending }: { run: Run; ending: Ending }, exitCode: number): Alert {
  if (ending.kind === 'finished') {
    const { status, reason, message } = ending.outcome;
    return { event: 'finished', status, reason: reason ?? '', message, exitCode };
  }
  const { question, reason } = ending.decision;
  const kind = run.kind === 'review' ? 'review' : 'run';
  return {
    event: 'finished',
    status: 'in_progress',
    reason: question,
    message: `The ${kind} rests. ${reason}`,
    exitCode,
  };
}

/** How one is told that could not go on. */
export function errorAlert(error: unknown): Alert {
  const known = error instanceof UserError ? error : null;
  return {
    event: 'finished',
    status: 'in_progress',
    reason: known?.code ?? 'bug',
    message: error instanceof Error ? error.message : String(error),
    exitCode: known?.exitCode ?? 70,
  };
}

/** Runs the user's command; what went wrong with it, in a sentence, if anything did. */
async function notify(
  command: string,
  { run, plan, event, status, reason, message, exitCode }: Alert & Pick<About, 'run' | 'plan'>,
  { cwd, env, redact, signals }: World,
): Promise<string | null> {
  const facts = {
    REFINE_PLAN_EVENT: event,
    REFINE_PLAN_STATUS: status,
    REFINE_PLAN_REASON: reason,
    REFINE_PLAN_PLAN: plan,
    REFINE_PLAN_RUN: run,
    REFINE_PLAN_MESSAGE: truncate(oneLine(redact(message)), 1000),
    REFINE_PLAN_EXIT_CODE: exitCode === null ? '' : String(exitCode),
  };
  try {
    const request = { file: 'sh', args: ['-c', command], cwd, env: { ...env, ...facts }, timeoutMs: LONGEST };
    const { ended, exitCode: code } = await runProcess(request, signals.signal);
    if (ended === 'timeout')
      return `The notify command was ended after ${LONGEST / 1000} seconds: ${oneLine(command)}`;
    return ended === 'exit' && code === 0
      ? null
      : `The notify command failed (${code === null ? 'it was ended' : `exit code ${code}`}): ${oneLine(command)}`;
  } catch {
    return null; // The program was interrupted, and says so itself.
  }
}
