import type { Run } from '../run.ts';

/**
 * Does the budget allow this many more calls? Calls are counted; minutes (of agent calls, waiting excluded) and tokens
 * (input and output) must not be used up yet. Null limits are no limits.
 */
export function affords(run: Run, calls: number): boolean {
  const { max_calls: maxCalls, max_minutes: maxMinutes, max_tokens: maxTokens } = run.settings;
  const { spent } = run;
  if (maxCalls !== null && spent.calls + calls > maxCalls) return false;
  if (maxMinutes !== null && spent.ms >= maxMinutes * 60_000) return false;
  return maxTokens === null || (spent.tokens?.input ?? 0) + (spent.tokens?.output ?? 0) < maxTokens;
}
