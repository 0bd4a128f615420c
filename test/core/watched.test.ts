import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { argumentsOf } from '../../src/core/policies/contested.ts';
import { notTakenBack, stands, takenBack } from '../../src/core/policies/regenerating.ts';
import {
  accepted,
  after,
  called,
  editsRead,
  endingAfter,
  finding,
  reviewed,
  settings,
  started,
} from './facts.ts';
import { applied, closed, committed, decided, drift, resolved, sent } from './rounds.ts';

/* What becomes of findings that the fixes of a run bred, or that go against them. */

const UNWATCHED = started({ policies: { ...settings().policies, divergence: 'continue' } });

function bred(id: string, parent: string, generation = 1): Finding {
  return finding(id, { parent, generation });
}

function acceptedAfter(...facts: readonly (Fact | readonly Fact[])[]): unknown {
  const step = after(...facts);
  if (step.do !== 'accept-findings') return step.do === 'ask' ? step.question : step.do;
  const { findings, handedOver, reverts } = step;
  return { findings, handedOver, reverts };
}

describe('a run whose fixes breed findings', () => {
  const FIXED = resolved(1, ['F1', 'F2', 'F3', 'F4', 'F5', 'F6']);
  const BRED = ['G1', 'G2', 'G3', 'G4', 'G5', 'G6'].map((id) => bred(id, 'F1'));
  const asked = {
    name: 'divergence',
    about: [],
    why: 'The loop feeds on its own fixes: of 6 fixes, 6 findings came.',
  };

  it('asks what to do', () => {
    expect(acceptedAfter(started(), FIXED, reviewed(2, BRED))).toMatchObject(asked);
  });

  it.each<[string, readonly Finding[]]>([
    ['one of them is not about a fix', [...BRED.slice(1), finding('G1')]],
    ['one of them is not acted on', [...BRED.slice(1), { ...bred('G1', 'F1'), gate: 'parked' }]],
  ])('does not ask where %s', (_, found) => {
    expect(acceptedAfter(started(), FIXED, reviewed(2, found))).toMatchObject({ reverts: [] });
  });

  it('does not count what was taken back as a fix', () => {
    const back = [
      ...sent(1, ['F1', 'F2', 'F3', 'F4', 'F5', 'F6']),
      ...called(1, 'fix-1'),
      editsRead(1, 'fits'),
      drift(1, []),
      applied(1, ['F1', 'F2', 'F3', 'F4', 'F5', 'F6'], { reverted: ['F6'] }),
      committed(1),
      closed(1),
    ];

    expect(acceptedAfter(started(), back, reviewed(2, BRED))).toMatchObject({ reverts: [] });
  });

  it('does not ask again, nor where nothing is left to be fixed', () => {
    const others = [...FIXED, ...reviewed(2, BRED)];

    expect(acceptedAfter(started(), others, decided('divergence', 'verify'))).toMatchObject({
      findings: BRED.map(({ id }) => id),
    });
    expect(acceptedAfter(UNWATCHED, others)).toMatchObject({ findings: BRED.map(({ id }) => id) });
    const ofDesign = BRED.map((one): Finding => ({ ...one, fix_kind: 'design' }));
    expect(
      acceptedAfter(started(), FIXED, reviewed(2, ofDesign), { ...decided('design', 'handoff'), round: 2 }),
    ).toMatchObject({ findings: [], handedOver: BRED.map(({ id }) => ({ id, because: 'design' })) });
  });

  it('is stopped where somebody says so', () => {
    const told = [started(), ...FIXED, ...reviewed(2, BRED), { ...decided('divergence', 'stop'), round: 2 }];

    expect(acceptedAfter(told)).toBe('close-round');
    expect(endingAfter(told, closed(2, 'reviewed'))).toEqual(['completed_cap', 'divergence', 1]);
  });
});

describe('a finding about the fix of a bred finding', () => {
  const BEFORE = [started(), ...resolved(1, ['F1']), ...resolved(2, ['F2'])];
  const found = [bred('F3', 'F2', 2), finding('F4'), bred('F5', 'F2', 3), bred('F6', 'F1', 1)];

  it('has that fix taken back, and is not asked about itself', () => {
    expect(acceptedAfter(BEFORE, reviewed(3, found))).toEqual({
      findings: ['F4', 'F6'],
      handedOver: [],
      reverts: [{ finding: 'F2', because: ['F3', 'F5'] }],
    });
  });

  it('takes along what is open of that finding', () => {
    expect(
      acceptedAfter(BEFORE, reviewed(3, [...found, finding('F2')]), decided('stuck', 'retry', ['F2'])),
    ).toMatchObject({
      findings: ['F4', 'F6'],
      reverts: [{ finding: 'F2' }],
    });
  });

  it('is fixed like any other where nobody is to watch', () => {
    expect(acceptedAfter(UNWATCHED, BEFORE.slice(1), reviewed(3, found))).toEqual({
      findings: ['F3', 'F4', 'F5', 'F6'],
      handedOver: [],
      reverts: [],
    });
  });
});

describe('a fix', () => {
  const bredTwo = { finding: 'F2', because: ['F3', 'F4'] };

  it('that was taken back is left to the user with what went along, but for what went with its text', () => {
    const undone = [
      { ...bredTwo, along: ['F5', 'F6'] },
      { finding: 'F6', because: ['F7', 'F3'], along: [] },
      { finding: 'F7', because: ['F8'], along: [] },
    ];

    expect(takenBack(undone)).toEqual({
      reverted: ['F2', 'F6', 'F7'],
      gone: ['F3', 'F4', 'F7', 'F8'],
      handed_over: [
        {
          id: 'F5',
          because: 'regenerates',
          why: 'Its fix went with that for F2, which kept creating defects (F3, F4) and was taken back.',
        },
        {
          id: 'F6',
          because: 'regenerates',
          why: 'The fix for it kept creating defects (F7, F3), so it was taken back.',
        },
        {
          id: 'F2',
          because: 'regenerates',
          why: 'The fix for it kept creating defects (F3, F4), so it was taken back.',
        },
      ],
    });
  });

  it('that stands although it was to be taken back is left to the user with what is about it', () => {
    expect(notTakenBack([bredTwo], 'dropped', 'you did not want that')).toEqual([
      {
        id: 'F2',
        because: 'dropped',
        why: 'The fix for it kept creating defects (F3, F4), and was not taken back: you did not want that.',
      },
      ...['F3', 'F4'].map((id) => ({
        id,
        because: 'dropped',
        why: 'It is about the fix for F2, which was not taken back: you did not want that.',
      })),
    ]);
    expect(stands([{ finding: 'F2', because: ['F3'] }])).toEqual([
      {
        id: 'F2',
        because: 'regenerates',
        why: 'The fix for it kept creating defects (F3), and was not taken back: the text cannot be told from later edits any more.',
      },
      {
        id: 'F3',
        because: 'regenerates',
        why: 'It is about the fix for F2, which was not taken back: the text cannot be told from later edits any more.',
      },
    ]);
  });
});

describe('a finding that goes against a fix', () => {
  const lines = { start: 5, end: 5 };
  const change = { findings: ['F1'], removed: ' ', added: 'Retry at most three times.', lines };

  function fixedOnce(frozen: { start: number; end: number }[] = []): readonly Fact[] {
    return [
      ...sent(1),
      ...called(1, 'fix-1'),
      editsRead(1, 'fits', { frozen }),
      drift(1, []),
      applied(1, ['F1'], { changes: [change] }),
      committed(1),
      closed(1),
    ];
  }

  const asking = finding('F2', { kind: 'scope', recommendation: 'Remove "at most three times" again.' });
  const elsewhere = finding('F3', { anchor: { ...finding('F3').anchor, lines: { start: 9, end: 9 } } });
  const nowhere = finding('F4', { anchor: { how: 'none', lines: null, quote: null, section: [] } });

  it('is left to the user where it asks to take the fix back, with what that fix changed', () => {
    expect(acceptedAfter(started(), fixedOnce(), reviewed(2, [asking, elsewhere]))).toEqual({
      findings: ['F3'],
      handedOver: [
        {
          id: 'F2',
          because: 'contested',
          why: 'It asks to take back a fix.\nRound 1, for F1: (nothing) became "Retry at most three times.".',
        },
      ],
      reverts: [],
    });
  });

  it('is left to the user where it is about text that fixes contest', () => {
    expect(
      acceptedAfter(started(), fixedOnce([lines]), reviewed(2, [finding('F2'), elsewhere, nowhere])),
    ).toEqual({
      findings: ['F3', 'F4'],
      handedOver: [
        {
          id: 'F2',
          because: 'contested',
          why: 'Fixes of this run contest the text it is about, so it was left alone.',
        },
      ],
      reverts: [],
    });
  });

  it('is fixed where nobody is to watch', () => {
    expect(acceptedAfter(UNWATCHED, fixedOnce([lines]), reviewed(2, [asking, elsewhere]))).toEqual({
      findings: ['F2', 'F3'],
      handedOver: [],
      reverts: [],
    });
  });
});

it.each([
  ['reverses', 'One fix undoes another.'],
  ['returns', 'A fix brings back what an earlier one had changed.'],
  ['ping-pong', 'One block was edited in three rounds, for different findings.'],
] as const)('a place that fixes contest is told with both sides, verbatim: %s', (why, sentence) => {
  const lines = { start: 1, end: 1 };
  const sides = [
    { round: 1, findings: ['F1', 'F2'], removed: 'a\n', added: 'b', lines },
    { round: 2, findings: ['F3'], removed: 'b', added: '\n', lines },
  ];

  expect(argumentsOf({ why, findings: ['F1', 'F2', 'F3'], lines: [lines], arguments: sides })).toBe(
    `${sentence}\nRound 1, for F1, F2: "a\\n" became "b".\nRound 2, for F3: "b" became (nothing).`,
  );
});

describe('a matter of design', () => {
  const found = [
    finding('F1', { fix_kind: 'design', cause: 'Nobody owns the queue.' }),
    finding('F2'),
    finding('F3', { fix_kind: 'design' }),
  ];
  const AT = [started(), ...reviewed(1, found)];

  it('is asked about before anything is fixed', () => {
    expect(acceptedAfter(AT)).toMatchObject({ name: 'design', about: ['F1', 'F3'] });
  });

  it.each<[string, object]>([
    [
      'handoff',
      {
        findings: ['F2'],
        design: [],
        guard: [],
        handedOver: [
          {
            id: 'F1',
            because: 'design',
            why: 'Resolving it means changing a decision of the plan: Nobody owns the queue.',
          },
          { id: 'F3', because: 'design', why: 'Resolving it means changing a decision of the plan.' },
        ],
      },
    ],
    ['apply', { findings: ['F1', 'F2', 'F3'], design: ['F1', 'F3'], guard: [], handedOver: [] }],
    ['guard', { findings: ['F1', 'F2', 'F3'], design: [], guard: ['F1', 'F3'], handedOver: [] }],
    ['ignore', { findings: ['F1', 'F2', 'F3'], design: [], guard: [], handedOver: [] }],
  ])('is dealt with as was decided: %s', (answer, expected) => {
    expect(after(AT, decided('design', answer))).toMatchObject({ do: 'accept-findings', ...expected });
  });

  it('is asked about in every round that has one', () => {
    const fixed = [
      accepted(1, ['F1', 'F2', 'F3'], { design: ['F1', 'F3'] }),
      ...called(1, 'fix-1'),
      editsRead(1, 'fits'),
      drift(1, []),
      applied(1, ['F1', 'F2', 'F3']),
      committed(1),
      closed(1),
    ];
    const next = finding('F4', { fix_kind: 'design' });

    expect(acceptedAfter(AT, decided('design', 'apply'), fixed, reviewed(2, [next]))).toMatchObject({
      name: 'design',
      about: ['F4'],
    });
  });
});
