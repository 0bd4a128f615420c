import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import {
  accepted,
  after,
  called,
  callFinished,
  callStarted,
  editsRead,
  endingAfter,
  finding,
  opened,
  parsed,
  started,
} from './facts.ts';
import { applied, closed, committed, decided, drift, verificationRead } from './rounds.ts';

/* The phases of a run that is bounded beforehand: hunts and one fix, then an audit and three. */

type Checks = Readonly<Record<string, FactOf<'verification.read'>['checks'][number]['verdict']>>;

const FROZEN = started({ strategy: 'frozen' });

/** Looks at the plan, of which all but the first raise nothing. */
function looked(round: number, mode: 'hunt' | 'audit', ids: readonly string[], looks = 1): readonly Fact[] {
  const calls = Array.from({ length: looks }, (_, seat) => [
    callStarted(round, `${mode}-${seat + 1}`, seat),
    { ...callFinished(round, `${mode}-${seat + 1}`), seat },
  ]);
  const found = ids.map((id) => finding(id));
  return [opened(round, `plan-${round - 1}`, mode), ...calls.flat(), parsed(round, found)];
}

function verified(round: number, checks: Checks): readonly Fact[] {
  return [
    opened(round, `plan-${round - 1}`, 'verify'),
    ...called(round, 'verify-1'),
    verificationRead(
      round,
      Object.entries(checks).map(([id, verdict]) => ({
        id,
        closed: verdict === 'fixed',
        verdict,
        changed: true,
        why: `${verdict}.`,
      })),
    ),
  ];
}

function fixed(round: number, ids: readonly string[]): readonly Fact[] {
  return [
    accepted(round, ids),
    ...called(round, 'fix-1'),
    editsRead(round, 'fits'),
    drift(round, []),
    applied(round, ids),
    committed(round),
    closed(round),
  ];
}

const HUNT = looked(1, 'hunt', ['F1', 'F2'], 3);

describe('a frozen run', () => {
  it.each<[string, readonly Fact[], string]>([
    ['hunts first', [], 'hunt'],
    ['verifies what it fixed', [...HUNT, ...fixed(1, ['F1', 'F2'])], 'verify'],
    ['audits what it found nothing in', [...looked(1, 'hunt', [], 3), closed(1, 'reviewed')], 'audit'],
    [
      'audits what it verified',
      [
        ...HUNT,
        ...fixed(1, ['F1', 'F2']),
        ...verified(2, { F1: 'fixed', F2: 'fixed' }),
        closed(2, 'reviewed'),
      ],
      'audit',
    ],
    ['hunts again where somebody else changed the plan meanwhile', [...HUNT, closed(1, 'dropped')], 'hunt'],
    [
      'verifies again where that was so while it verified',
      [...HUNT, ...fixed(1, ['F1']), ...verified(2, {}), closed(2, 'dropped')],
      'verify',
    ],
  ])('%s', (_, facts, mode) => {
    expect(after(FROZEN, facts)).toMatchObject({ do: 'open-round', mode });
  });

  it.each([
    [0, 3],
    [2, 3],
    [3, 4],
    [5, 4],
  ])('with %d further reviewers hunts %d times at once, and audits once', (more, hunts) => {
    const run = started({
      strategy: 'frozen',
      further_reviewers: Array.from({ length: more }, () => 'codex'),
    });
    const callsOf = (mode: 'hunt' | 'audit'): unknown => {
      const step = after(run, opened(1, 'plan-0', mode));
      return step.do === 'call' ? step.calls.map(({ call, seat }) => [call, seat]) : step.do;
    };

    expect(callsOf('hunt')).toEqual(Array.from({ length: hunts }, (_, seat) => [`hunt-${seat + 1}`, seat]));
    expect(callsOf('audit')).toEqual([['audit-1', 0]]);
  });

  it('leaves what the fix after the hunts did not resolve to the audit, and the fix after that', () => {
    const half = [...HUNT, ...fixed(1, ['F1', 'F2']), ...verified(2, { F1: 'fixed', F2: 'not_fixed' })];

    expect(after(FROZEN, half)).toEqual({ do: 'close-round', how: 'reviewed' });
    expect(after(FROZEN, half, closed(2, 'reviewed'))).toMatchObject({ do: 'open-round', mode: 'audit' });
    expect(after(FROZEN, half, closed(2, 'reviewed'), looked(3, 'audit', ['F3']))).toMatchObject({
      do: 'accept-findings',
      findings: ['F2', 'F3'],
    });
  });

  it('takes three fixes after the audit, and leaves what is open then to the user', () => {
    const audited = [...looked(1, 'hunt', [], 3), closed(1, 'reviewed'), ...looked(2, 'audit', ['F1'])];
    const one = [...audited, ...fixed(2, ['F1']), ...raisedBeside(3, 'F1', 'F2')];
    const two = [...one, ...fixed(3, ['F2']), ...raisedBeside(4, 'F2', 'F3')];
    const three = [...two, ...fixed(4, ['F3']), ...raisedBeside(5, 'F3', 'F4')];

    expect([audited, one, two].map((facts) => after(FROZEN, facts))).toMatchObject([
      { findings: ['F1'] },
      { findings: ['F2'] },
      { findings: ['F3'] },
    ]);
    expect(after(FROZEN, three)).toMatchObject({
      do: 'accept-findings',
      findings: [],
      handedOver: [
        {
          id: 'F4',
          because: 'not-fixed',
          why: 'It was still open when the fixes that this phase may take were used up.',
        },
      ],
    });
  });

  it('ends when the audit raised nothing', () => {
    const closedAll = [
      ...HUNT,
      ...fixed(1, ['F1', 'F2']),
      ...verified(2, { F1: 'fixed', F2: 'fixed' }),
      closed(2, 'reviewed'),
    ];

    expect(
      endingAfter(
        FROZEN,
        looked(1, 'hunt', [], 3),
        closed(1, 'reviewed'),
        looked(2, 'audit', []),
        closed(2, 'reviewed'),
      ),
    ).toEqual(['completed_clean', 0]);
    expect(endingAfter(FROZEN, closedAll, looked(3, 'audit', []), closed(3, 'reviewed'))).toEqual([
      'completed_verified',
      0,
    ]);
  });

  it('says that it is a mistake of the program where it takes more decisions than its bound', () => {
    const rounds = Array.from({ length: 6 }, (_, at) => [
      ...looked(at + 1, 'hunt', [], 3),
      closed(at + 1, 'reviewed'),
    ]);
    const five = [FROZEN, ...rounds.slice(0, 5).flat()];

    expect(after(five)).toMatchObject({ do: 'open-round' });
    expect(() => after(FROZEN, rounds.flat())).toThrow(
      'A frozen run takes at most 16 decisions; this one took 18.',
    );
    expect(() => after(started(), rounds.flat())).not.toThrow();
  });
});

/** A verification that closes one finding and notices another about its fix. */
function raisedBeside(round: number, closes: string, raises: string): readonly Fact[] {
  return verified(round, { [closes]: 'fixed' }).map((fact) =>
    fact.type === 'verification.read'
      ? { ...fact, findings: [finding(raises, { generation: 1, parent: closes })] }
      : fact,
  );
}

describe('a run that was found to feed on its own fixes, and was told to verify', () => {
  const told = [started(), ...looked(1, 'audit', ['F1']), decided('divergence', 'verify')];

  it('verifies every further fix, and looks for nothing more', () => {
    expect(after(told, fixed(1, ['F1']))).toMatchObject({ do: 'open-round', mode: 'verify' });
    expect(after(told, closed(1, 'dropped'))).toMatchObject({ do: 'open-round', mode: 'verify' });
    expect(endingAfter(told, fixed(1, ['F1']), verified(2, { F1: 'fixed' }), closed(2, 'reviewed'))).toEqual([
      'completed_verified',
      0,
    ]);
  });

  it('is still one of rounds where somebody was asked something else', () => {
    const rounds = [started(), ...looked(1, 'audit', ['F1'])];

    expect(after(rounds, decided('divergence', 'continue'), fixed(1, ['F1']))).toMatchObject({
      mode: 'review',
    });
    expect(after(rounds, decided('stuck', 'verify'), fixed(1, ['F1']))).toMatchObject({ mode: 'review' });
  });
});
