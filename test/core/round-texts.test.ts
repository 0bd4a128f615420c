import { expect, it } from 'vitest';
import { roundTexts } from '../../src/core/round-texts.ts';
import { accepted, finding, opened, reviewed, runOf, started } from './facts.ts';
import { applied, closed, committed } from './rounds.ts';

const edited = (round: number) => [
  ...reviewed(round, [finding('F1')]),
  accepted(round, ['F1']),
  applied(round, ['F1']),
];

it('names the texts of the rounds that wrote to the plan, with every digest that they may have', () => {
  const run = runOf([
    started(),
    ...edited(1),
    committed(1, { plan_sha256: 'by-a-hook' }),
    closed(1),
    ...reviewed(2, []),
    closed(2, 'reviewed'),
    ...edited(3),
  ]);

  expect(roundTexts({ rounds: run.rounds, expected: { ...run.expected, sha256: 'left' } })).toEqual([
    {
      round: 1,
      before: { name: 'round-01/plan.md', sha256: ['plan-0'] },
      after: { name: 'round-01/candidate.md', sha256: ['plan-1', 'by-a-hook'] },
    },
    {
      round: 3,
      before: { name: 'round-03/plan.md', sha256: ['plan-2'] },
      after: { name: 'round-03/candidate.md', sha256: ['plan-3', 'left'] },
    },
  ]);
  expect(roundTexts(runOf([started(), opened(1)]))).toEqual([]);
});
