import type { FactOf } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Ending } from '../core/step.ts';
import { summary } from '../report/summary.ts';
import type { Theme } from '../ui/theme.ts';
import type { World } from './world.ts';

export type Ended = {
  readonly run: Run;
  readonly ending: Ending;
  readonly dir: string;
  readonly theme: Theme;
  readonly isJson: boolean;
};

/** Says how a run ended, and returns its exit code. A run that rests is not over: it says how to go on. */
export function tellEnding({ run, ending, dir, theme, isJson }: Ended, world: World): number {
  if (ending.kind === 'finished') {
    const style = { isUnicode: theme.isUnicode, double: theme.double, stateDir: dir };
    if (!isJson) world.stderr.write(`\n${summary(run, ending.outcome, style)}`);
    return ending.outcome.exit_code;
  }
  if (!isJson) world.stderr.write(pausedText(ending.decision, run.started.plan.relative, dir));
  return 3;
}

function pausedText({ flag, question }: FactOf<'decision'>, plan: string, dir: string): string {
  const other = question === 'external_edit' ? 'take' : question === 'repo_change' ? 'continue' : 'baseline';
  return `The run rests; nothing is lost.\nState    ${dir}\nNext     refine-plan resume ${plan}   (or with ${flag} ${other})\n`;
}

/** What an interrupted run leaves on the screen: where it is kept, and how to go on. */
export function tellInterrupted(plan: string, dir: string, world: World): void {
  world.stderr.write(
    `\nInterrupted. What was recorded is kept in ${dir}\nGo on with: refine-plan resume ${plan}\n`,
  );
}
