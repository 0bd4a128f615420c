import type { Outcome, StopCard } from '../core/fact.ts';
import { stopCard } from '../core/stop-card.ts';
import { planChanges, type PlanChange } from './plan-changes.ts';
import { refusalsOf, type Refusal } from './refusals.ts';
import type { ReportSource } from './source.ts';
import { toldCalls, type ToldCall } from './told-calls.ts';
import { toldFindings, type ToldFinding } from './told-finding.ts';
import { nextAction, verdict } from './verdict.ts';

/** good: nothing is left. left: the job was done and work remains. stopped: it could not be done. running: it is not over. */
export type Tone = 'good' | 'left' | 'stopped' | 'running';

/** The same as a sign: colour is never the only one. */
export const TONE_MARKS: Record<Tone, string> = { good: '✓', left: '◆', stopped: '✕', running: '…' };

/** A run as every report tells it. */
export type Story = {
  readonly source: ReportSource;
  readonly tone: Tone;
  /** Null while the run is not over. */
  readonly outcome: Outcome | null;
  readonly verdict: string;
  /** The cause, in a sentence. */
  readonly message: string;
  readonly next: string;
  readonly card: StopCard;
  readonly startedAt: string;
  /** When the last fact was written. */
  readonly lastAt: string;
  readonly findings: readonly ToldFinding[];
  readonly refusals: readonly Refusal[];
  readonly calls: readonly ToldCall[];
  readonly changes: readonly PlanChange[];
};

/** Puts together what a run comes to. */
export function storyOf(source: ReportSource): Story {
  const { run, facts } = source;
  return {
    source,
    ...endingOf(source),
    card: stopCard(run),
    startedAt: facts[0]?.ts ?? '',
    lastAt: facts.at(-1)?.ts ?? '',
    findings: toldFindings(source),
    refusals: refusalsOf(facts),
    calls: toldCalls(facts),
    changes: planChanges(source),
  };
}

function endingOf({
  run,
  where,
}: ReportSource): Pick<Story, 'tone' | 'outcome' | 'verdict' | 'message' | 'next'> {
  const { position } = run;
  if (position.at === 'finished') {
    const { outcome } = position;
    return {
      tone: toneOf(outcome),
      outcome,
      verdict: verdict(run, outcome),
      message: outcome.message,
      next: nextAction(run, outcome, where.target),
    };
  }
  const isReview = run.kind === 'review';
  return {
    tone: 'running',
    outcome: null,
    verdict: `The ${isReview ? 'review' : 'run'} is not finished: it is ${position.at}, in round ${run.rounds.length}`,
    message: run.paused
      ? `It rests. ${run.paused.reason}`
      : 'It is running, or was interrupted; nothing is lost.',
    next: `${isReview ? 'Start it again with: refine-plan review' : 'Go on with: refine-plan resume'} ${where.target}`,
  };
}

/** Is it an error by itself: a run that could not do its job, or that fails with nothing left to point at? */
export function isError({ tone, outcome }: Pick<Story, 'tone' | 'outcome'>): boolean {
  return tone === 'stopped' || (tone === 'left' && outcome?.reason === 'void');
}

function toneOf({ status, exit_code: code }: Outcome): Tone {
  if (code === 0) return 'good';
  return status.startsWith('completed_') ? 'left' : 'stopped';
}
