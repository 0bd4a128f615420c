import { describe, expect, it } from 'vitest';
import { nextStep } from '../../src/core/next-step.ts';
import { decisionsOf, MOST_DECISIONS } from '../../src/core/policies/strategy.ts';
import { called, callStarted, opened, runOf, started } from './facts.ts';
import { closed } from './rounds.ts';

/* What counts as a decision of a run that is bounded beforehand. */

const FROZEN = started({ strategy: 'frozen' });

describe('the decisions of a frozen run', () => {
  it('are its answers, each seat of a round once', () => {
    const hunts = [callStarted(1, 'hunt-1', 0), callStarted(1, 'hunt-2', 1), ...called(1, 'arbitrate-1')];

    expect(decisionsOf(runOf([FROZEN, opened(1, 'plan-0', 'hunt'), ...hunts, ...called(1, 'fix-1')]))).toBe(
      4,
    );
  });

  it('do not count rounds that an edit of somebody else undid, however many these are', () => {
    const dropped = Array.from({ length: MOST_DECISIONS + 1 }, (_, index) => [
      opened(index + 1, 'plan-0', 'hunt'),
      ...called(index + 1, 'hunt-1'),
      closed(index + 1, 'dropped'),
    ]);
    const run = runOf([FROZEN, ...dropped.flat()]);

    expect(decisionsOf(run)).toBe(0);
    expect(nextStep(run)).toMatchObject({ do: 'open-round' });
  });
});
