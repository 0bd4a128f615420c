import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Rung } from '../../src/core/rungs.ts';
import type { Settings } from '../../src/core/settings.ts';
import { after, called, endingAfter, finding, parsed, reviewed, started, unreadable } from './facts.ts';
import { arbitrationRead, closed, sent } from './rounds.ts';

type Review = Partial<FactOf<'review.parsed'>>;

const F1 = finding('F1');
const FILTERED = finding('F1', { gate: 'filtered' });
const VOID = finding('F1', { gate: 'void' });
const SETTLED = finding('F1', { gate: 'settled' });

function call(name: string, role: string, purpose: string, rest: object = {}): object {
  return {
    do: 'call',
    calls: [{ call: name, role, purpose, seat: 0, isRepeat: false, problem: null, ...rest }],
  };
}

/** What a review comes to: another look, or how the run ends by it. */
function verdictOf(findings: readonly Finding[], rest: Review = {}, limits: Partial<Settings> = {}): unknown {
  const facts = [started(limits), ...reviewed(1, findings, rest)];
  const step = after(facts);
  return step.do === 'close-round'
    ? endingAfter(facts, closed(1, 'reviewed'))
    : step.do === 'call'
      ? step.calls[0]?.purpose
      : step.do;
}

describe('a first review', () => {
  it.each([
    ['approves, without findings', [], 'approve', ['completed_clean', 0]],
    ['approves, and raises noise', [FILTERED], 'approve', ['completed_clean', 0]],
    ['approves, and raises a finding: the finding decides', [F1], 'approve', 'accept-findings'],
    ['asks for attention, and raises a finding', [F1], 'needs-attention', 'accept-findings'],
    ['asks for attention, and raises nothing', [], 'needs-attention', 'second-look'],
    ['asks for attention, and raises noise', [FILTERED], 'needs-attention', 'second-look'],
    ['asks for attention, and raises what is settled', [SETTLED], 'needs-attention', 'second-look'],
    [
      'asks for attention, and raises what is settled, void or noise',
      [SETTLED, finding('F2', { gate: 'void' }), finding('F3', { gate: 'filtered' })],
      'needs-attention',
      'second-look',
    ],
    ['approves, and raises what is settled', [SETTLED], 'approve', ['completed_cap', 'declined', 1]],
    ['raises only void citations', [VOID], 'needs-attention', 'second-look'],
    ['approves, and raises only void citations', [VOID], 'approve', 'second-look'],
    [
      'raises void citations and noise',
      [VOID, finding('F2', { gate: 'filtered' })],
      'approve',
      'second-look',
    ],
    [
      'raises a void citation beside what will hardly happen',
      [VOID, finding('F2', { gate: 'unlikely' })],
      'approve',
      'second-look',
    ],
    [
      'raises a void citation beside what was dismissed',
      [VOID, finding('F2', { gate: 'dismissed' })],
      'approve',
      'second-look',
    ],
    [
      'raises a void citation beside what is settled',
      [VOID, finding('F2', { gate: 'settled' })],
      'approve',
      'second-look',
    ],
    ['raises a void citation and a finding', [VOID, finding('F2')], 'approve', 'accept-findings'],
  ] as const)('that %s', (_, findings, verdict, expected) => {
    expect(verdictOf(findings, { verdict })).toEqual(expected);
  });

  it.each([
    ['json', ['completed_clean', 0]],
    ['fence', ['completed_clean', 0]],
    ['cut', 'second-look'],
    ['repaired', 'second-look'],
    ['prose', 'second-look'],
  ] as const)('approves only as a plain answer: %s', (rung: Rung, expected) => {
    expect(verdictOf([FILTERED], { verdict: 'approve', rung })).toEqual(expected);
    expect(verdictOf([F1], { verdict: 'approve', rung })).toBe('accept-findings');
  });

  it('gets no second look that the budget does not cover', () => {
    expect(verdictOf([VOID], {}, { max_calls: 1 })).toEqual(['completed_cap', 'budget', 1]);
  });
});

describe('a review whose findings an arbiter ruled out', () => {
  function arbitrated(findings: readonly Finding[], rest: Review = {}): Fact[] {
    return [
      started({ arbiter: 'cmd:arbiter', arbiter_from_round: 1 }),
      ...reviewed(1, findings, rest),
      ...called(1, 'arbitrate-1'),
      arbitrationRead(1, [{ ...ruledOut, same_as: null, reason: 'It is wording.' }]),
    ];
  }

  const ruledOut = { id: 'F1', gate: 'prose', severity: 'low', fix_kind: 'guard', cause: '' } as const;

  it.each([
    ['json', ['completed_converged', 0]],
    ['fence', ['completed_converged', 0]],
    ['cut', 'second-look'],
    ['repaired', 'second-look'],
    ['prose', 'second-look'],
  ] as const)('is a verdict only as a plain answer: %s', (rung: Rung, next) => {
    const facts = arbitrated([F1], { rung });
    const step = after(facts);

    expect(step.do === 'call' ? step.calls[0]?.purpose : endingAfter(facts, closed(1, 'reviewed'))).toEqual(
      next,
    );
  });

  it('says of what else the review cites that it is not in the plan', () => {
    const facts = arbitrated([F1, finding('F2', { gate: 'void' })], { void: 1 });

    expect(after(...facts, closed(1, 'reviewed'))).toMatchObject({
      outcome: {
        status: 'completed_converged',
        message:
          'Of what the last review raised, nothing has to be mended before the plan is built: 1 finding was ruled out, and 1 more cites text that is not in the plan.',
      },
    });
  });
});

describe('findings of one cause', () => {
  it('are a matter of design, also where no arbiter says so', () => {
    const both = [finding('F1', { cause: 'No owner.' }), finding('F2', { cause: 'no owner' })];

    expect(after(started(), ...reviewed(1, both))).toMatchObject({
      do: 'ask',
      question: { name: 'design', about: ['F1', 'F2'] },
    });
  });
});

describe('a second look', () => {
  function verdictAfterLooks(first: Review, second: Review): unknown {
    const looks = [
      started(),
      ...reviewed(1, [], first),
      ...called(1, 'second-look-1'),
      parsed(1, [], second),
    ];
    const step = after(looks);
    return step.do === 'close-round' ? endingAfter(looks, closed(1, 'reviewed')) : step.do;
  }
  const DISAGREES = { verdict: 'needs-attention' } as const;

  it('is a fresh call, with its own retry', () => {
    const first = [started(), ...reviewed(1, [], DISAGREES)];
    const LOOK = call('second-look-1', 'reviewer', 'second-look');

    expect(after(first)).toEqual(LOOK);
    expect(after(first, called(1, 'second-look-1'), unreadable(1, 'second-look-1'))).toEqual(
      call('second-look-2', 'reviewer', 'second-look', { problem: 'It is empty.' }),
    );
  });

  const LOOKS: [string, Review, Review, unknown][] = [
    ['approves: clean', DISAGREES, {}, ['completed_clean', 0]],
    ['disagrees again: clean', DISAGREES, DISAGREES, ['completed_clean', 0]],
    ['raises a finding: it replaces the first', DISAGREES, { findings: [F1] }, 'accept-findings'],
    [
      'raises a finding beside what is settled: it replaces the first',
      { findings: [SETTLED], ...DISAGREES },
      { findings: [SETTLED, finding('F2')] },
      'accept-findings',
    ],
    [
      'raises nothing but what is settled again: what is left is named',
      { findings: [SETTLED], ...DISAGREES },
      { findings: [SETTLED], ...DISAGREES },
      ['completed_cap', 'declined', 1],
    ],
    ['cites only what is not there', DISAGREES, { findings: [VOID] }, ['completed_cap', 'void', 1]],
    ...(['filtered', 'unlikely', 'dismissed', 'settled'] as const).map((gate): (typeof LOOKS)[number] => [
      `cites what is not there, and raises something ${gate}`,
      DISAGREES,
      { findings: [VOID, finding('F2', { gate })] },
      ['completed_cap', 'void', 1],
    ]),
    ['approves after void citations: clean', { findings: [VOID] }, {}, ['completed_clean', 0]],
    [
      'is not plain either',
      { rung: 'cut', findings: [FILTERED] },
      { rung: 'cut', findings: [FILTERED] },
      ['aborted_malformed_output', 5],
    ],
  ];

  it.each(LOOKS)('that %s', (_, first, second, expected) => {
    expect(verdictAfterLooks(first, second)).toEqual(expected);
  });

  it('says that the reviewers disagree', () => {
    const looks = [
      started(),
      ...reviewed(1, [], DISAGREES),
      ...called(1, 'second-look-1'),
      parsed(1, [], DISAGREES),
      closed(1, 'reviewed'),
    ];

    expect(after(looks)).toMatchObject({
      outcome: {
        message:
          'The last review asked for attention, but neither it nor the one before raised anything actionable.',
      },
    });
  });
});

describe('a single review', () => {
  function verdictOfReview(findings: readonly Finding[], rest: Review = {}): unknown {
    return endingAfter(started({}, { kind: 'review' }), reviewed(1, findings, rest), closed(1, 'reviewed'));
  }

  it.each([
    ['raises nothing', [], {}, ['completed_clean', 0]],
    ['raises noise', [FILTERED], {}, ['completed_clean', 0]],
    ['asks for attention only', [], { verdict: 'needs-attention' }, ['completed_clean', 0]],
    ['raises a finding', [F1], {}, ['completed_cap', 'cap', 1]],
    ['raises a void citation', [VOID], {}, ['completed_cap', 'void', 1]],
    [
      'raises a void citation beside what will hardly happen',
      [VOID, finding('F2', { gate: 'unlikely' })],
      {},
      ['completed_cap', 'void', 1],
    ],
    ['raises a void citation and a finding', [VOID, finding('F2')], {}, ['completed_cap', 'cap', 1]],
    [
      'raises noise in an answer that was cut out',
      [FILTERED],
      { rung: 'cut' },
      ['aborted_malformed_output', 5],
    ],
    ['raises a finding in an answer that was cut out', [F1], { rung: 'cut' }, ['completed_cap', 'cap', 1]],
  ] as const)('that %s', (_, findings, rest, expected) => {
    expect(verdictOfReview(findings, rest)).toEqual(expected);
  });

  it.each([
    ['high', 1],
    ['critical', 0],
  ] as const)('whose void citation is high ends by --fail-on %s with %i', (fail_on, code) => {
    const cited = finding('F1', { gate: 'void', severity: 'high' });

    const ending = endingAfter(
      started({ fail_on }, { kind: 'review' }),
      reviewed(1, [cited]),
      closed(1, 'reviewed'),
    );

    expect(ending).toEqual(['completed_cap', 'void', code]);
  });

  it('is closed, never fixed', () => {
    expect(after(started({}, { kind: 'review' }), reviewed(1, [F1]))).toEqual({
      do: 'close-round',
      how: 'reviewed',
    });
  });
});

describe('findings that are left', () => {
  it.each([
    ['stuck', 'stuck', '1 finding that kept coming back'],
    ['declined', 'declined', '1 finding that the implementer declined or passed over'],
    ['drift', 'declined', '1 finding whose fix the drift guard dropped'],
  ] as const)('say why they are: %s', (because, reason, why) => {
    const left = [{ id: 'F2', because, why: '' }] as const;
    const facts = [...sent(1, ['F1', 'F2'], { findings: ['F1'], handed_over: [...left] }), closed(1)];

    expect(after(started(), facts, reviewed(2, []), closed(2, 'reviewed'))).toMatchObject({
      outcome: { reason, message: `The last review raised nothing new. Left to you: ${why}.` },
    });
  });

  it('say so for each cause', () => {
    const left = (['declined', 'drift', 'stuck', 'drift'] as const).map((because, index) => ({
      id: `F${index + 1}`,
      because,
      why: '',
    }));
    const ids = left.map(({ id }) => id);
    const facts = [...sent(1, ids, { findings: [], handed_over: left }), closed(1)];

    expect(after(started(), facts, reviewed(2, []), closed(2, 'reviewed'))).toMatchObject({
      outcome: {
        reason: 'stuck',
        message:
          'The last review raised nothing new. Left to you: 1 finding that kept coming back, 1 finding that the implementer declined or passed over, 2 findings whose fix the drift guard dropped.',
      },
    });
  });
});
