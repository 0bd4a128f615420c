import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import {
  accepted,
  after,
  callStarted,
  called,
  editsRead,
  endingAfter,
  failedCall,
  finding,
  parsed,
  reviewed,
  started,
} from './facts.ts';
import { applied, closed, committed, decided, drift, fitting, resolved, sent } from './rounds.ts';

type Refusal = FactOf<'edits.read'>['result'];

const RUN = [started()];

function fix(call: string, problem: string | null, isRepeat = false): object {
  return {
    do: 'call',
    calls: [{ call, role: 'implementer', purpose: 'fix', seat: 0, isRepeat, problem }],
  };
}

const PLAIN = { expanded: [], design: [], guard: [], reverts: [] };

describe('findings', () => {
  it('go to the implementer, the actionable ones alone', () => {
    const review = [
      finding('F1'),
      finding('F2', { gate: 'filtered' }),
      finding('F3', { gate: 'void' }),
      finding('F4'),
    ];

    expect(after(RUN, reviewed(1, review))).toEqual({
      do: 'accept-findings',
      findings: ['F1', 'F4'],
      ...PLAIN,
      handedOver: [],
    });
  });

  it('are asked about when they are stuck, and when they are back again', () => {
    const back = reviewed(3, [finding('F1'), finding('F2'), finding('F3')]);

    expect(after(RUN, resolved(1, ['F1']), resolved(2, ['F2']), back)).toEqual({
      do: 'ask',
      question: {
        name: 'stuck',
        about: ['F1', 'F2'],
        options: ['retry', 'terminate', 'continue', 'expand'],
        fallback: 'retry',
        attempt: 1,
        why: '2 findings were fixed before and are raised again: F1 (back again) title of F1; F2 title of F2.',
      },
    });
  });

  const ALL_STUCK = [...RUN, ...resolved(1), ...reviewed(2, [finding('F1')])];
  const ONE_STUCK = [...RUN, ...resolved(1), ...reviewed(2, [finding('F1'), finding('F2')])];

  it.each<[string, string[], string[]]>([
    ['retry', [], []],
    ['terminate', [], ['F1']],
    ['continue', [], []],
    ['expand', ['F1'], []],
  ])('that are stuck among others: %s', (answer, expanded, handedOver) => {
    expect(after(ONE_STUCK, decided('stuck', answer, ['F1']))).toEqual({
      do: 'accept-findings',
      findings: ['F1', 'F2'].filter((id) => !handedOver.includes(id)),
      ...PLAIN,
      expanded,
      handedOver: handedOver.map((id) => ({
        id,
        because: 'stuck',
        why: 'It came back after 1 fix.',
      })),
    });
  });

  it('end the run when all of them are stuck', () => {
    const left = accepted(2, [], { handed_over: [{ id: 'F1', because: 'stuck', why: '' }] });
    const terminated = [...ALL_STUCK, decided('stuck', 'terminate', ['F1'])];

    expect(after(terminated)).toMatchObject({
      do: 'accept-findings',
      findings: [],
      handedOver: [{ id: 'F1' }],
    });
    expect(endingAfter(terminated, left, closed(2, 'reviewed'))).toEqual(['completed_cap', 'stuck', 1]);
    expect(after(ALL_STUCK, decided('stuck', 'continue', ['F1']))).toMatchObject({
      findings: ['F1'],
      expanded: [],
    });
    expect(after(ALL_STUCK, decided('stuck', 'expand', ['F1']))).toMatchObject({
      findings: ['F1'],
      expanded: ['F1'],
    });
  });

  it('are asked about again in the next round, unless the user said to go on with them', () => {
    const again = [
      accepted(2, ['F1']),
      ...called(2, 'fix-1'),
      editsRead(2, 'fits'),
      drift(2, []),
      applied(2, ['F1']),
      committed(2),
      closed(2),
    ];
    const third = [...again, ...reviewed(3, [finding('F1')])];

    expect(after(ALL_STUCK, decided('stuck', 'expand', ['F1']), third)).toMatchObject({
      do: 'ask',
      question: { name: 'stuck' },
    });
    expect(
      after(ALL_STUCK, decided('stuck', 'retry', ['F1']), third, decided('stuck', 'retry', ['F1'])),
    ).toMatchObject({
      do: 'accept-findings',
      findings: [],
      handedOver: [{ id: 'F1', because: 'stuck', why: 'It came back after 2 fixes.' }],
    });
    expect(after(ALL_STUCK, decided('stuck', 'continue', ['F1']), third)).toMatchObject({
      do: 'accept-findings',
      findings: ['F1'],
    });
  });

  it.each(['settled', 'filtered', 'void'] as const)(
    'that were handed over keep the run from being clean, however they are raised again: %s',
    (gate) => {
      const handedOver = [{ id: 'F2', because: 'stuck', why: '' }] as const;
      const left = sent(1, ['F1', 'F2'], { findings: ['F1'], handed_over: [...handedOver] });
      const again = reviewed(2, [finding('F2', { gate })], { verdict: 'approve' });
      const secondLook = gate === 'void' ? [...called(2, 'second-look-1'), parsed(2, [])] : [];

      expect(endingAfter(RUN, left, closed(1), again, secondLook, closed(2, 'reviewed'))).toEqual([
        'completed_cap',
        'stuck',
        1,
      ]);
    },
  );

  it('that were declined keep the run from being clean too', () => {
    const declined = editsRead(1, 'fits', { declined: [{ finding: 'F2', reason: 'On purpose.' }] });
    const round = [
      ...sent(1, ['F1', 'F2']),
      ...called(1, 'fix-1'),
      declined,
      drift(1, []),
      applied(1, ['F1']),
      committed(1),
      closed(1),
    ];

    expect(endingAfter(RUN, round, reviewed(2, []), closed(2, 'reviewed'))).toEqual([
      'completed_cap',
      'declined',
      1,
    ]);
  });
});

describe('an implementer', () => {
  const SENT = [...RUN, ...sent(1)];
  const ANSWERED = [...SENT, ...called(1, 'fix-1')];

  it('is called, read, checked, written and committed, in this order', () => {
    expect(after(SENT)).toEqual(fix('fix-1', null));
    expect(after(SENT, callStarted(1, 'fix-1'))).toEqual(fix('fix-1', null, true));
    expect(after(ANSWERED)).toEqual({ do: 'read-edits', call: 'fix-1' });
    expect(after(ANSWERED, editsRead(1, 'fits'))).toEqual({ do: 'check-drift', of: 'edits' });
    expect(after(RUN, fitting(1))).toEqual({ do: 'write-plan' });
    expect(after(RUN, fitting(1), applied(1, ['F1']))).toEqual({ do: 'commit', kind: 'round' });
    expect(after(RUN, fitting(1), applied(1, ['F1']), committed(1))).toEqual({
      do: 'close-round',
      how: 'edited',
    });
  });

  it('is not committed where nothing is to be', () => {
    expect(after(started({ commit: false }), fitting(1), applied(1, ['F1']))).toEqual({
      do: 'close-round',
      how: 'edited',
    });
  });

  it('may decline everything', () => {
    expect(after(ANSWERED, editsRead(1, 'declined'))).toEqual({ do: 'close-round', how: 'unedited' });
  });

  it('may give edits of which none is applied', () => {
    expect(after(ANSWERED, editsRead(1, 'unedited'))).toEqual({ do: 'close-round', how: 'unedited' });
  });

  it.each([
    ['auth', 6],
    ['crashed', 6],
    ['missing', 3],
  ] as const)('that cannot be reached ends the run: %s', (kind, code) => {
    expect(endingAfter(SENT, failedCall(1, 'fix-1', kind))).toEqual(['aborted_implementer_error', code]);
  });

  it('is tried again once after what passes, also when it was sent back', () => {
    const timedOut = [...SENT, ...failedCall(1, 'fix-1', 'timeout')];
    expect(after(timedOut)).toEqual(fix('fix-2', null));
    expect(endingAfter(timedOut, failedCall(1, 'fix-2', 'disconnected'))).toEqual([
      'aborted_implementer_error',
      6,
    ]);

    const sentBack = [...ANSWERED, editsRead(1, 'noop'), ...failedCall(1, 'fix-2', 'timeout')];
    expect(after(sentBack)).toEqual(fix('fix-3', 'The edits are noop.'));
  });
});

describe('an answer that is refused', () => {
  const SENT = [...RUN, ...sent(1)];

  function refusedFor(...results: readonly Refusal[]): readonly Fact[] {
    return [
      ...SENT,
      ...results.flatMap((result, index) => [...called(1, `fix-${index + 1}`), editsRead(1, result)]),
    ];
  }

  it.each(['noop', 'unfit', 'malformed', 'skipped'] as const)(
    'is sent back once with its cause: %s',
    (result) => {
      expect(after(refusedFor(result))).toEqual(fix('fix-2', `The edits are ${result}.`));
    },
  );

  it.each([
    [
      ['noop', 'noop'],
      ['aborted_implementer_noop', 6],
    ],
    [
      ['unfit', 'unfit'],
      ['aborted_implementer_error', 6],
    ],
    [
      ['malformed', 'malformed'],
      ['aborted_implementer_error', 6],
    ],
    [
      ['noop', 'unfit', 'noop'],
      ['aborted_implementer_noop', 6],
    ],
    [
      ['noop', 'unfit', 'unfit'],
      ['aborted_implementer_error', 6],
    ],
    [
      ['noop', 'unfit', 'malformed', 'skipped'],
      ['aborted_implementer_error', 6],
    ],
    [
      ['unfit', 'malformed', 'skipped', 'noop'],
      ['aborted_implementer_noop', 6],
    ],
  ] as const)('ends the run by its last cause: %j', (results, expected) => {
    expect(endingAfter(refusedFor(...results))).toEqual(expected);
  });

  it('may have three different causes, and be right in the end', () => {
    const right = [
      ...refusedFor('noop', 'unfit', 'malformed'),
      ...called(1, 'fix-4'),
      editsRead(1, 'fits'),
      drift(1, []),
    ];

    expect(after(refusedFor('noop', 'unfit', 'malformed'))).toEqual(fix('fix-4', 'The edits are malformed.'));
    expect(after(right)).toEqual({ do: 'write-plan' });
  });

  it('gets its causes back in the next round', () => {
    const first = [
      ...refusedFor('noop'),
      ...called(1, 'fix-2'),
      editsRead(1, 'fits'),
      drift(1, []),
      applied(1, ['F1']),
      committed(1),
      closed(1),
    ];

    expect(after(first, sent(2, ['F2']), called(2, 'fix-1'), editsRead(2, 'noop'))).toEqual(
      fix('fix-2', 'The edits are noop.'),
    );
  });
});
