import type { FactOf, Role, StopCard } from './fact.ts';
import type { Finding } from './finding.ts';
import type { Round, Run } from './run.ts';

/** What a round cost in one role: agent time in milliseconds, and tokens where anybody said. */
export function costOf(
  round: Round,
  role: Role,
): { readonly ms: number; readonly tokens: number | null; readonly calls: number } {
  const finished = round.calls.flatMap(({ finished: call }) => (call?.role === role ? [call] : []));
  const tokens = finished.flatMap(({ tokens: t }) => (t ? [t.input + t.output] : []));
  return {
    ms: finished.reduce((sum, { duration_ms: ms }) => sum + ms, 0),
    tokens: tokens.length === 0 ? null : tokens.reduce((sum, n) => sum + n, 0),
    calls: round.calls.filter(({ started }) => started.role === role).length,
  };
}

/** The findings of a round that were to be acted on. */
export function actionableOf(round: Round): FactOf<'review.parsed'>['findings'] {
  return round.review?.findings.filter(({ gate }) => gate === 'actionable') ?? [];
}

/** `abc1234..def5678`: the commits a run made, from the commit before its first; null when it made none. */
export function commitRange(run: Run): string | null {
  const first = run.commits[0];
  const last = run.commits.at(-1);
  if (!first || !last) return null;
  const before = run.started.repo?.state.head;
  return before ? `${before.slice(0, 7)}..${last.sha.slice(0, 7)}` : last.sha.slice(0, 7);
}

/**
 * Findings by the round they were first raised in: two series, never one. What fixes cause says nothing about how much is
 * left of what was there.
 */
export function seriesText({ author, fixes }: Pick<StopCard, 'author' | 'fixes'>, dot: string): string {
  return `author's text ${author.join(' ')} ${dot} text of our fixes ${fixes.join(' ')}`;
}

/** How many of some findings are in text that fixes of this run wrote; said only where one is. */
export function inFixes(findings: readonly Pick<Finding, 'generation'>[]): string[] {
  const induced = findings.filter(({ generation }) => generation > 0).length;
  return induced > 0 ? [`${induced} in our fixes`] : [];
}
