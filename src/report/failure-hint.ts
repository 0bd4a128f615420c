import type { Failure } from '../core/failure.ts';
import type { FactOf, Outcome } from '../core/fact.ts';
import { isPassing } from '../core/policies/retry.ts';
import type { Run } from '../core/run.ts';
import { agentLoggedOut } from '../errors/agents.ts';
import { count } from '../lib/text.ts';

/** What to do about the failed call that ended a run, where its own words do not say it. */
export function failureHint(run: Run, { message }: Outcome): string[] {
  const calls = run.rounds.at(-1)?.calls.flatMap(({ finished }) => finished ?? []) ?? [];
  const failed = calls.findLast(({ failure }) => failure?.message === message);
  if (!failed?.failure) return [];
  const { kind } = failed.failure;
  if (kind === 'auth') return loginHint(failed.agent);
  if (kind === 'usage-limit') return [limitHint(run, failed.failure)];
  return isPassing(kind) ? triesHint(calls, failed) : [];
}

function loginHint(agent: string): string[] {
  return agent === 'codex' || agent === 'claude' ? [agentLoggedOut(agent).hint] : [];
}

/** When the limit resets, in local time, and how to have it waited for. */
function limitHint({ settings, spent }: Run, { resets_at: at, resets_in_ms: left }: Failure): string {
  if (at === null || left === null)
    return 'It is not known when the limit resets, so it cannot be waited for: go on later.';
  const when = `The limit resets at ${new Date(at).toString().slice(0, 24)}.`;
  const needed = left + spent.waitedMs;
  if (needed <= settings.wait_for_limit_ms)
    return `${when} It had been waited for already, and was met again at once: go on later.`;
  return `${when} To have it waited for: --wait-for-limit ${Math.ceil(needed / 3_600_000)}h.`;
}

/** How often it was tried, where it was tried again. */
function triesHint(
  calls: readonly FactOf<'call.finished'>[],
  { role, failure }: FactOf<'call.finished'>,
): string[] {
  const tries = calls.filter((call) => call.role === role && call.failure?.kind === failure?.kind).length;
  return tries > 1
    ? [`It failed the same way ${count(tries, 'time')} on the same plan, so it was not asked again.`]
    : [];
}
