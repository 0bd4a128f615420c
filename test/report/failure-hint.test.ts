import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../src/core/failure.ts';
import type { Fact } from '../../src/core/fact.ts';
import { reviewerFailed } from '../../src/core/outcome.ts';
import type { Settings } from '../../src/core/settings.ts';
import { failureHint } from '../../src/report/failure-hint.ts';
import { failedCall, failure, opened, runOf, started } from '../core/facts.ts';

const AT = '2026-01-01T10:00:00Z';
const LIMIT = { resets_at: AT, resets_in_ms: 90 * 60_000 };
const WHEN = `The limit resets at ${new Date(AT).toString().slice(0, 24)}.`;

function hint(kind: FailureKind, facts: readonly Fact[], settings: Partial<Settings> = {}): string[] {
  const run = runOf([started(settings), opened(1), ...facts]);
  return failureHint(run, reviewerFailed(run, failure(kind)));
}

describe('what to do about a failure that ended a run', () => {
  it.each<[string, Partial<typeof LIMIT> | Record<string, null>, Partial<Settings>, string]>([
    ['names what would wait for a limit', LIMIT, {}, `${WHEN} To have it waited for: --wait-for-limit 2h.`],
    [
      'names it where less was allowed',
      LIMIT,
      { wait_for_limit_ms: 3_600_000 },
      `${WHEN} To have it waited for: --wait-for-limit 2h.`,
    ],
    [
      'does not name it again after a wait in vain',
      LIMIT,
      { wait_for_limit_ms: 7_200_000 },
      `${WHEN} It had been waited for already, and was met again at once: go on later.`,
    ],
    [
      'says that nobody knows',
      {},
      { wait_for_limit_ms: 7_200_000 },
      'It is not known when the limit resets, so it cannot be waited for: go on later.',
    ],
  ])('%s', (_, limit, settings, said) => {
    expect(hint('usage-limit', failedCall(1, 'review-1', 'usage-limit', limit), settings)).toEqual([said]);
  });

  it('counts the tries of what was tried again, and says nothing of what was not', () => {
    const [first, second] = (['review-1', 'review-2'] as const).map((call) => failedCall(1, call, 'timeout'));

    expect(hint('timeout', [...(first ?? []), ...(second ?? [])])).toEqual([
      'It failed the same way 2 times on the same plan, so it was not asked again.',
    ]);
    expect(hint('timeout', first ?? [])).toEqual([]);
    expect(hint('refused', failedCall(1, 'review-1', 'refused'))).toEqual([]);
  });
});
