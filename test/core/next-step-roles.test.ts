import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
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
  parsed,
  reviewed,
  started,
  unreadable,
} from './facts.ts';
import { closed, drift, fitting, resolved } from './rounds.ts';

/* Agents beside a single reviewer and the implementer, and the person who confirms. */

const LIMIT = { resets_at: '2026-01-01T10:00:00Z', resets_in_ms: 60_000 };

function call(name: string, role: string, purpose: string, rest: object = {}): object {
  return { call: name, role, purpose, seat: 0, isRepeat: false, problem: null, ...rest };
}

function calls(...made: object[]): object {
  return { do: 'call', calls: made };
}

describe('a reviewer that is to be calibrated', () => {
  const AT = [started({ calibrate: true }), opened(1)];
  const CALL = call('calibrate-1', 'reviewer', 'calibrate');
  const unread = (name: 'calibrate-1' | 'calibrate-2'): readonly Fact[] => [
    ...called(1, name),
    unreadable(1, name),
  ];

  it('looks at a copy first, and is scored by its answer', () => {
    expect(after(AT)).toEqual(calls(CALL));
    expect(after(AT, called(1, 'calibrate-1'))).toEqual({
      do: 'score-calibration',
      call: 'calibrate-1',
      problem: null,
    });
  });

  it.each<[string, readonly Fact[], string]>([
    ['cannot be reached', failedCall(1, 'calibrate-1', 'auth'), 'It failed: auth.'],
    ['cannot be read twice', [...unread('calibrate-1'), ...unread('calibrate-2')], 'It is empty.'],
  ])('goes without a score where it %s', (_, facts, problem) => {
    expect(after(AT, facts)).toEqual({ do: 'score-calibration', call: null, problem });
  });

  it('goes without a score where the budget does not cover it', () => {
    expect(after(started({ calibrate: true, max_calls: 0 }), opened(1))).toEqual({
      do: 'score-calibration',
      call: null,
      problem: 'The budget is used up.',
    });
  });

  it('reviews the plan then, also after a timeout that only the copy met', () => {
    const scored: Fact = {
      type: 'calibration.scored',
      round: 1,
      call: null,
      problem: 'It failed: timeout.',
      seeded: 5,
      found: 0,
      recall: null,
      defects: [],
    };
    const copied = [...failedCall(1, 'calibrate-1', 'timeout'), ...failedCall(1, 'calibrate-2', 'timeout')];

    expect(after(AT, copied, scored)).toEqual(calls(call('review-1', 'reviewer', 'review')));
    expect(after(AT, copied, scored, failedCall(1, 'review-1', 'timeout'))).toEqual(
      calls(call('review-2', 'reviewer', 'review')),
    );
  });
});

describe('an arbiter', () => {
  const RUN = started({ arbiter: 'cmd:arbiter', arbiter_from_round: 1 });
  const AT = [RUN, ...reviewed(1, [finding('F1')])];

  function read(name: string | null, result: FactOf<'arbitration.read'>['result']): Fact {
    return {
      type: 'arbitration.read',
      round: 1,
      call: name,
      result,
      problem: result === 'unreadable' ? 'It is prose.' : null,
      rulings: [],
      stacked: [],
    };
  }

  it('is asked about what a review raised, and its answer is read', () => {
    expect(after(AT)).toEqual(calls(call('arbitrate-1', 'arbiter', 'arbitrate')));
    expect(after(AT, called(1, 'arbitrate-1'))).toEqual({
      do: 'read-arbitration',
      call: 'arbitrate-1',
      problem: null,
    });
    expect(after(AT, called(1, 'arbitrate-1'), read('arbitrate-1', 'void')).do).toBe('accept-findings');
  });

  it('is asked once more where it refutes everything, or cannot be read', () => {
    expect(after(AT, called(1, 'arbitrate-1'), read('arbitrate-1', 'refutes-all'))).toEqual(
      calls(call('arbitrate-2', 'arbiter', 'arbitrate')),
    );
    expect(after(AT, called(1, 'arbitrate-1'), read('arbitrate-1', 'unreadable'))).toEqual(
      calls(call('arbitrate-2', 'arbiter', 'arbitrate', { problem: 'It is prose.' })),
    );
  });

  it.each<[string, readonly Fact[], string]>([
    ['cannot be reached', failedCall(1, 'arbitrate-1', 'auth'), 'It failed: auth.'],
    [
      'cannot be read twice',
      [1, 2].flatMap((n) => [...called(1, `arbitrate-${n}`), read(`arbitrate-${n}`, 'unreadable')]),
      'It is prose.',
    ],
  ])('rules on nothing where it %s', (_, facts, problem) => {
    expect(after(AT, facts)).toEqual({ do: 'read-arbitration', call: null, problem });
  });

  it('rules on nothing where the budget was used up before it was asked again', () => {
    const limited = failedCall(1, 'arbitrate-1', 'usage-limit', LIMIT);
    const waited: Fact = { type: 'limit.waited', round: 1, until: LIMIT.resets_at, waited_ms: 1 };
    const patient = started({
      arbiter: 'cmd:arbiter',
      arbiter_from_round: 1,
      max_calls: 2,
      wait_for_limit_ms: 120_000,
    });

    expect(after(patient, AT.slice(1), limited)).toEqual({ do: 'wait', until: LIMIT.resets_at });
    expect(after(patient, AT.slice(1), limited, waited)).toEqual({
      do: 'read-arbitration',
      call: null,
      problem: 'The budget is used up.',
    });
  });

  it('is not asked before its round, nor where the budget does not cover it', () => {
    const late = started({ arbiter: 'cmd:arbiter', arbiter_from_round: 2 });

    expect(after(late, AT.slice(1)).do).toBe('accept-findings');
    expect(after(late, resolved(1), reviewed(2, [finding('F2')]))).toMatchObject({
      calls: [{ purpose: 'arbitrate' }],
    });
    expect(after({ ...RUN, settings: { ...RUN.settings, max_calls: 1 } }, AT.slice(1)).do).toBe(
      'close-round',
    );
  });

  it('is asked from the first round on in a frozen run', () => {
    const frozen = started({ arbiter: 'cmd:arbiter', arbiter_from_round: 9, strategy: 'frozen' });
    const looked = [opened(1, 'plan-0', 'audit'), ...called(1, 'audit-1'), parsed(1, [finding('F1')])];

    expect(after(frozen, looked)).toMatchObject({ calls: [{ purpose: 'arbitrate' }] });
  });
});

describe('a verifier', () => {
  const AT = [started({ strategy: 'frozen' }), opened(1, 'plan-0', 'verify')];

  function unread(name: 'verify-1' | 'verify-2'): readonly Fact[] {
    const problem = 'It is prose.';
    return [
      ...called(1, name),
      {
        type: 'verification.read',
        round: 1,
        call: name,
        result: 'unreadable',
        problem,
        checks: [],
        findings: [],
      },
    ];
  }

  it('is asked, and its answer is read', () => {
    expect(after(AT)).toEqual(calls(call('verify-1', 'verifier', 'verify')));
    expect(after(AT, called(1, 'verify-1'))).toEqual({
      do: 'read-verification',
      call: 'verify-1',
      problem: null,
    });
  });

  it('leaves everything open where it cannot be read twice', () => {
    expect(after(AT, unread('verify-1'))).toEqual(
      calls(call('verify-2', 'verifier', 'verify', { problem: 'It is prose.' })),
    );
    expect(after(AT, unread('verify-1'), unread('verify-2'))).toEqual({
      do: 'read-verification',
      call: 'verify-2',
      problem: 'It is prose.',
    });
  });

  it('ends the run where it cannot be reached or afforded', () => {
    const poor = started({ strategy: 'frozen', max_calls: 0 });

    expect(endingAfter(AT, failedCall(1, 'verify-1', 'auth'))).toEqual(['aborted_codex_error', 4]);
    expect(endingAfter(poor, AT.slice(1))).toEqual(['completed_cap', 'budget', 1]);
  });
});

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
  expect(after(facts, editsRead(3, 'fits', { call: null }), drift(3, [])).do).toBe('write-plan');
});
