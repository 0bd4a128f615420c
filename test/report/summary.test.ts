import { describe, expect, it } from 'vitest';
import type { Fact, FactOf, Outcome } from '../../src/core/fact.ts';
import { briefSummary, summary } from '../../src/report/summary.ts';
import { textReport } from '../../src/report/text.ts';
import {
  accepted,
  called,
  closed,
  finding,
  fixed,
  reviewed,
  roundStarted,
  runOf,
  started,
} from '../ui/told-run.ts';

const STYLE = {
  isUnicode: true,
  double: '═',
  stateDir: 'docs/plans/.state/foo-1',
  plan: "docs/my plan's.md",
  target: 'PLAN',
};

const ROUNDS: readonly Fact[] = [
  roundStarted(1),
  ...called(1, 'review-1'),
  reviewed(1, finding('F1', { severity: 'critical' }), finding('F2', { gate: 'filtered', severity: 'low' })),
  accepted(1, 'F1'),
  ...called(1, 'fix-1', { ms: 78_000 }),
  ...fixed(1, ['F1'], { lines: [88] }),
  roundStarted(2),
  ...called(2, 'review-1', { ms: 3_725_000 }),
  reviewed(2),
  closed(2),
];

describe('the card at the end of a run', () => {
  it('has the verdict, what each phase found and cost, where everything is, and what to do next', () => {
    expect(summary(runOf(started(), ...ROUNDS), CLEAN, STYLE)).toMatchInlineSnapshot(`
      "═══ Plan hardened across 2 rounds: the last review raised nothing actionable ═══

      ┌─────────────────────┬──────────────────────────┬────────┬─────────┐
      │ Phase               │ Findings                 │ Tokens │ Elapsed │
      ├─────────────────────┼──────────────────────────┼────────┼─────────┤
      │ Round 1 codex       │ 1C 0H 0M 0L (1 filtered) │ 31k    │ 2m41s   │
      │ Round 1 implementer │ 1 addressed              │ 31k    │ 1m18s   │
      │ Round 2 codex       │ none to act on           │ 31k    │ 1h02m   │
      ├─────────────────────┼──────────────────────────┼────────┼─────────┤
      │ Total               │                          │ 93k    │ 1h06m   │
      └─────────────────────┴──────────────────────────┴────────┴─────────┘

      Bytes    sha256 a -> b, +12 bytes (+12 %); 3 agent calls
      Raised   2 findings: 1 to act on, 1 below the floor
      Of these 1 addressed, 0 came back after a fix
      By round author's text 1 0 · text of our fixes 0 0
      Fixes    1 fix caused 0 findings (probably 0.00 to 0.68 for each fix); 0 taken back
      Not checked: Findings that were fixed count as addressed: a later review did not raise them again, and nobody verified them.

      Plan     docs/my plan's.md
      State    docs/plans/.state/foo-1
      Commits  0123456..3fa9c21 (1)
      Next     Read the commits, then build the plan.
      "
    `);
  });

  it('says of each round, and of what is open, how much is in our fixes', () => {
    const induced = { generation: 1, parent: 'F1' };
    const found = [
      finding('F3', induced),
      finding('F4', { severity: 'low' }),
      finding('F5', { gate: 'filtered' }),
      finding('F6', { gate: 'filtered', ...induced }),
    ];
    const run = runOf(started(), ...ROUNDS.slice(0, -2), reviewed(2, ...found), closed(2));
    const capped = { ...CLEAN, status: 'completed_cap', reason: 'cap', exit_code: 1 } as const;

    const told = summary(run, { ...capped, unresolved: ['F3', 'F4'] }, STYLE);

    expect(told).toContain('═══ Stopped at the cap after 2 rounds: 2 findings open (1 in our fixes) ═══');
    expect(told).toContain('│ 1C 0H 0M 0L (1 filtered) ');
    expect(told).toContain('│ 0C 1H 0M 1L (1 in our fixes, 2 filtered) │');
    expect(told).toContain("\nBy round author's text 1 1 · text of our fixes 0 1\n");
  });

  it('reports the disagreement where the reviewer asked for attention and raised nothing', () => {
    const disagreeing = { ...reviewed(2), verdict: 'needs-attention' } as const;
    const run = runOf(started(), ...ROUNDS.slice(0, -2), disagreeing, closed(2));
    const message =
      'The last review asked for attention, but neither it nor the one before raised anything actionable.';

    expect(summary(run, { ...CLEAN, message }, STYLE)).toContain(`═══\n${message}\n\n`);
  });

  it('says what is open, what was reported of the last fix, and what was not checked', () => {
    const looked = (problem: string | null, ...findings: FactOf<'last-look.taken'>['findings']): Fact => ({
      type: 'last-look.taken',
      round: 1,
      call: null,
      problem,
      findings,
    });
    const handedOver = { id: 'F3', because: 'declined', why: 'It is out of scope.' } as const;
    const before: [FactOf<'run.started'>, ...Fact[]] = [
      started(),
      roundStarted(1),
      ...called(1, 'review-1'),
      reviewed(
        1,
        finding('F1'),
        finding('F3', { severity: 'medium', title: 'no\u001b[2J rollback' }),
        finding('F4', { gate: 'void' }),
      ),
      { ...accepted(1, 'F1'), handed_over: [handedOver] },
      ...called(1, 'fix-1'),
      ...fixed(1, ['F1'], { lines: [88] }),
      ...called(1, 'last-look-1'),
    ];
    const capped = { ...CLEAN, status: 'completed_cap', reason: 'cap', exit_code: 1 } as const;

    const reported = summary(
      runOf(...before, looked(null, finding('F5'))),
      { ...capped, unresolved: ['F3'], parked: ['F5'] },
      STYLE,
    );
    const failed = summary(
      runOf(...before, looked('codex gave no answer.')),
      { ...capped, unresolved: ['F3'] },
      STYLE,
    );

    expect(reported).toContain(
      '\nOpen     F3 medium no rollback (declined)\nReported F5 high retry bound missing (last look)\nNext     ',
    );
    expect(reported).toContain('═══ Stopped at the cap after 1 round: 2 findings open ═══\n');
    expect(failed).toContain('\nNot checked: The last fix was not looked at');
    expect(reported).toContain('\nRaised   3 findings: 2 to act on, 1 citing text that is not in the plan\n');
  });

  it('is one line where little is to be said and all is well, and names cause and next command where not', () => {
    const run = runOf(started(), ...ROUNDS);
    const failed = {
      ...CLEAN,
      status: 'aborted_codex_error',
      exit_code: 4,
      message: 'Quota\u009b1m exceeded.',
    } as const;

    expect(briefSummary(run, CLEAN, STYLE)).toBe(
      '═══ Plan hardened across 2 rounds: the last review raised nothing actionable ═══\n',
    );
    expect(briefSummary(run, failed, STYLE)).toMatch(
      /^═══ Stopped: the reviewer could not be reached ═══\nQuota exceeded\.\nState {4}docs\/plans\/\.state\/foo-1\nNext {5}.*refine-plan PLAN\n$/,
    );
  });
});

describe('the report of a run', () => {
  it('tells how it stands while it is not over', () => {
    const run = runOf(started(), ...ROUNDS.slice(0, 4));

    const told = textReport({ run, facts: [] }, STYLE).join('');

    expect(told).toMatch(/^Run import-20260504T140311Z is not finished: it is judging, in round 1\.\n/);
    expect(told).toContain('\nNext   refine-plan resume PLAN\n');
  });

  it('tells every decision, and who took it', () => {
    const decision: FactOf<'decision'> = {
      type: 'decision',
      round: 2,
      question: 'stuck',
      about: ['F1'],
      options: ['terminate'],
      answer: 'terminate',
      by: 'policy',
      reason: '1 finding was fixed before\u001b[31m and is raised again: F1.',
      flag: '--on-stuck',
    };

    expect(textReport({ run: runOf(started(), ...ROUNDS, decision), facts: [] }, STYLE).join('')).toContain(
      '\nDecisions\n\nRound 2: terminate (by policy, --on-stuck). 1 finding was fixed before and is raised again: F1.\n',
    );
  });
});

const CLEAN: Outcome = {
  status: 'completed_clean',
  reason: null,
  exit_code: 0,
  message: 'The last review raised nothing actionable.',
  unresolved: [],
  parked: [],
};
