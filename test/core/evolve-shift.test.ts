import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import type { Run } from '../../src/core/run.ts';
import { called, editsRead, opened, runOf, started } from './facts.ts';
import { applied, closed, commitFailed, committed, drift, sent } from './rounds.ts';

/* One fix puts two lines in the place of line 5, and the block at lines 8 to 9 is frozen. */
const FIXED = [
  started(),
  ...sent(1),
  ...called(1, 'fix-1'),
  editsRead(1, 'fits', { frozen: [{ start: 8, end: 9 }] }),
  drift(1, []),
  applied(1, ['F1'], {
    growth: 10,
    hunks: [[5, 1, 5, 2]],
    edits: [{ findings: ['F1'], lines: { start: 5, end: 6 } }],
    changes: [{ findings: ['F1'], removed: 'old', added: 'new\nnewer', lines: { start: 5, end: 6 } }],
  }),
];

const SHIFT: FactOf<'commit.created'>['shift'] = { hunks: [[1, 0, 1, 3]], moves: [], growth: 30 };

/** What a run knows of its text. */
function known(facts: readonly Fact[]): object {
  const run = runOf(facts);
  return {
    finding: run.ledger.get('F1')?.finding.anchor.lines,
    records: run.fixes.records.all,
    states: run.fixes.states,
    births: run.lineage.births,
    frozen: run.frozen,
    grown: run.grown,
    grownBeside: run.grownBeside,
    placedIn: run.placedIn,
  };
}

const STATES: Run['fixes']['states'] = [
  { round: 0, state: 'state-0' },
  { round: 1, state: 'state-1' },
];

const RECORD = { round: 1, findings: ['F1'], removed: 'old', added: 'new\nnewer' };

const BEFORE = {
  finding: { start: 5, end: 6 },
  records: [{ ...RECORD, lines: { start: 5, end: 6 } }],
  states: STATES,
  births: [
    [4, 0, []],
    [2, 1, ['F1']],
  ],
  frozen: [{ start: 9, end: 10 }],
  grown: 10,
  grownBeside: 0,
};

describe('what a run knows of its text', () => {
  it('moves on with a fix, and what the fix wrote is the finding’s it was for', () => {
    expect(known(FIXED)).toEqual({ ...BEFORE, placedIn: 'plan-1' });
  });

  it.each<[string, number, readonly Fact[]]>([
    ['that a hook put into a commit', 1, [committed(1, { plan_sha256: 'theirs', shift: SHIFT })]],
    ['that a failed commit left', 1, [commitFailed(1, { plan_sha256: 'theirs', shift: SHIFT })]],
    [
      'that somebody wrote between two rounds',
      2,
      [committed(1), closed(1), { ...opened(2, 'theirs'), shift: SHIFT }],
    ],
  ])('moves on with lines %s, which are nobody’s fix', (_, round, facts) => {
    expect(known([...FIXED, ...facts])).toEqual({
      finding: { start: 8, end: 9 },
      records: [{ ...RECORD, lines: { start: 8, end: 9 } }],
      states: STATES,
      births: [
        [3, round, []],
        [4, 0, []],
        [2, 1, ['F1']],
      ],
      frozen: [{ start: 12, end: 13 }],
      grown: 40,
      grownBeside: 30,
      placedIn: 'theirs',
    });
  });

  it.each<[string, readonly Fact[]]>([
    ['a commit', [committed(1, { plan_sha256: 'theirs' })]],
    ['a failed commit', [commitFailed(1, { plan_sha256: 'theirs' })]],
    ['a round', [committed(1), closed(1), opened(2, 'theirs')]],
  ])('stays where it was after %s of bytes that nobody can say the way to', (_, facts) => {
    expect(known([...FIXED, ...facts])).toEqual({ ...BEFORE, placedIn: 'theirs' });
  });

  it.each<[string, Fact]>([
    ['commit', committed(1, { kind: 'draft', plan_sha256: 'theirs', shift: SHIFT })],
    ['failed commit', commitFailed(1, { kind: 'draft', plan_sha256: 'theirs', shift: SHIFT })],
  ])('waits for the next round where the %s is of somebody’s draft', (_, fact) => {
    expect(known([...FIXED, fact])).toEqual({ ...BEFORE, placedIn: 'plan-1' });
  });

  it('has the plan’s every state, from before the first fix on', () => {
    const { fixes, grown } = runOf([...FIXED, committed(1), closed(1), applied(2, [], { growth: -4 })]);

    expect(fixes.states).toEqual([...STATES, { round: 2, state: 'state-2' }]);
    expect(grown).toBe(6);
  });
});
