import { describe, expect, it } from 'vitest';
import { currentRound, nextCallId, reviewedRounds } from '../../src/core/run.ts';
import { called, callStarted, finding, opened, parsed, runOf, started, unreadable } from './facts.ts';
import { closed, resolved, verificationRead } from './rounds.ts';

const BEGUN = runOf([started()]);

describe('the round of a run', () => {
  it('is the last that was opened', () => {
    expect(currentRound(runOf([started(), ...resolved(1), opened(2)])).number).toBe(2);
  });

  it('is asked for only once there is one', () => {
    expect(() => currentRound(BEGUN)).toThrow('No round has begun.');
  });
});

describe('the rounds that count as reviewed', () => {
  it('are none before there is a round', () => {
    expect(reviewedRounds(BEGUN)).toBe(0);
  });

  it('are those with a look that could be read, a review or a verification', () => {
    const unread = [opened(1), ...called(1, 'review-1'), unreadable(1, 'review-1'), closed(1, 'dropped')];
    const review = [opened(2), ...called(2, 'review-1'), parsed(2, [finding('F1')]), closed(2)];
    const check = [opened(3, 'plan-2', 'verify'), ...called(3, 'verify-1'), verificationRead(3, [])];

    expect(reviewedRounds(runOf([started(), ...unread]))).toBe(0);
    expect(reviewedRounds(runOf([started(), ...unread, ...review]))).toBe(1);
    expect(reviewedRounds(runOf([started(), ...unread, ...review, ...check]))).toBe(2);
  });
});

describe('the next call of a purpose', () => {
  it('is the first where no round has begun', () => {
    expect(nextCallId(BEGUN, 'calibrate')).toBe('calibrate-1');
  });

  it('comes after those of the round, and those that start with it', () => {
    const run = runOf([started(), opened(1), callStarted(1, 'review-1')]);

    expect([nextCallId(run, 'review'), nextCallId(run, 'review', 2)]).toEqual(['review-2', 'review-4']);
  });
});
