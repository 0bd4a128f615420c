import type { Failure, FailureKind } from '../failure.ts';

/** Failures that another try may not meet again; the agents have retried each of them themselves already. */
const PASSING: readonly FailureKind[] = ['timeout', 'idle-timeout', 'disconnected', 'overloaded'];

/** A limit that resets this much later than one that was waited for is another limit. */
const OTHER_LIMIT_MS = 3_600_000;

export type Retry =
  | { readonly do: 'again' }
  | { readonly do: 'wait'; readonly until: string }
  | { readonly do: 'give-up' };

export type Patience = {
  /** How long usage limits may be waited for in all, and how long they were. */
  readonly waitMs: number;
  readonly waitedMs: number;
  /** When the limit that was waited for last was to reset; null where no answer is still due after a wait. */
  readonly waitedFor: string | null;
  /** What the same bytes met in the same role before, without an answer since. */
  readonly metBefore: readonly FailureKind[];
};

/**
 * One more try after a timeout, a disconnect or overload, unless the same was met before on these bytes; a usage limit is
 * waited for as long as the user allowed, and the same one not twice.
 */
export function retryAfter(failures: readonly Failure[], patience: Patience): Retry {
  const last = failures.at(-1);
  if (!last) return { do: 'again' };
  if (last.kind === 'usage-limit') return afterLimit(last, patience);
  const isNew = failures.length === 1 && !patience.metBefore.includes(last.kind);
  return isPassing(last.kind) && isNew ? { do: 'again' } : { do: 'give-up' };
}

/** May the same call fare better a moment later? */
export function isPassing(kind: FailureKind): boolean {
  return PASSING.includes(kind);
}

function afterLimit({ resets_at: until, resets_in_ms: left }: Failure, patience: Patience): Retry {
  if (until === null || left === null) return { do: 'give-up' };
  const { waitMs, waitedMs, waitedFor } = patience;
  const isSame = waitedFor !== null && Date.parse(until) - Date.parse(waitedFor) < OTHER_LIMIT_MS;
  return left + waitedMs <= waitMs && !isSame ? { do: 'wait', until } : { do: 'give-up' };
}
