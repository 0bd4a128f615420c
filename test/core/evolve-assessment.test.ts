import { describe, expect, it } from 'vitest';
import { notAsked } from '../../src/core/conversation.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { Asking } from '../../src/core/run.ts';
import {
  accepted,
  called,
  callFinished,
  callStarted,
  failedCall,
  failure,
  finding,
  opened,
  parsed,
  reviewed,
  runOf,
  started,
} from './facts.ts';
import { arbitrationRead, verificationRead } from './rounds.ts';

const REVIEWED = [started(), ...reviewed(1, [finding('F1')])];
const ARBITRATED = [...REVIEWED, ...called(1, 'arbitrate-1')];
const VERIFIED = [started(), opened(1, 'plan-0', 'verify'), ...called(1, 'verify-1')];

function answered(call: string, asking: Asking): Asking {
  return { ...asking, answered: call };
}

const REVIEW = answered('review-1', notAsked('reviewer', 'review'));

describe('a review that was read', () => {
  it('keeps the looks that came to an answer, and no other', () => {
    const second = { seat: 1, failure: failure('auth') };
    const calls = [callStarted(1, 'review-1'), callStarted(1, 'review-2', 1)];
    const ends = [callFinished(1, 'review-1'), callFinished(1, 'review-2', second)];
    const two = started({ further_reviewers: ['claude'] });

    expect(runOf([two, opened(1), ...calls, ...ends, parsed(1, [])]).position).toEqual({
      at: 'judging',
      looks: [REVIEW],
    });
  });

  it('has no looks to keep where none was under way', () => {
    expect(runOf([...VERIFIED, parsed(1, [])]).position).toEqual({ at: 'judging', looks: [] });
  });
});

describe('an arbitration', () => {
  it('that ruled goes on with the looks there were', () => {
    const run = runOf([...ARBITRATED, arbitrationRead(1, [])]);

    expect(run.position).toEqual({ at: 'judging', looks: [REVIEW] });
    expect(run.rounds[0]?.arbitration).toEqual(arbitrationRead(1, []));
  });

  it.each([
    ['No object.', 'No object.'],
    [null, ''],
  ])('that nobody could read is asked for again, with its problem: %s', (problem, told) => {
    const run = runOf([...ARBITRATED, arbitrationRead(1, [], { result: 'unreadable', problem })]);

    expect(run.position).toMatchObject({
      at: 'arbitrating',
      asking: { answered: null, unreadable: [{ call: 'arbitrate-1', problem: told, excerpt: '' }] },
    });
  });

  it('changes nothing where none was asked for', () => {
    expect(runOf([...REVIEWED, arbitrationRead(1, [])])).toStrictEqual(runOf(REVIEWED));
  });
});

describe('a verification', () => {
  it('that was read is judged next, with no look beside it', () => {
    expect(runOf([...VERIFIED, verificationRead(1, [])]).position).toEqual({ at: 'judging', looks: [] });
  });

  it.each([
    ['No object.', 'No object.'],
    [null, ''],
  ])('that nobody could read is asked for again, with its problem: %s', (problem, told) => {
    const run = runOf([...VERIFIED, verificationRead(1, [], { result: 'unreadable', problem })]);

    expect(run.position).toMatchObject({
      at: 'verifying',
      asking: { answered: null, unreadable: [{ call: 'verify-1', problem: told, excerpt: '' }] },
    });
  });
});

describe('what is admitted', () => {
  const REVERT = { finding: 'F1', because: ['F2'] };
  const WORK = { findings: [], expanded: [], design: [], guard: [], reverts: [], sentBack: [] };

  it('closes the round where it is nothing', () => {
    expect(runOf([...REVIEWED, accepted(1, [])]).position).toEqual({ at: 'closing', how: 'reviewed' });
  });

  it.each([
    ['findings', { findings: ['F1'], expanded: ['F1'], design: ['F1'], guard: ['F1'] }],
    ['a fix to take back', { reverts: [REVERT] }],
  ])('is work for the implementer where it is %s', (_, rest) => {
    expect(runOf([...REVIEWED, accepted(1, [], rest)]).position).toEqual({
      at: 'implementing',
      work: { ...WORK, ...rest },
      asking: null,
    });
  });
});

describe('a call', () => {
  const HUNT = [started(), opened(1, 'plan-0', 'hunt')];
  const FIRST = [callStarted(1, 'hunt-1'), callFinished(1, 'hunt-1'), parsed(1, [])];

  it('for a second look is the only one under way', () => {
    const asking = { ...notAsked('reviewer', 'second-look'), pending: 'second-look-1' };

    expect(runOf([...REVIEWED, callStarted(1, 'second-look-1')]).position).toEqual({
      at: 'reviewing',
      looks: [asking],
    });
  });

  it('for one more hunt is taken beside the looks there were', () => {
    const hunted = answered('hunt-1', notAsked('reviewer', 'hunt'));
    const fourth = { ...notAsked('reviewer', 'hunt', 3), pending: 'hunt-4' };

    expect(runOf([...HUNT, ...FIRST, callStarted(1, 'hunt-4', 3)]).position).toEqual({
      at: 'reviewing',
      looks: [hunted, fourth],
    });
  });

  it('to the arbiter keeps the looks it is about', () => {
    const asking = { ...notAsked('arbiter', 'arbitrate'), pending: 'arbitrate-1' };

    expect(runOf([...REVIEWED, callStarted(1, 'arbitrate-1')]).position).toEqual({
      at: 'arbitrating',
      asking,
      refuted: null,
      looks: [REVIEW],
    });
  });

  it('cannot start where nobody is to be asked', () => {
    const facts = [...REVIEWED, accepted(1, []), callStarted(1, 'fix-1')];

    expect(() => runOf(facts)).toThrow('A call cannot start while the run is closing.');
  });

  it('that ends where nobody is asked any more still counts', () => {
    const late: Fact = callFinished(1, 'review-1', { tokens: { input: 1, cached: 0, output: 1 } });
    const run = runOf([...REVIEWED, accepted(1, []), late]);

    expect(run.position).toEqual({ at: 'closing', how: 'reviewed' });
    expect(run.spent.ms).toBe(2000);
  });

  it('that failed is no look to keep, and one that was asked again is', () => {
    const again = [...failedCall(1, 'review-1', 'timeout'), ...called(1, 'review-2')];

    expect(runOf([started(), opened(1), ...again, parsed(1, [])]).position).toEqual({
      at: 'judging',
      looks: [{ ...REVIEW, answered: 'review-2', failures: [failure('timeout')] }],
    });
  });
});

describe('a fact of a run', () => {
  it('that it begins with says nothing a second time', () => {
    expect(runOf([...REVIEWED, started({ max_rounds: 1 })])).toStrictEqual(runOf(REVIEWED));
  });
});
