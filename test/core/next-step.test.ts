import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import {
  after,
  callStarted,
  called,
  endingAfter,
  failedCall,
  failure,
  finding,
  opened,
  reviewed,
  started,
  unreadable,
} from './facts.ts';
import { closed, committed, decided, looked, resolved, sent, skipped } from './rounds.ts';

const LIMIT = { resets_at: '2026-01-01T10:00:00Z', resets_in_ms: 60_000 };

function call(name: string, role: string, purpose: string, rest: object = {}): object {
  return {
    do: 'call',
    calls: [{ call: name, role, purpose, seat: 0, isRepeat: false, problem: null, ...rest }],
  };
}

const REVIEW = call('review-1', 'reviewer', 'review');

describe('a run begins', () => {
  it('with its first round', () => {
    expect(after(started())).toEqual({ do: 'open-round', round: 1, mode: 'review' });
  });

  it.each(['modified', 'untracked', 'partly-staged'] as const)(
    'with a question where the plan is %s',
    (dirty) => {
      expect(after(started({}, { dirty }))).toMatchObject({
        do: 'ask',
        question: {
          name: 'dirty',
          about: ['docs/plans/foo.md'],
          options: ['baseline', 'fail'],
          fallback: 'baseline',
        },
      });
    },
  );

  it('without that question where nothing is committed, and in a single review', () => {
    expect(after(started({ commit: false }, { dirty: 'modified' }))).toEqual({
      do: 'open-round',
      round: 1,
      mode: 'review',
    });
    expect(after(started({}, { dirty: 'modified', kind: 'review' }))).toEqual({
      do: 'open-round',
      round: 1,
      mode: 'review',
    });
  });

  it('with a commit of the draft once the user said so', () => {
    const dirty = [started({}, { dirty: 'modified' }), decided('dirty', 'baseline')];

    expect(after(dirty)).toEqual({ do: 'commit', kind: 'draft' });
    expect(after(dirty, committed(0, { kind: 'draft', plan_sha256: 'plan-0' }))).toEqual({
      do: 'open-round',
      round: 1,
      mode: 'review',
    });
    expect(after(dirty, skipped(0, 'draft'))).toEqual({ do: 'open-round', round: 1, mode: 'review' });
  });

  it('not at all once the user said no', () => {
    const no = decided('dirty', 'fail');

    expect(after(started({}, { dirty: 'modified' }), no)).toEqual({
      do: 'rest',
      ending: { kind: 'paused', decision: no },
    });
  });
});

describe('a reviewer', () => {
  const ROUND = [started(), opened(1)];
  const CALLED = [...ROUND, ...called(1, 'review-1')];
  const UNREAD = [...CALLED, unreadable(1, 'review-1')];

  it('is called, and the call is taken up again until it has ended', () => {
    expect(after(ROUND)).toEqual(REVIEW);
    expect(after(ROUND, callStarted(1, 'review-1'))).toEqual(
      call('review-1', 'reviewer', 'review', { isRepeat: true }),
    );
  });

  it('is read, once it has answered', () => {
    expect(after(CALLED)).toEqual({ do: 'read-review' });
  });

  it('is asked once more with the problem, where it cannot be read', () => {
    expect(after(UNREAD)).toEqual(call('review-2', 'reviewer', 'review', { problem: 'It is empty.' }));
    expect(after(UNREAD, called(1, 'review-2'))).toEqual({ do: 'read-review' });
  });

  it('has failed when it cannot be read twice', () => {
    expect(endingAfter(UNREAD, called(1, 'review-2'), unreadable(1, 'review-2'))).toEqual([
      'aborted_malformed_output',
      5,
    ]);
  });

  it.each(['timeout', 'idle-timeout', 'disconnected', 'overloaded'] as const)(
    'is tried once again after what passes: %s',
    (kind) => {
      const once = [...ROUND, ...failedCall(1, 'review-1', kind)];

      expect(after(once)).toEqual(call('review-2', 'reviewer', 'review'));
      expect(endingAfter(once, failedCall(1, 'review-2', kind))).toEqual(['aborted_codex_error', 4]);
    },
  );

  it.each([
    ['auth', 4],
    ['usage-limit', 4],
    ['quota', 4],
    ['unknown-model', 4],
    ['context-too-long', 4],
    ['too-large', 4],
    ['refused', 4],
    ['bad-request', 4],
    ['crashed', 4],
    ['missing', 3],
    ['too-old', 3],
  ] as const)('is given up after the rest: %s', (kind, code) => {
    expect(endingAfter(ROUND, failedCall(1, 'review-1', kind))).toEqual(['aborted_codex_error', code]);
  });

  it('is waited for when its limit resets in the time the user allowed', () => {
    const limited = [
      started({ wait_for_limit_ms: 60_000 }),
      opened(1),
      ...failedCall(1, 'review-1', 'usage-limit', LIMIT),
    ];
    const waited: Fact = { type: 'limit.waited', round: 1, until: LIMIT.resets_at, waited_ms: 60_000 };

    expect(after(limited)).toEqual({ do: 'wait', until: LIMIT.resets_at });
    expect(after(limited, waited)).toEqual(call('review-2', 'reviewer', 'review'));
    expect(endingAfter(limited, waited, failedCall(1, 'review-2', 'usage-limit', LIMIT))).toEqual([
      'aborted_codex_error',
      4,
    ]);
  });
});

describe('the next round', () => {
  it('follows one that fixed something', () => {
    expect(after(started(), resolved(1))).toEqual({ do: 'open-round', round: 2, mode: 'review' });
  });

  it('is clean when nothing is left', () => {
    expect(endingAfter(started(), resolved(1), reviewed(2, []), closed(2, 'reviewed'))).toEqual([
      'completed_clean',
      0,
    ]);
  });

  it('does not follow when the implementer declined everything', () => {
    expect(endingAfter(started(), sent(1), closed(1, 'unedited'))).toEqual(['completed_cap', 'declined', 1]);
  });

  it('follows one that was dropped', () => {
    expect(after(started(), sent(1), closed(1, 'dropped'))).toEqual({
      do: 'open-round',
      round: 2,
      mode: 'review',
    });
  });
});

describe('after the last permitted fix', () => {
  const LAST = [started({ max_rounds: 1 }), ...resolved(1)];
  const LOOK = call('last-look-1', 'verifier', 'last-look');

  it('the verifier looks at it once', () => {
    expect(after(LAST)).toEqual(LOOK);
    expect(after(LAST, called(1, 'last-look-1'))).toEqual({
      do: 'take-last-look',
      call: 'last-look-1',
      problem: null,
    });
  });

  it.each([
    ['approves', looked(1)],
    ['raises something', looked(1, [finding('F2')])],
    ['failed', looked(1, [], 'It failed: auth.')],
  ])('the run ends at its cap, though the look %s', (_, look) => {
    expect(endingAfter(LAST, called(1, 'last-look-1'), look)).toEqual(['completed_cap', 'cap', 1]);
  });

  it('what the look raises is parked, never acted on', () => {
    const look = looked(1, [finding('F2'), finding('F3', { gate: 'filtered' })]);

    expect(after(LAST, called(1, 'last-look-1'), look)).toMatchObject({
      outcome: { unresolved: [], parked: ['F2'] },
    });
  });

  it('a look that fails is tried again once, then given up, not the run', () => {
    const failed = [...LAST, ...failedCall(1, 'last-look-1', 'timeout')];

    expect(after(failed)).toEqual(call('last-look-2', 'verifier', 'last-look'));
    expect(after(failed, failedCall(1, 'last-look-2', 'timeout'))).toEqual({
      do: 'take-last-look',
      call: null,
      problem: failure('timeout').message,
    });
  });

  it('there is no look where the last round fixed nothing', () => {
    expect(endingAfter(started({ max_rounds: 1 }), sent(1), closed(1, 'dropped'))).toEqual([
      'completed_cap',
      'cap',
      1,
    ]);
  });
});
