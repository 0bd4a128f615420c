import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import type { Failure } from '../../src/core/failure.ts';
import { FAILURE_KINDS } from '../../src/core/failure.ts';
import { affords } from '../../src/core/policies/budget.ts';
import { retryAfter, type Patience } from '../../src/core/policies/retry.ts';
import { maySendBack } from '../../src/core/policies/send-back.ts';
import { stuckFindings } from '../../src/core/policies/stuck.ts';
import type { Cause, Work } from '../../src/core/run.ts';
import type { Settings } from '../../src/core/settings.ts';
import { called, failure, finding, opened, parsed, reviewed, runOf, started } from './facts.ts';
import { applied, closed, decided, resolved, sent } from './rounds.ts';

describe('after a failure, another try', () => {
  const IMPATIENT: Patience = { waitMs: 0, waitedMs: 0, waitedFor: null, metBefore: [] };

  it('is made at first', () => {
    expect(retryAfter([], IMPATIENT)).toEqual({ do: 'again' });
  });

  it.each(FAILURE_KINDS)('is made once after what passes, and never after the rest: %s', (kind) => {
    const passes = ['timeout', 'idle-timeout', 'disconnected', 'overloaded'].includes(kind);

    expect(retryAfter([failure(kind)], IMPATIENT)).toEqual({ do: passes ? 'again' : 'give-up' });
    expect(retryAfter([failure('timeout'), failure(kind)], IMPATIENT)).toEqual({ do: 'give-up' });
  });

  it('is not made where the same was met before on the same bytes', () => {
    expect(retryAfter([failure('timeout')], { ...IMPATIENT, metBefore: ['overloaded', 'timeout'] })).toEqual({
      do: 'give-up',
    });
    expect(retryAfter([failure('timeout')], { ...IMPATIENT, metBefore: ['overloaded'] })).toEqual({
      do: 'again',
    });
    expect(retryAfter([], { ...IMPATIENT, metBefore: ['timeout'] })).toEqual({ do: 'again' });
  });

  describe('after a usage limit', () => {
    function limit(rest: Partial<Failure> = {}): Failure {
      return failure('usage-limit', { resets_at: '2026-01-01T10:00:00Z', resets_in_ms: 60_000, ...rest });
    }

    it.each([
      ['waits as long as the user allowed', limit(), { waitMs: 60_000, waitedMs: 0 }, 'wait'],
      ['does not wait longer', limit(), { waitMs: 59_999, waitedMs: 0 }, 'give-up'],
      ['counts what was waited before', limit(), { waitMs: 90_000, waitedMs: 30_001 }, 'give-up'],
      [
        'does not wait for an unknown time',
        limit({ resets_at: null, resets_in_ms: null }),
        { waitMs: 60_000, waitedMs: 0 },
        'give-up',
      ],
      ['does not wait unless it was told to', limit(), {}, 'give-up'],
      [
        'does not wait for the same limit again',
        limit(),
        { waitMs: 3_600_000, waitedFor: '2026-01-01T09:00:01Z' },
        'give-up',
      ],
      [
        'waits for another one, which resets much later',
        limit(),
        { waitMs: 3_600_000, waitedFor: '2026-01-01T09:00:00Z' },
        'wait',
      ],
      [
        'does not wait when only the span is known',
        limit({ resets_at: null }),
        { waitMs: 60_000, waitedMs: 0 },
        'give-up',
      ],
      [
        'does not wait when only the hour is known',
        limit({ resets_in_ms: null }),
        { waitMs: 60_000, waitedMs: 0 },
        'give-up',
      ],
      [
        'does not wait for anything but a usage limit, whatever time it names',
        limit({ kind: 'auth' }),
        { waitMs: 60_000, waitedMs: 0 },
        'give-up',
      ],
    ])('%s', (_, last, patience, expected) => {
      expect(retryAfter([last], { ...IMPATIENT, ...patience }).do).toBe(expected);
    });

    it('says until when', () => {
      expect(retryAfter([failure('timeout'), limit()], { ...IMPATIENT, waitMs: 60_000 })).toEqual({
        do: 'wait',
        until: '2026-01-01T10:00:00Z',
      });
    });
  });
});

describe('a budget', () => {
  const TOKENS = { input: 60, cached: 50, output: 40 };

  function spending(limits: Partial<Settings>, ...calls: (readonly Fact[])[]): boolean[] {
    const run = runOf([started(limits), opened(1), ...calls.flat()]);
    return [1, 2].map((more) => affords(run, more));
  }

  it.each([
    ['none is a limit', {}, [true, true]],
    ['of calls covers as many', { max_calls: 3 }, [true, true]],
    ['of calls covers one more', { max_calls: 2 }, [true, false]],
    ['of calls is used up', { max_calls: 1 }, [false, false]],
    ['of minutes covers a call as long as there are some left', { max_minutes: 2.01 }, [true, true]],
    ['of minutes is used up', { max_minutes: 2 }, [false, false]],
    ['of no minutes covers nothing', { max_minutes: 0 }, [false, false]],
    ['of tokens counts input and output', { max_tokens: 101 }, [true, true]],
    ['of tokens is used up', { max_tokens: 100 }, [false, false]],
    ['is the smallest of several', { max_calls: 9, max_tokens: 100 }, [false, false]],
  ] as const)('%s', (_, limits, covers) => {
    const review = called(1, 'review-1', { tokens: TOKENS, duration_ms: 120_000 });

    expect(spending(limits, review)).toEqual(covers);
  });

  it('counts calls that failed, and those that are under way', () => {
    const failed = called(1, 'review-1', { failure: failure('timeout') });

    expect(spending({ max_calls: 2 }, failed)).toEqual([true, false]);
    expect(spending({ max_calls: 2 }, failed.slice(0, 1))).toEqual([true, false]);
  });

  it('does not count waiting', () => {
    const waited: Fact = {
      type: 'limit.waited',
      round: 1,
      until: '2026-01-01T10:00:00Z',
      waited_ms: 3_600_000,
    };

    expect(spending({ max_minutes: 1 }, [waited])).toEqual([true, true]);
  });

  it('takes calls without a count for calls without tokens', () => {
    expect(spending({ max_tokens: 1 }, called(1, 'review-1'))).toEqual([true, true]);
  });
});

describe('an implementer', () => {
  function may(cause: Cause, before: readonly Cause[], limits: Partial<Settings> = {}): boolean {
    const work: Work = {
      findings: ['F1'],
      expanded: [],
      design: [],
      guard: [],
      reverts: [],
      sentBack: before.map((sentFor) => ({ cause: sentFor, problem: '' })),
    };
    return maySendBack(runOf([started(limits), opened(1)]), work, cause);
  }

  it('is asked again once for each cause', () => {
    expect(may('noop', [])).toBe(true);
    expect(may('noop', ['drift', 'unfit'])).toBe(true);
    expect(may('noop', ['noop'])).toBe(false);
    expect(may('noop', ['drift', 'noop'])).toBe(false);
  });

  it('is asked again three times at most', () => {
    expect(may('skipped', ['noop', 'unfit', 'drift'])).toBe(false);
  });

  it('is asked again only if the budget covers the look as well', () => {
    expect(may('noop', [], { max_calls: 2 })).toBe(true);
    expect(may('noop', [], { max_calls: 1 })).toBe(false);
  });
});

describe('a finding', () => {
  function stuckIn(round: number, ...facts: (Fact | readonly Fact[])[]): unknown {
    return stuckFindings(runOf([started(), ...facts.flat()]), round);
  }

  it('is not stuck when it is new', () => {
    expect(stuckIn(1, reviewed(1, [finding('F1')]))).toEqual([]);
    expect(stuckIn(2, resolved(1, ['F1']), reviewed(2, [finding('F2')]))).toEqual([]);
  });

  it('is stuck when it was sent in the round before', () => {
    expect(stuckIn(2, resolved(1, ['F1', 'F2']), reviewed(2, [finding('F3'), finding('F1')]))).toEqual([
      { id: 'F1', isRegression: false },
    ]);
  });

  it('is a regression when it was absent in between', () => {
    expect(stuckIn(3, resolved(1), resolved(2, ['F2']), reviewed(3, [finding('F1')]))).toEqual([
      { id: 'F1', isRegression: true },
    ]);
  });

  it.each(['filtered', 'void', 'settled'] as const)('is not stuck when it is %s', (gate) => {
    expect(stuckIn(2, resolved(1), reviewed(2, [finding('F1', { gate })]))).toEqual([]);
  });

  it('is not stuck when it was recorded, and never sent', () => {
    const quiet = [opened(1), parsed(1, [finding('F1', { gate: 'filtered' })]), closed(1)];

    expect(stuckIn(2, quiet, reviewed(2, [finding('F1')]))).toEqual([]);
  });

  it('is not stuck when the round it was sent in was dropped: nothing was fixed', () => {
    expect(stuckIn(2, sent(1), closed(1, 'dropped'), reviewed(2, [finding('F1')]))).toEqual([]);
  });

  it('is not asked about again once the user said to go on with it', () => {
    const answer = decided('stuck', 'continue', ['F1']);
    const again = [opened(3), applied(2, ['F1']), closed(2), parsed(3, [finding('F1'), finding('F2')])];

    expect(stuckIn(3, resolved(1, ['F1', 'F2']), reviewed(2, [finding('F1')]), answer, again)).toEqual([
      { id: 'F2', isRegression: true },
    ]);
  });
});
