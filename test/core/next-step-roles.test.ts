import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import {
  after,
  called,
  endingAfter,
  failedCall,
  finding,
  opened,
  parsed,
  reviewed,
  started,
  unreadable,
} from './facts.ts';
import { arbitrationRead, resolved, verificationRead } from './rounds.ts';

/* Agents beside the reviewers and the implementer. */

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
    return arbitrationRead(1, [], {
      call: name,
      result,
      problem: result === 'unreadable' ? 'It is prose.' : null,
    });
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
    return [...called(1, name), verificationRead(1, [], { call: name, result: 'unreadable', problem })];
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
