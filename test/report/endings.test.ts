import { describe, expect, it } from 'vitest';
import type { Fact, FactOf, Outcome } from '../../src/core/fact.ts';
import { cardLines } from '../../src/report/card.ts';
import { findingRows, findingsText } from '../../src/report/findings.ts';
import { leftLines } from '../../src/report/left.ts';
import { nextAction, verdict } from '../../src/report/verdict.ts';
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
import { arbitrated, hunted, ruling, verified } from '../ui/told-judgements.ts';

const REVIEW: readonly Fact[] = [roundStarted(1), ...called(1, 'review-1')];

describe('a verdict', () => {
  it.each<[Partial<Outcome>, said: string, next: string]>([
    [
      { status: 'completed_verified' },
      'Plan hardened across 1 round: every listed finding is closed',
      'Read the commits, then build the plan.',
    ],
    [
      { status: 'completed_converged' },
      'Plan hardened across 1 round: nothing that the last review raised must be mended first',
      'Read what was ruled out, and the commits; then build the plan.',
    ],
    [
      { status: 'completed_design_handoff', exit_code: 1, unresolved: ['F1', 'F2'] },
      'Stopped after 1 round: 2 decisions of design to be made by you',
      'Decide it in the plan, then run: refine-plan PLAN - or let the implementer: refine-plan PLAN --on-design apply',
    ],
    [
      { status: 'completed_cap', reason: 'divergence', exit_code: 1, unresolved: ['F1'] },
      'Stopped because the fixes cause about as much as they resolve after 1 round: 1 finding open',
      'See what is open with: refine-plan findings PLAN',
    ],
    [
      { status: 'completed_cap', reason: 'contested', exit_code: 1, unresolved: ['F1', 'F2'] },
      'Stopped because fixes contradict each other after 1 round: 2 findings open',
      'Decide it in the plan, then run: refine-plan PLAN',
    ],
  ])('of %j', (change, said, next) => {
    const facts = [...REVIEW, reviewed(1, finding('F1')), accepted(1, 'F1'), ...called(1, 'fix-1')];
    const run = runOf(started(), ...facts, ...fixed(1, ['F1'], { lines: [88] }));
    const outcome = { ...DONE, ...change };

    expect(verdict(run, outcome)).toBe(said);
    expect(nextAction(run, outcome, 'PLAN')).toBe(next);
  });

  it('of a plan that nobody had to change sends nobody to look at commits', () => {
    const run = runOf(started(), ...REVIEW, reviewed(1), closed(1));

    expect(nextAction(run, DONE, 'PLAN')).toBe('Build the plan.');
  });
});

describe('what is left', () => {
  it('names every finding that was ruled out, with class and reason', () => {
    const run = runOf(
      started({ settings: { arbiter: 'claude' } }),
      ...REVIEW,
      reviewed(1, finding('F1'), finding('F2'), finding('F3'), finding('F4')),
      ...called(1, 'arbitrate-1'),
      arbitrated(
        1,
        {},
        {
          rulings: [
            ruling('F1', 'prose'),
            ruling('F2', 'advisory'),
            ruling('F3', 'unlikely', { reason: 'Both disks\u001b[2J would have to fail at once.' }),
            ruling('F4', 'actionable', { same_as: 'F2' }),
          ],
        },
      ),
    );

    expect(leftLines(run)).toEqual([
      'Ruled out F1 low retry bound missing: wording only. As is plain from F1.',
      'Ruled out F2 low retry bound missing: real, but it need not be mended before the plan is built. As is plain from F2.',
      'Ruled out F3 low retry bound missing: real, but unlikely to happen. Both disks would have to fail at once.',
      'Ruled out F4 low retry bound missing: it repeats F2',
    ]);
    expect(findingRows(run)[2]).toMatchObject({
      status: 'ruled-out',
      gate: 'unlikely',
      generation: 0,
      parent: null,
      ruling: expect.stringMatching(/^Both disks/),
    });
  });

  it('shows fixes that contradict each other as one decision, with both sides, and design with its cause', () => {
    const both =
      'One fix undoes another.\nRound 1, for F1: "a" became "b".\nRound 2, for F2: "b" became "a".';
    const handed_over: FactOf<'findings.accepted'>['handed_over'] = [
      { id: 'F1', because: 'contested', why: both },
      { id: 'F2', because: 'contested', why: both },
      { id: 'F3', because: 'design', why: 'Resolving it means changing a decision of the plan: one queue.' },
      { id: 'F4', because: 'declined', why: 'Out of scope.' },
    ];
    const run = runOf(
      started(),
      ...REVIEW,
      reviewed(
        1,
        finding('F1', { title: 'too short' }),
        finding('F2', { title: 'too long' }),
        finding('F3'),
        finding('F4'),
      ),
      { ...accepted(1), handed_over },
    );

    expect(leftLines(run)).toEqual([
      'Decide   F3 high retry bound missing: Resolving it means changing a decision of the plan: one queue.',
      'Decide   F1 high too short; F2 high too long',
      '         One fix undoes another.',
      '         Round 1, for F1: "a" became "b".',
      '         Round 2, for F2: "b" became "a".',
      'Open     F4 high retry bound missing (declined)',
    ]);
  });

  it('tells in the ledger whose text a finding is about, and what verifiers said', () => {
    const run = verifiedRun();

    expect(findingsText(run)).toContain(
      'F3 high docs/plans/foo.md:88 no unit\n   about text that the fix of F1 wrote; raised in 1 round (2); open\n',
    );
    expect(findingRows(run)).toMatchObject([
      { id: 'F1', status: 'closed', checks: [{ closed: true, round: 2 }] },
      { id: 'F2', status: 'open', checks: [{ closed: false, verdict: 'not_fixed' }] },
      { id: 'F3', status: 'open', generation: 1, parent: 'F1', checks: [] },
      { id: 'F4', status: 'parked' },
    ]);
  });
});

describe('the stop card', () => {
  it('keeps what is about the author’s text apart from what is about text of fixes', () => {
    expect(cardLines(verifiedRun(), '·')).toMatchInlineSnapshot(`
      [
        "Bytes    sha256 a -> b, +12 bytes (+12 %); 3 agent calls",
        "Raised   4 findings: 3 to act on, 1 noticed beside a fix",
        "Of these 1 closed, 2 open, 0 came back after a fix",
        "By round author's text 2 0 · text of our fixes 0 1",
        "Fixes    2 fixes caused 1 finding (probably 0.10 to 1.04 for each fix); 0 taken back",
        "Unseen   Two reviews agree; that does not show that nothing is left.",
        "Closed means closed on this list: what nobody has raised does not stand on it.",
      ]
    `);
  });

  it('has eight lines at most, and no character that a plain terminal lacks', () => {
    const lines = cardLines(verifiedRun({ unseen: true }), '|');

    expect(lines.length).toBeLessThanOrEqual(8);
    // oxlint-disable-next-line no-control-regex -- everything but ASCII is what is looked for
    expect(lines.join('\n')).not.toMatch(/[^\x00-\x7f]/);
  });

  it('says nothing that reassures of what two looks have not seen', () => {
    const alike = runOf(started(), ...REVIEW, hunted(1, finding('F1'), finding('F2')), accepted(1, 'F1'));
    const unlike = verifiedRun({ unseen: true });

    expect(cardLines(alike, '·')).toContain(
      'Unseen   Two reviews agree; that does not show that nothing is left.',
    );
    expect(cardLines(unlike, '·').find((line) => line.startsWith('Unseen'))).toMatch(
      /^Unseen {3}At least about \d+ more (?:is|are) probably unseen\.$/,
    );
  });

  it('of a single review is what nobody knows, and nothing else', () => {
    const run = runOf(started({ kind: 'review' }), ...REVIEW, reviewed(1, finding('F1')));

    expect(cardLines(run, '·')).toEqual([]);
  });
});

const DONE: Outcome = {
  status: 'completed_clean',
  reason: null,
  exit_code: 0,
  message: '',
  unresolved: [],
  parked: [],
};

/** Two findings, one fix each; a verifier closes one, finds another in the fix, and notices a fourth. */
function verifiedRun({ unseen = false } = {}): ReturnType<typeof runOf> {
  const hunt = hunted(1, finding('F1'), finding('F2'));
  const apart = hunt.looks.map((look, at) => ({ ...look, findings: [`F${at + 1}`] }));
  return runOf(
    started({ settings: { strategy: 'frozen' } }),
    roundStarted(1, ['external_id'], 'hunt'),
    ...called(1, 'hunt-1'),
    unseen ? { ...hunt, looks: apart } : hunt,
    accepted(1, 'F1', 'F2'),
    ...called(1, 'fix-1'),
    ...fixed(1, ['F1', 'F2'], { lines: [88] }),
    roundStarted(2, ['external_id'], 'verify'),
    ...called(2, 'verify-1'),
    verified(
      2,
      { F1: true, F2: false },
      finding('F3', { generation: 1, parent: 'F1', title: 'no unit' }),
      finding('F4', { gate: 'parked' }),
    ),
  );
}
