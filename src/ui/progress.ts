import { formatDuration } from '../lib/duration.ts';
import { count } from '../lib/text.ts';
import { seriesText } from '../core/narrate.ts';
import type { Run } from '../core/run.ts';
import { stopCard } from '../core/stop-card.ts';
import type { Theme } from './theme.ts';

/** Where a run stands in a few words: its round, what was found so far, and what is left of its budget. */
export function progressText(run: Run, { dot }: Pick<Theme, 'dot'>): string {
  const { author, fixes } = stopCard(run);
  const hasFound = [...author, ...fixes].some((found) => found > 0);
  const round = run.rounds.length;
  const left = budgetLeft(run);
  const parts = [
    run.kind === 'review' || round === 0 ? '' : `round ${round} of ${run.settings.max_rounds}`,
    hasFound ? seriesText({ author, fixes }, dot) : '',
    left === '' ? '' : `${left} left`,
  ];
  return parts.filter((part) => part !== '').join(` ${dot} `);
}

/** What may still be spent, of each budget that was set. */
function budgetLeft({ settings, spent }: Run): string {
  const { max_calls: calls, max_minutes: minutes, max_tokens: tokens } = settings;
  const used = (spent.tokens?.input ?? 0) + (spent.tokens?.output ?? 0);
  return [
    calls === null ? '' : count(Math.max(0, calls - spent.calls), 'call'),
    minutes === null ? '' : formatDuration(Math.max(0, minutes * 60_000 - spent.ms)),
    tokens === null ? '' : `${Math.max(0, tokens - used)} tokens`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
