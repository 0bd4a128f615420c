import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import { nextAction, verdict } from '../../src/report/verdict.ts';
import { accepted, called, finding, fixed, reviewed, roundStarted, runOf, started } from '../ui/told-run.ts';

const SENT: readonly Fact[] = [
  roundStarted(1),
  ...called(1, 'review-1'),
  reviewed(1, finding('F1')),
  accepted(1, 'F1'),
  ...called(1, 'fix-1'),
];
const FIXED = fixed(1, ['F1'], { lines: [88], commits: false }).slice(0, -1);

describe('what to do next, where edits were refused', () => {
  it('names the file that has them', () => {
    const [read] = FIXED;
    const refused = { ...read, result: 'noop', problem: 'Nothing changes.' } as FactOf<'edits.read'>; // it is the first
    const run = runOf(started(), ...SENT, refused);

    expect(nextAction(run, ending('aborted_implementer_noop'), 'PLAN')).toBe(
      'See what was refused in round-01/rejected.md of the state directory, and what was asked with: refine-plan findings PLAN',
    );
  });

  it('names no file where another run took the place of this one', () => {
    const run = runOf(started(), ...SENT);

    expect(nextAction(run, { ...ending('aborted_drift'), reason: 'superseded' }, 'PLAN')).toBe(
      'See how the other run stands with: refine-plan status PLAN',
    );
  });

  it('names the plan where the edit was accepted, and its commit was not', () => {
    const run = runOf(started(), ...SENT, ...FIXED);

    expect(nextAction(run, ending('aborted_drift'), 'PLAN')).toBe(
      'Read the plan as it is now and mend it, then run: refine-plan PLAN',
    );
  });
});

describe('a commit that failed', () => {
  it.each([
    [SENT, [...FIXED, failed('round', 'b')], 'the checked edit is in the plan, uncommitted'],
    [[], [failed('draft', 'a')], 'your own changes are still uncommitted, and nothing was reviewed'],
  ] as const)('leaves in the plan what the verdict says (%#)', (before, facts, said) => {
    const run = runOf(started(), ...before, ...facts, GIVEN_UP);

    expect(verdict(run, ending('aborted_commit_failed'))).toBe(`Stopped: the commit failed; ${said}`);
  });
});

const GIVEN_UP: Fact = {
  type: 'decision',
  round: 1,
  question: 'commit_failure',
  about: [],
  options: ['abort', 'retry'],
  answer: 'abort',
  by: 'policy',
  reason: '',
  flag: '--on-commit-failure',
};

function failed(kind: 'draft' | 'round', sha256: string): Fact {
  return { type: 'commit.failed', round: kind === 'draft' ? 0 : 1, kind, output: 'no', plan_sha256: sha256 };
}

function ending(status: Parameters<typeof verdict>[1]['status']): Parameters<typeof verdict>[1] {
  return { status, reason: null, exit_code: 8, message: '', unresolved: [], parked: [] };
}
