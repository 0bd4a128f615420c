import { describe, expect, it } from 'vitest';
import type { Fact, FactOf, HandedOver } from '../../src/core/fact.ts';
import type { Settings } from '../../src/core/settings.ts';
import { after, accepted, called, editsRead, finding, opened, parsed, reviewed, started } from './facts.ts';
import {
  applied,
  arbitrationRead,
  closed,
  committed,
  decided,
  fitting,
  resolved,
  sent,
  verificationRead,
} from './rounds.ts';

/* The sentence that a run ends with, and what it counts among what is left. */

function outcomeOf(...facts: readonly (Fact | readonly Fact[])[]) {
  const step = after(...facts);
  if (step.do !== 'finish') throw new Error(`The run goes on: ${step.do}.`);
  return step.outcome;
}

function said(...facts: readonly (Fact | readonly Fact[])[]): readonly (string | null)[] {
  const { status, reason, message } = outcomeOf(...facts);
  return [status, reason, message];
}

function verified(
  round: number,
  checks: readonly [id: string, closed: boolean][],
  rest: Partial<FactOf<'verification.read'>> = {},
): readonly Fact[] {
  return [
    opened(round, `plan-${round - 1}`, 'verify'),
    ...called(round, 'verify-1'),
    verificationRead(
      round,
      checks.map(([id, isClosed]) => ({
        id,
        closed: isClosed,
        verdict: isClosed ? 'fixed' : 'cannot_tell',
        changed: true,
        why: '',
      })),
      rest,
    ),
  ];
}

const VOID = finding('F1', { gate: 'void', severity: 'medium' });
const REVIEWED = closed(1, 'reviewed');

describe('a run that is through says', () => {
  it('that the last review raised nothing', () => {
    expect(said(started(), reviewed(1, []), REVIEWED)).toEqual([
      'completed_clean',
      null,
      'The last review raised nothing actionable.',
    ]);
  });

  it('how many findings are closed, and of what that is a statement', () => {
    const frozen = started({ strategy: 'frozen' });
    const hunted = [opened(1, 'plan-0', 'hunt'), parsed(1, [finding('F1'), finding('F2')])];
    const fixed = fitting(1, ['F1', 'F2']).slice(-5);
    const both = verified(2, [
      ['F1', true],
      ['F2', true],
    ]);
    const audited = [opened(3, 'plan-2', 'audit'), ...called(3, 'audit-1'), parsed(3, [])];

    expect(
      said(
        frozen,
        hunted,
        fixed,
        applied(1, ['F1', 'F2']),
        committed(1),
        closed(1),
        both,
        closed(2, 'reviewed'),
        audited,
        closed(3, 'reviewed'),
      ),
    ).toEqual([
      'completed_verified',
      null,
      'Every listed finding is closed (2). This is a statement about the list, not about the plan.',
    ]);
  });

  it.each([
    [1, '1 finding was ruled out.'],
    [2, '2 findings were ruled out.'],
  ])('how many findings were ruled out: %d', (count, ruledOut) => {
    const ids = ['F1', 'F2'].slice(0, count);
    const found = ids.map((id) => finding(id));
    const rulings = ids.map((id) => ({
      id,
      gate: 'prose' as const,
      severity: 'low' as const,
      fix_kind: 'guard' as const,
      cause: '',
      same_as: null,
      reason: '',
    }));
    const read = arbitrationRead(1, rulings);
    const run = started({ arbiter: 'cmd:arbiter', arbiter_from_round: 1 });

    expect(said(run, reviewed(1, found), called(1, 'arbitrate-1'), read, REVIEWED)).toEqual([
      'completed_converged',
      null,
      `Of what the last review raised, nothing has to be mended before the plan is built: ${ruledOut}`,
    ]);
  });
});

describe('a run that stops says why', () => {
  const FOUND = reviewed(1, [finding('F1')]);

  it.each<[string, Partial<Settings>, readonly Fact[], string, string]>([
    [
      'the cap',
      { max_rounds: 1 },
      [...sent(1), closed(1, 'dropped')],
      'cap',
      'The cap of 1 round is reached.',
    ],
    [
      'the cap',
      { max_rounds: 2 },
      [...sent(1), closed(1, 'dropped'), ...sent(2), closed(2, 'dropped')],
      'cap',
      'The cap of 2 rounds is reached.',
    ],
    [
      'the budget',
      { max_calls: 1 },
      [...FOUND.slice(0, 3), closed(1, 'dropped')],
      'budget',
      'The budget is used up.',
    ],
    [
      'the budget, before a fix',
      { max_calls: 1 },
      [...FOUND, REVIEWED],
      'budget',
      'The budget does not cover another fix and the look at it.',
    ],
    [
      'the budget, before a second look',
      { max_calls: 1 },
      [...reviewed(1, [VOID]), REVIEWED],
      'budget',
      'The budget does not cover the second look that this review needs.',
    ],
    [
      'everything was declined',
      {},
      [
        ...sent(1),
        ...called(1, 'fix-1'),
        editsRead(1, 'declined', { declined: [{ finding: 'F1', reason: 'No.' }] }),
        closed(1, 'unedited'),
      ],
      'declined',
      'The implementer declined every finding. Left to you: 1 finding that the implementer declined or passed over.',
    ],
    [
      'no edit could be applied',
      {},
      [
        ...sent(1, ['F1', 'F2']),
        ...called(1, 'fix-1'),
        editsRead(1, 'unedited', {
          declined: [{ finding: 'F1', reason: 'No.' }],
          handed_over: [{ id: 'F2', because: 'growth', why: '' }],
        }),
        closed(1, 'unedited'),
      ],
      'declined',
      'Nothing of the last fix could be applied. Left to you: 1 finding that the implementer declined or passed over, 1 finding whose fix was larger than may be.',
    ],
    [
      'only findings left to the user',
      {},
      [...FOUND, accepted(1, [], { handed_over: [{ id: 'F1', because: 'not-fixed', why: '' }] }), REVIEWED],
      'stuck',
      'Nothing is left that the loop may fix. Left to you: 1 finding that the verifier found not fixed.',
    ],
    [
      'the loop feeds on itself',
      {},
      [...FOUND, decided('divergence', 'stop'), REVIEWED],
      'divergence',
      'The loop feeds on its own fixes, and was stopped.',
    ],
    [
      'the loop fed on itself',
      {},
      [
        ...resolved(1, ['F1', 'F2']),
        decided('divergence', 'verify'),
        ...verified(2, [['F1', true]]),
        closed(2, 'reviewed'),
      ],
      'divergence',
      'The loop feeds on its own fixes, so nothing more was looked for: the verifier closed 1 finding, and 1 earlier one was only addressed.',
    ],
    [
      'the loop fed on itself',
      {},
      [
        ...resolved(1, ['F1', 'F2']),
        ...reviewed(2, []),
        closed(2, 'reviewed'),
        ...resolved(3, ['F3']),
        decided('divergence', 'verify'),
        ...verified(4, []),
        closed(4, 'reviewed'),
      ],
      'divergence',
      'The loop feeds on its own fixes, so nothing more was looked for: the verifier closed 0 findings, and 3 earlier ones were only addressed.',
    ],
  ])('%s: %j', (_, limits, facts, reason, message) => {
    expect(said(started(limits), facts)).toEqual(['completed_cap', reason, message]);
  });

  it('also where a stop was said of another round, or of another question', () => {
    const others = [decided('stuck', 'stop'), { ...decided('divergence', 'stop'), round: 7 }];

    expect(said(started({ max_calls: 1 }), FOUND, others, REVIEWED)).toEqual([
      'completed_cap',
      'budget',
      'The budget does not cover another fix and the look at it.',
    ]);
  });
});

describe('findings that are left to the user', () => {
  function leftFor(...why: readonly HandedOver['because'][]): readonly (string | null)[] {
    const found = why.map((_, at) => finding(`F${at + 1}`));
    const handed_over = why.map((because, at) => ({ id: `F${at + 1}`, because, why: '' }));
    return said(started(), reviewed(1, found), accepted(1, [], { handed_over }), REVIEWED);
  }

  const NOTHING = 'Nothing is left that the loop may fix. Left to you:';

  it.each<[HandedOver['because'], string, string]>([
    ['stuck', 'stuck', 'that kept coming back'],
    ['not-fixed', 'stuck', 'that the verifier found not fixed'],
    ['regenerates', 'stuck', 'whose fix kept creating defects'],
    ['contested', 'contested', 'that other findings contradict'],
    ['declined', 'declined', 'that the implementer declined or passed over'],
    ['drift', 'declined', 'whose fix the drift guard dropped'],
    ['growth', 'declined', 'whose fix was larger than may be'],
    ['licence', 'declined', 'whose fix lay outside of what they are about'],
    ['dropped', 'declined', 'that you dropped'],
  ])('end it by their reason: %s', (because, reason, why) => {
    expect(leftFor(because)).toEqual(['completed_cap', reason, `${NOTHING} 1 finding ${why}.`]);
    expect(leftFor(because, because)).toEqual(['completed_cap', reason, `${NOTHING} 2 findings ${why}.`]);
  });

  it('end it by the gravest, and by design where all are', () => {
    expect(leftFor('design', 'design')).toEqual([
      'completed_design_handoff',
      null,
      `${NOTHING} 2 findings about a decision of design.`,
    ]);
    expect(leftFor('design', 'dropped')).toEqual([
      'completed_cap',
      'declined',
      `${NOTHING} 1 finding about a decision of design, 1 finding that you dropped.`,
    ]);
    expect(leftFor('stuck', 'contested')).toContain('contested');
    expect(leftFor('drift', 'stuck')).toContain('stuck');
  });
});
