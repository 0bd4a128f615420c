import { formatDuration } from '../lib/duration.ts';
import { count, oneLine } from '../lib/text.ts';
import type { Run } from '../core/run.ts';
import type { Notice } from '../ports.ts';
import { progressText } from './progress.ts';
import type { Theme } from './theme.ts';
import { atWork, sideBySide } from './under-way.ts';

/** A run among several: what it is of, and how it goes. */
export type RunRow = {
  readonly id: string;
  /** The plan's path as the user would type it. */
  readonly plan: string;
  readonly status: string;
  readonly rounds: number;
  /** Of a run that somebody works on. */
  readonly live: LiveRun | null;
};

export type LiveRun = {
  readonly run: Run;
  readonly notices: readonly Notice[];
  readonly activity: string | undefined;
  /** Milliseconds since that began, and since the run did. */
  readonly stepMs: number;
  readonly runMs: number;
};

/** Two lines for a run that goes on, one for any other. */
export function runRow({ id, plan, status, rounds, live }: RunRow, theme: Theme): string[] {
  const { dot, colors } = theme;
  if (!live) return [`${id}  ${status}, ${count(rounds, 'round')}  ${oneLine(plan)}`];
  const now = nowText(live.notices);
  const parts = [
    now === '' ? '' : `${now} ${formatDuration(live.stepMs)}`,
    live.activity ?? '',
    progressText(live.run, theme),
    `${formatDuration(live.runMs)} so far`,
  ];
  return [
    `${colors.bold(id)}  ${oneLine(plan)}`,
    `  ${parts.filter((part) => part !== '').join(` ${dot} `)}`,
  ];
}

function nowText(notices: readonly Notice[]): string {
  const [first] = notices;
  switch (first?.type) {
    case 'call-began':
      return notices.length === 1
        ? atWork(first.agent, first.purpose)
        : sideBySide(notices.length, first.purpose);
    case 'commit-began':
      return 'committing';
    case 'limit-wait-began':
      return `waiting for a usage limit to reset at ${new Date(first.until).toTimeString().slice(0, 5)},`;
    case 'question-waits':
      return `a question waits where it runs: ${oneLine(first.message)}`;
    default:
      return '';
  }
}
