import type { FactOf } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Ending } from '../core/step.ts';
import { briefSummary, summary, type SummaryStyle } from '../report/summary.ts';
import type { Theme } from '../ui/theme.ts';
import type { World } from './world.ts';

export type Ended = {
  readonly run: Run;
  readonly ending: Ending;
  readonly style: SummaryStyle;
  readonly theme: Theme;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
};

/** Says how a run ended, and returns its exit code. A run that rests is not over: it says how to go on. */
export function tellEnding({ run, ending, style, isJson, isQuiet }: Ended, world: World): number {
  if (ending.kind === 'finished') {
    const { outcome } = ending;
    const text = isQuiet ? briefSummary(run, outcome, style) : `\n${summary(run, outcome, style)}`;
    if (!isJson) world.stderr.write(text);
    return outcome.exit_code;
  }
  if (!isJson) world.stderr.write(pausedText(run.kind, ending.decision, style));
  return 3;
}

/** What a run that rests says: nothing is lost, and how to go on. */
export function pausedText(
  kind: Run['kind'],
  { flag, question, options }: FactOf<'decision'>,
  { target, stateDir }: SummaryStyle,
): string {
  if (kind === 'review')
    return `${REVIEW_VOID}\nState    ${stateDir}\nNext     refine-plan review ${target}\n`;
  const other = question === 'external_edit' ? 'take' : question === 'repo_change' ? 'continue' : 'baseline';
  const next = options.includes(other)
    ? `refine-plan resume ${target}   (or with ${flag} ${other})`
    : `Put the plan right, then run: refine-plan resume ${target}`;
  return `The run rests; nothing is lost.\nState    ${stateDir}\nNext     ${next}\n`;
}

/** Why a review that came to its end gave no verdict. */
export const REVIEW_VOID = 'What was reviewed has changed under the review, so its answer does not count.';

type Interruption = { readonly kind: Run['kind']; readonly target: string; readonly dir: string };

/** What an interrupted run leaves on the screen: where it is kept, and how to go on. A review is begun anew. */
export function tellInterrupted({ kind, target, dir }: Interruption, world: World): void {
  const next = `refine-plan ${kind === 'review' ? 'review' : 'resume'} ${target}`;
  const how = kind === 'review' ? 'Start again' : 'Go on';
  world.stderr.write(`\nInterrupted. What was recorded is kept in ${dir}\n${how} with: ${next}\n`);
}
