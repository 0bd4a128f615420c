import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import {
  accepted,
  after,
  callFinished,
  callStarted,
  called,
  editsRead,
  endingAfter,
  failedCall,
  failure,
  finding,
  opened,
  reviewed,
  started,
  unreadable,
} from './facts.ts';
import { closed, drift, fitting, resolved } from './rounds.ts';

/* Several reviewers, the person who confirms, and what is not tried or asked again. */

const LIMIT = { resets_at: '2026-01-01T10:00:00Z', resets_in_ms: 60_000 };

function call(name: string, role: string, purpose: string, rest: object = {}): object {
  return { call: name, role, purpose, seat: 0, isRepeat: false, problem: null, ...rest };
}

function calls(...made: object[]): object {
  return { do: 'call', calls: made };
}

describe('reviewers side by side', () => {
  const TWO = started({ further_reviewers: ['claude'], wait_for_limit_ms: 120_000 });
  const AT = [TWO, opened(1), callStarted(1, 'review-1', 0), callStarted(1, 'review-2', 1)];
  const FIRST = call('review-1', 'reviewer', 'review');
  const SECOND = call('review-2', 'reviewer', 'review', { seat: 1 });

  function finished(name: 'review-1' | 'review-2', seat: number, kind?: 'auth' | 'timeout'): Fact {
    return { ...callFinished(1, name, kind ? { failure: failure(kind) } : {}), seat };
  }

  function limited(name: 'review-1' | 'review-2', seat: number, hour: number): Fact {
    const resets_at = `2026-01-01T${hour}:00:00Z`;
    return { ...callFinished(1, name, { failure: failure('usage-limit', { ...LIMIT, resets_at }) }), seat };
  }

  it('are called at once, numbered one after the other, and read when both have answered', () => {
    expect(after(TWO, opened(1))).toEqual(calls(FIRST, SECOND));
    expect(after(AT, finished('review-1', 0))).toEqual(calls({ ...SECOND, isRepeat: true }));
    expect(after(AT, finished('review-1', 0), finished('review-2', 1))).toEqual({ do: 'read-review' });
  });

  it('are called as far as the budget goes', () => {
    const poor = started({ further_reviewers: ['claude', 'claude'], max_calls: 2 });

    expect(after(poor, opened(1))).toEqual(calls(FIRST, SECOND));
  });

  it('are read where one of them answered and the other cannot be reached', () => {
    expect(after(AT, finished('review-1', 0, 'auth'), finished('review-2', 1))).toEqual({
      do: 'read-review',
    });
  });

  it('are each tried again after what passes', () => {
    expect(after(AT, finished('review-1', 0, 'timeout'), finished('review-2', 1, 'timeout'))).toEqual(
      calls(call('review-3', 'reviewer', 'review'), call('review-4', 'reviewer', 'review', { seat: 1 })),
    );
  });

  it('are waited for until the last limit resets', () => {
    expect(after(AT, limited('review-1', 0, 11), limited('review-2', 1, 10))).toEqual({
      do: 'wait',
      until: '2026-01-01T11:00:00Z',
    });
  });

  it('end the run where none answered: by a failure rather than by an answer that nobody could read', () => {
    const failed = [...AT, finished('review-1', 0, 'auth'), finished('review-2', 1, 'auth')];
    const unread = [
      ...AT,
      finished('review-2', 1),
      unreadable(1, 'review-2'),
      finished('review-1', 0, 'auth'),
      { ...callStarted(1, 'review-3', 1) },
      { ...callFinished(1, 'review-3'), seat: 1 },
      unreadable(1, 'review-3'),
    ];

    expect(endingAfter(failed)).toEqual(['aborted_codex_error', 4]);
    expect(endingAfter(unread)).toEqual(['aborted_codex_error', 4]);
  });
});

describe('a person who confirms', () => {
  const RUN = started({ confirm: true });
  const AT = [RUN, ...reviewed(1, [finding('F1'), finding('F2')])];
  const went = (...dropped: string[]): Fact => ({
    type: 'findings.confirmed',
    round: 1,
    by: 'user',
    dropped: dropped.map((id) => ({ id, reason: 'Not now.' })),
    notes: [],
  });
  const saw = (applied: boolean): Fact => ({ type: 'edits.confirmed', round: 1, by: 'user', applied });
  const [, ...fits] = fitting(1, ['F1', 'F2']);

  it('goes over the findings first, and drops some', () => {
    expect(after(AT)).toEqual({ do: 'confirm-findings', findings: ['F1', 'F2'] });
    expect(after(AT, went('F2'))).toMatchObject({
      do: 'accept-findings',
      findings: ['F1'],
      handedOver: [{ id: 'F2', because: 'dropped', why: 'Not now.' }],
    });
    expect(after(AT, went('F1', 'F2'))).toMatchObject({ do: 'accept-findings', findings: [] });
  });

  it('is not asked about findings where there are none', () => {
    expect(after(RUN, reviewed(1, [])).do).toBe('close-round');
  });

  it('sees the edits before they are written', () => {
    const due = [RUN, opened(1), ...fits];

    expect(after(due)).toEqual({ do: 'confirm-edits' });
    expect(after(due, saw(true))).toEqual({ do: 'write-plan' });
    expect(after(due, saw(false))).toEqual({ do: 'close-round', how: 'unedited' });
    expect(endingAfter(due, saw(false), closed(1, 'unedited'))).toEqual(['completed_cap', 'declined', 1]);
    expect(after(started(), fitting(1))).toEqual({ do: 'write-plan' });
  });
});

describe('a failure that the same bytes met before', () => {
  const once = [...failedCall(1, 'review-1', 'timeout'), callStarted(1, 'review-2'), closed(1, 'dropped')];
  const again = failedCall(2, 'review-1', 'timeout');
  const RETRY = { do: 'call', calls: [{ call: 'review-2' }] };

  it('is not tried again in the next round', () => {
    expect(endingAfter(started(), opened(1), once, opened(2, 'plan-0'), again)).toEqual([
      'aborted_codex_error',
      4,
    ]);
  });

  it.each<[string, readonly Fact[]]>([
    ['the bytes are others', [opened(1), ...once, opened(2, 'plan-1'), ...again]],
    [
      'there was an answer since',
      [
        opened(1),
        ...failedCall(1, 'review-1', 'timeout'),
        ...called(1, 'review-2'),
        closed(1, 'dropped'),
        opened(2, 'plan-0'),
        ...again,
      ],
    ],
    [
      'another reviewer met it',
      [
        opened(1),
        { ...callStarted(1, 'review-1', 1) },
        { ...callFinished(1, 'review-1', { failure: failure('timeout') }), seat: 1 },
        closed(1, 'dropped'),
        opened(2, 'plan-0'),
        ...again,
      ],
    ],
  ])('is tried again where %s', (_, facts) => {
    expect(after(started(), facts)).toMatchObject(RETRY);
  });
});

it('a round in which only a fix is taken back asks no implementer', () => {
  const bred = finding('F3', { generation: 2, parent: 'F2' });
  const facts = [
    started(),
    ...resolved(1, ['F1']),
    ...resolved(2, ['F2']),
    ...reviewed(3, [bred]),
    accepted(3, [], { reverts: [{ finding: 'F2', because: ['F3'] }] }),
  ];

  expect(after(facts)).toEqual({ do: 'read-edits', call: null });
  expect(after(facts, editsRead(3, 'fits'), drift(3, [])).do).toBe('write-plan');
});
