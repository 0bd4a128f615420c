import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import {
  after,
  callFinished,
  callStarted,
  called,
  editsRead,
  endingAfter,
  failedCall,
  failure,
  finding,
  reviewed,
  started,
} from './facts.ts';
import { applied, closed, committed, drift, resolved, sent } from './rounds.ts';

function fix(call: string, problem: string | null): object {
  return {
    do: 'call',
    calls: [{ call, role: 'implementer', purpose: 'fix', seat: 0, isRepeat: false, problem }],
  };
}

describe('a budget', () => {
  it.each([
    ['covers a review', { max_calls: 1 }, [], 'open-round'],
    ['covers a fix and the look at it', { max_calls: 3 }, reviewed(1, [finding('F1')]), 'accept-findings'],
    ['covers a fix, but not the look at it', { max_calls: 2 }, reviewed(1, [finding('F1')]), 'close-round'],
    ['covers the next review', { max_calls: 3 }, resolved(1), 'open-round'],
  ] as const)('%s', (_, limits, facts, step) => {
    expect(after(started(limits), facts).do).toBe(step);
  });

  const SPENT = { duration_ms: 60_000, tokens: { input: 90, cached: 0, output: 10 } };

  it.each([
    ['calls', { max_calls: 2 }],
    ['minutes', { max_minutes: 1 }],
    ['tokens', { max_tokens: 100 }],
  ])('of %s ends the run before a fix that it does not cover', (_, limits) => {
    const [first, ...review] = reviewed(1, [finding('F1')]);
    if (!first) throw new Error('A round begins.');
    const facts = [started(limits), first, ...called(1, 'review-1', SPENT), ...review.slice(2)];

    expect(endingAfter(facts, closed(1, 'reviewed'))).toEqual(['completed_cap', 'budget', 1]);
  });

  it('that a fix used up still covers the look at it', () => {
    const round = [
      ...sent(1),
      ...called(1, 'fix-1', SPENT),
      editsRead(1, 'fits'),
      drift(1, []),
      applied(1, ['F1']),
      committed(1),
      closed(1),
    ];

    expect(after(started({ max_tokens: 100 }), round)).toMatchObject({
      do: 'call',
      calls: [{ purpose: 'last-look' }],
    });
  });

  it('makes no other try at a fix that would leave none for the look', () => {
    const timedOut = [...sent(1), ...failedCall(1, 'fix-1', 'timeout')];

    expect(after(started({ max_calls: 4 }), timedOut)).toEqual(fix('fix-2', null));
    expect(endingAfter(started({ max_calls: 3 }), timedOut)).toEqual(['aborted_implementer_error', 6]);
  });

  it('makes no extra call that would leave none for the look', () => {
    const noop = [...sent(1), ...called(1, 'fix-1'), editsRead(1, 'noop')];

    expect(after(started({ max_calls: 4 }), noop)).toEqual(fix('fix-2', 'The edits are noop.'));
    expect(endingAfter(started({ max_calls: 3 }), noop)).toEqual(['aborted_implementer_noop', 6]);
  });

  it('makes no other try at a review that it does not cover', () => {
    const timedOut = [...reviewed(1, []).slice(0, 1), ...failedCall(1, 'review-1', 'timeout')];

    expect(endingAfter(started({ max_calls: 1 }), timedOut)).toEqual(['aborted_codex_error', 4]);
  });

  it('is looked at again after waiting for a limit', () => {
    const limit = failure('usage-limit', { resets_at: '2026-01-01T10:00:00Z', resets_in_ms: 1 });
    const waited: readonly Fact[] = [
      ...reviewed(1, []).slice(0, 1),
      callStarted(1, 'review-1'),
      callFinished(1, 'review-1', { failure: limit }),
      { type: 'limit.waited', round: 1, until: '2026-01-01T10:00:00Z', waited_ms: 1 },
    ];

    expect(endingAfter(started({ max_calls: 1, wait_for_limit_ms: 10 }), waited)).toEqual([
      'completed_cap',
      'budget',
      1,
    ]);
  });
});
