import type { Failure, FailureKind } from '../failure.ts';

/** Failures that another try may not meet again; the agents have retried each of them themselves already. */
const PASSING: readonly FailureKind[] = ['timeout', 'idle-timeout', 'disconnected', 'overloaded'];

export type Retry =
  | { readonly do: 'again' }
  | { readonly do: 'wait'; readonly until: string }
  | { readonly do: 'give-up' };

/** One more try after a timeout, a disconnect or overload; a usage limit is waited for as long as the user allowed. */
export function retryAfter(
  failures: readonly Failure[],
  patience: { readonly waitMs: number; readonly waitedMs: number },
): Retry {
  const last = failures.at(-1);
  if (!last) return { do: 'again' };
  if (last.kind === 'usage-limit' && last.resets_at !== null && last.resets_in_ms !== null) {
    const fits = last.resets_in_ms + patience.waitedMs <= patience.waitMs;
    return fits ? { do: 'wait', until: last.resets_at } : { do: 'give-up' };
  }
  return PASSING.includes(last.kind) && failures.length === 1 ? { do: 'again' } : { do: 'give-up' };
}
