import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import { stopCard } from '../../src/core/stop-card.ts';
import { CARD } from '../store/facts.ts';
import { accepted, called, finding, parsed, reviewed, runOf, started } from './facts.ts';
import {
  applied,
  arbitrationRead,
  closed,
  committed,
  looked,
  resolved,
  sent,
  verificationRead,
} from './rounds.ts';

const cardOf = (...facts: readonly (Fact | readonly Fact[])[]) =>
  stopCard(runOf([started(), ...facts.flat()]));

const SILENT =
  'Findings that were fixed count as addressed: no later review saw them, and nobody verified them.';
const LATER =
  'Findings that were fixed count as addressed: a later review did not raise them again, and nobody verified them.';
const UNSEEN = 'The last fix was not looked at.';

/** A verification of F1 in a round, which closes it or not. */
const checked = (round: number, isClosed: boolean): Fact =>
  verificationRead(round, [
    { id: 'F1', closed: isClosed, verdict: isClosed ? 'fixed' : 'not_fixed', changed: true, why: 'why' },
  ]);

describe('a stop card', () => {
  it('of a run that found nothing says nothing', () => {
    expect(cardOf(reviewed(1, []), closed(1, 'reviewed'))).toEqual({
      ...CARD,
      sha256_before: 'plan-0',
      sha256_after: 'plan-0',
    });
  });

  it('counts findings by what became of them, and by whose text they are about', () => {
    const gates = [
      finding('F2', { gate: 'filtered' }),
      finding('F3', { gate: 'void' }),
      finding('F4', { gate: 'advisory' }),
      finding('F5', { gate: 'dismissed' }),
      finding('F6'),
      finding('F7', { generation: 1, parent: 'F1' }),
      finding('F8'),
    ];
    const handed = [{ id: 'F6', because: 'declined' as const, why: 'No.' }];
    const card = cardOf(
      resolved(1),
      reviewed(2, gates, { settled: 3 }),
      accepted(2, ['F7', 'F8'], { handed_over: handed }),
      applied(2, ['F7'], { growth: 30, reverted: [] }),
      committed(2),
      closed(2),
      reviewed(3, [], { settled: 2 }),
      closed(3, 'reviewed'),
    );

    expect(card).toMatchObject({
      raised: 8,
      actionable: 4,
      ruled_out: 2,
      filtered: 1,
      void: 1,
      settled: 5,
      addressed: 2,
      lapsed: 1,
      handed_over: 1,
      open: 0,
      author: [1, 2, 0],
      fixes: [0, 1, 0],
      grown: 30,
      growth: 0.3,
      reproduction: { fixes: 2, induced: 1 },
    });
  });

  it('counts what was taken back, and no growth of a plan of no bytes', () => {
    const run = runOf(
      [
        started({}, { bytes: 0 }),
        resolved(1),
        ...sent(2, ['F2']),
        applied(2, ['F2', 'F1'], { reverted: ['F1'], growth: 5 }),
        committed(2),
        closed(2),
      ].flat(),
    );

    expect(stopCard(run)).toMatchObject({ reverted: 1, grown: 5, growth: 0 });
  });
});

describe('a finding came back after its fix', () => {
  const again = (round: number): readonly Fact[] => [
    ...reviewed(round, [finding('F1')]),
    closed(round, 'unedited'),
  ];
  const check = (round: number, isClosed: boolean): readonly Fact[] => [
    ...reviewed(round, []).slice(0, 1),
    checked(round, isClosed),
    closed(round, 'reviewed'),
  ];

  it.each<[string, number, readonly Fact[]]>([
    ['it was raised again', 1, [...resolved(1), ...again(2)]],
    ['it was raised once', 0, resolved(1)],
    ['it was raised twice before its first fix', 0, [...again(1), ...resolved(2)]],
    ['a verifier had closed it', 1, [...resolved(1), ...check(2, true), ...again(3)]],
    ['a verifier had found the fix wanting', 0, [...resolved(1), ...check(2, false), ...again(3)]],
    [
      'a verifier found it wanting before another fix',
      1,
      [...resolved(1), ...check(2, false), ...resolved(3), ...again(4)],
    ],
    ['a verifier found the fix wanting only later', 1, [...resolved(1), ...again(2), ...check(3, false)]],
  ])('where %s: %d', (_, count, facts) => {
    expect(cardOf(facts).regressions).toBe(count);
  });
});

describe('what was not checked', () => {
  it.each<[string, string[], readonly Fact[]]>([
    ['a fix that nobody looked at', [UNSEEN, SILENT], resolved(1)],
    ['a fix that a review came after', [LATER], [...resolved(1), ...reviewed(2, []), closed(2, 'reviewed')]],
    [
      'a fix that only a void review came after',
      [UNSEEN, SILENT],
      [...resolved(1), ...reviewed(2, [finding('F2', { gate: 'void' })]), closed(2, 'reviewed')],
    ],
    ['a fix that the last look saw', [SILENT], [...resolved(1), looked(1)]],
    [
      'a fix whose last look failed',
      [`${UNSEEN} The agent hung.`, SILENT],
      [...resolved(1), looked(1, [], 'The agent hung.')],
    ],
    [
      'a fix that was verified, and closed',
      [],
      [...resolved(1), ...reviewed(2, []).slice(0, 1), checked(2, true), closed(2, 'reviewed')],
    ],
    [
      'what a hook made of a fix',
      [
        'abcdef0 holds more than the fixes of round 1: a commit hook, or somebody else, changed the plan while it was committed.',
        UNSEEN,
        SILENT,
      ],
      [...sent(1), applied(1, ['F1']), committed(1, { sha: 'abcdef0123', plan_sha256: 'hooked' }), closed(1)],
    ],
    [
      'a round in which the arbiter came to no ruling',
      ['The arbiter came to no ruling in a round, so nothing was ruled out there.'],
      [...reviewed(1, []), ...ruledVoid(1), closed(1, 'reviewed')],
    ],
    [
      'a look that came to nothing',
      ['One look of round 1 came to nothing: It was no JSON.', 'One look of round 1 came to nothing: '],
      [
        ...reviewed(1, [], { looks: [look(['F1']), look(null, 'It was no JSON.'), look(null)] }),
        closed(1, 'reviewed'),
      ],
    ],
  ])('is said of %s', (_, sentences, facts) => {
    expect(cardOf(facts).not_checked).toEqual(sentences);
  });
});

type Look = FactOf<'review.parsed'>['looks'][number];

function look(findings: string[] | null, problem: string | null = null): Look {
  return { call: 'hunt', verdict: findings ? 'needs-attention' : null, problem, findings: findings ?? [] };
}

function ruledVoid(round: number): readonly Fact[] {
  return [
    ...called(round, 'arbitrate-1'),
    arbitrationRead(round, [], { call: null, result: 'void', problem: 'It hung.' }),
  ];
}

describe('what looks at the same bytes say of what is unseen', () => {
  const ALL = ['F1', 'F2', 'F3'].map((id) => finding(id));
  const looks = (...each: Look[]): readonly Fact[] => [
    ...reviewed(1, ALL, { looks: each }),
    closed(1, 'unedited'),
  ];
  const SCORED: FactOf<'calibration.scored'> = {
    type: 'calibration.scored',
    round: 1,
    call: 'calibrate-1',
    problem: null,
    seeded: 6,
    found: 4,
    recall: { mean: 0.6, low: 0.4, high: 0.8 },
    defects: [],
  };

  it('is said of the first round that took several', () => {
    expect(cardOf(looks(look(['F1', 'F2']), look(['F1', 'F2']))).unseen).toBe(
      'Two reviews agree; that does not show that nothing is left.',
    );
    expect(cardOf(looks(look(['F1', 'F2']), look(['F1', 'F2']), look(null))).unseen).toBe(
      'Two reviews agree; that does not show that nothing is left.',
    );
    expect(cardOf(looks(look(['F1', 'F2']), look(['F3']))).unseen).toBe(
      'At least about 2 more are probably unseen.',
    );
  });

  it('is nothing where one look was read, or where they neither agree nor differ enough', () => {
    expect(cardOf(looks(look(['F1']))).unseen).toBeNull();
    expect(cardOf(looks(look(['F1']), look(null))).unseen).toBeNull();
    expect(cardOf(looks(look(['F1', 'F2']), look(['F2', 'F3']))).unseen).toBeNull();
  });

  it('counts what was admitted alone', () => {
    const beside = [finding('F1'), finding('F2', { gate: 'advisory' })];
    const facts = [
      ...reviewed(1, beside, { looks: [look(['F1', 'F2']), look(['F1', 'F9'])] }),
      closed(1, 'unedited'),
    ];

    expect(cardOf(facts).unseen).toBe('Two reviews agree; that does not show that nothing is left.');
  });

  it('goes by the recall that was measured, where that leaves one or more', () => {
    const seen = [look(['F1', 'F2', 'F3']), look(['F1', 'F2', 'F3'])];
    const card = cardOf(SCORED, looks(...seen));

    expect(card.recall).toEqual({ seeded: 6, found: 4, mean: 0.6, low: 0.4, high: 0.8 });
    expect(card.unseen).toBe('Two reviews agree; that does not show that nothing is left.');
    const blind = { ...SCORED, recall: { mean: 0.2, low: 0.1, high: 0.4 } };
    expect(cardOf(blind, looks(...seen)).unseen).toBe(
      'About 5 more are probably unseen, by the planted defects that were found.',
    );
  });

  it('is nothing without recall where the calibration measured none', () => {
    const none = { ...SCORED, recall: null };

    expect(cardOf(none, looks(look(['F1']))).recall).toBeNull();
    expect(cardOf(none, reviewed(1, []), parsed(1, [])).unseen).toBeNull();
  });
});
