import type { Failure, FailureKind } from './failure.ts';
import { affords } from './policies/budget.ts';
import { retryAfter } from './policies/retry.ts';
import { nextCallId, type Asking, type Run } from './run.ts';
import type { Call } from './step.ts';

/** What a conversation with an agent comes to next. */
export type Move =
  | { readonly kind: 'answered'; readonly call: string }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'wait'; readonly until: string }
  /** The retry policy has given up. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** It answered, and twice nobody could read it; or the budget does not cover asking again. */
  | { readonly kind: 'unreadable'; readonly problem: string }
  /** The budget does not cover the first call. */
  | { readonly kind: 'unaffordable' };

/** How often an answer that cannot be read is asked for. */
const MOST_UNREADABLE = 2;

/** Asks an agent until it answers or the retry policy gives up. A call for a fix is made only if the look at it is covered. */
export function converse(run: Run, asking: Asking, problem: string | null = null): Move {
  if (asking.answered !== null) return { kind: 'answered', call: asking.answered };
  const unread = asking.unreadable.at(-1);
  const why = unread?.problem ?? problem;
  if (asking.pending !== null)
    return { kind: 'call', call: { ...callOf(asking), call: asking.pending, isRepeat: true, problem: why } };
  return askNext(run, asking, why);
}

/** The next try, or why there is none. */
function askNext(run: Run, asking: Asking, problem: string | null): Move {
  const retry = retryAfter(asking.failures, {
    waitMs: run.settings.wait_for_limit_ms,
    waitedMs: run.spent.waitedMs,
    waitedFor: asking.waitedFor,
    metBefore: metBefore(run, asking),
  });
  if (retry.do === 'wait') return { kind: 'wait', until: retry.until };
  const failure = asking.failures.at(-1);
  if (failure && retry.do === 'give-up') return { kind: 'failed', failure };
  const isAffordable = affords(run, asking.role === 'implementer' ? 2 : 1);
  const { length: unread } = asking.unreadable;
  if (unread > 0 && (unread >= MOST_UNREADABLE || !isAffordable))
    return { kind: 'unreadable', problem: unreadProblem(asking) };
  if (!isAffordable) return failure ? { kind: 'failed', failure } : { kind: 'unaffordable' };
  return {
    kind: 'call',
    call: { ...callOf(asking), call: nextCallId(run, asking.purpose), isRepeat: false, problem },
  };
}

/** What these bytes met in this role since its last answer, before this conversation: in another round, or before the run was reopened. */
function metBefore(run: Run, { role, purpose, seat, failures }: Asking): FailureKind[] {
  const bytes = run.rounds.at(-1)?.baseline.sha256;
  const calls = run.rounds
    .filter(({ baseline }) => baseline.sha256 === bytes)
    .flatMap((round) => round.calls)
    .filter(({ started }) => started.role === role && started.seat === seat)
    // A calibration looks at other bytes: a copy with planted defects.
    .filter(({ started }) => (started.purpose === 'calibrate') === (purpose === 'calibrate'))
    .flatMap(({ finished }) => finished ?? []);
  const unanswered = calls.slice(calls.findLastIndex(({ failure }) => failure === null) + 1);
  return unanswered
    .flatMap(({ failure }) => failure?.kind ?? [])
    .slice(0, Math.max(0, unanswered.length - failures.length));
}

function callOf({ role, purpose, seat }: Asking): Pick<Call, 'role' | 'purpose' | 'seat'> {
  return { role, purpose, seat };
}

/** What was wrong with the last answer, and why it is not asked for again. */
function unreadProblem({ unreadable }: Asking): string {
  const { problem = '', excerpt = '' } = unreadable.at(-1) ?? {};
  const budget = unreadable.length < MOST_UNREADABLE ? ' The budget does not cover asking again.' : '';
  return `${problem}${budget}${excerpt ? ` It begins: ${excerpt}` : ''}`;
}

/** A conversation that has not begun. */
export function notAsked(role: Asking['role'], purpose: Asking['purpose'], seat = 0): Asking {
  return {
    role,
    purpose,
    seat,
    pending: null,
    answered: null,
    failures: [],
    waitedFor: null,
    unreadable: [],
  };
}
