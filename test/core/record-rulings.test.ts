import { describe, expect, it } from 'vitest';
import type { Fact, Ruling } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Entry, Ledger } from '../../src/core/ledger/entry.ts';
import { admit, moveFindings, recordRulings, recordVerification } from '../../src/core/ledger/record.ts';
import { accepted, finding, reviewed, runOf, started } from './facts.ts';
import { applied, arbitrationRead, closed, fitting, resolved, sent, verificationRead } from './rounds.ts';

function ledgerAfter(...facts: (Fact | readonly Fact[])[]): Ledger {
  return runOf([started(), ...facts.flat()]).ledger;
}

function ruling(id: string, rest: Partial<Ruling> = {}): Ruling {
  return {
    id,
    gate: 'actionable',
    severity: 'medium',
    fix_kind: 'guard',
    cause: '',
    same_as: null,
    reason: 'why',
    ...rest,
  };
}

function ruled(ledger: Ledger, rulings: Ruling[], stacked: string[] = [], round = 2): Ledger {
  return recordRulings(ledger, arbitrationRead(round, rulings, { stacked }));
}

function statusesOf(ledger: Ledger): Record<string, string> {
  return Object.fromEntries([...ledger].map(([id, { status }]) => [id, status]));
}

describe('a finding that is raised again', () => {
  it.each(['void', 'advisory'] as const)('as %s keeps the words and the state it was decided in', (gate) => {
    const again = finding('F1', { gate, title: 'other words' });

    expect(ledgerAfter(resolved(1), reviewed(2, [again])).get('F1')).toMatchObject({
      status: 'addressed',
      raised: [1, 2],
      finding: { title: 'title of F1', gate: 'actionable' },
    });
  });

  it.each<[how: Finding['anchor']['how'], gate: Finding['gate'], start: number]>([
    ['exact', 'advisory', 9],
    ['exact', 'actionable', 9],
    ['lines', 'filtered', 9],
    ['void', 'void', 5],
    ['void', 'filtered', 5],
    ['section', 'void', 5],
    ['section', 'filtered', 5],
    ['none', 'filtered', 5],
    ['none', 'unlikely', 5],
    ['none', 'actionable', 5],
  ])('after it was fixed, placed by %s and %s, stands at line %i', (how, gate, start) => {
    const lines = how === 'void' || how === 'none' ? null : { start: 9, end: 9 };
    const again = finding('F1', { gate, anchor: { ...finding('F1').anchor, how, lines } });

    expect(ledgerAfter(resolved(1), reviewed(2, [again])).get('F1')).toMatchObject({
      raised: [1, 2],
      status: gate === 'actionable' ? 'open' : 'addressed',
      finding: { anchor: { lines: { start } } },
    });
  });

  it('while it is open, has its new words and what the new gate makes of it', () => {
    const again = finding('F1', { gate: 'prose', title: 'other words' });

    expect(ledgerAfter(sent(1), closed(1, 'dropped'), reviewed(2, [again])).get('F1')).toMatchObject({
      status: 'ruled-out',
      finding: { title: 'other words' },
    });
  });

  it('stays a matter of design, and keeps its cause where none is given', () => {
    const after = (first: object, second: object): unknown =>
      ledgerAfter(reviewed(1, [finding('F1', first)]), reviewed(2, [finding('F1', second)])).get('F1')
        ?.finding;

    expect(after({ fix_kind: 'design', cause: 'one' }, { fix_kind: 'guard' })).toMatchObject({
      fix_kind: 'design',
      cause: 'one',
    });
    expect(after({ fix_kind: 'guard', cause: 'one' }, { fix_kind: 'guard', cause: 'two' })).toMatchObject({
      fix_kind: 'guard',
      cause: 'two',
    });
  });
});

describe('an audit', () => {
  it('lets nothing lapse that it does not raise', () => {
    const audit = reviewed(2, []).map((fact) =>
      fact.type === 'round.started' ? { ...fact, mode: 'audit' as const } : fact,
    );

    expect(statusesOf(ledgerAfter(sent(1), closed(1, 'dropped'), audit))).toEqual({ F1: 'open' });
  });
});

describe('a ruling', () => {
  const raised = ledgerAfter(reviewed(1, [finding('F1', { cause: 'known' }), finding('F2')]));

  it('gives a finding its gate, severity, kind of fix and cause, and is kept with it', () => {
    const given = ruling('F1', { gate: 'advisory', cause: 'said', fix_kind: 'design' });

    expect(ruled(raised, [given]).get('F1')).toMatchObject({
      status: 'ruled-out',
      ruling: given,
      finding: { gate: 'advisory', severity: 'medium', fix_kind: 'design', cause: 'said' },
    });
    expect(ruled(raised, [ruling('F1')]).get('F1')).toMatchObject({
      status: 'open',
      finding: { cause: 'known' },
    });
    expect(ruled(raised, [given]).get('F2')).toEqual(raised.get('F2'));
    expect(raised.get('F1')?.ruling).toBeNull();
  });

  it('that one repeats another settles it with that one, which counts as raised', () => {
    const after = ruled(raised, [ruling('F2', { same_as: 'F1' })]);

    expect(after.get('F2')).toMatchObject({ status: 'ruled-out', finding: { gate: 'settled' } });
    expect(after.get('F1')).toMatchObject({ status: 'open', raised: [1, 2] });
    expect(ruled(raised, [ruling('F2', { same_as: 'F1' })], [], 1).get('F1')?.raised).toEqual([1]);
  });

  it.each([
    ['addressed', 'open'],
    ['closed', 'open'],
    ['lapsed', 'open'],
    ['handed-over', 'handed-over'],
    ['ruled-out', 'ruled-out'],
    ['dismissed', 'dismissed'],
  ] as const)('that one repeats a finding that is %s leaves that one %s', (status, then) => {
    const before = new Map(raised).set('F1', { ...entryOf('F1', raised), status });

    expect(statusesOf(ruled(before, [ruling('F2', { same_as: 'F1' })]))).toEqual({
      F1: then,
      F2: 'ruled-out',
    });
  });

  it('under which guards pile up makes a matter of design of each', () => {
    const after = ruled(raised, [ruling('F1')], ['F2']);

    expect(after.get('F2')).toEqual({
      ...entryOf('F2', raised),
      finding: { ...entryOf('F2', raised).finding, fix_kind: 'design' },
    });
    expect(after.get('F1')?.finding.fix_kind).toBe('guard');
  });
});

describe('a verification', () => {
  const fixed = ledgerAfter(fitting(1, ['F1', 'F2']), applied(1, ['F1', 'F2']));
  const check = { verdict: 'fixed', changed: true, why: 'seen' } as const;

  it('closes what it closes, opens the rest, and keeps what was said', () => {
    const first = recordVerification(fixed, verificationRead(2, [{ id: 'F1', closed: false, ...check }]));
    const second = recordVerification(first, verificationRead(3, [{ id: 'F1', closed: true, ...check }]));

    expect(statusesOf(first)).toEqual({ F1: 'open', F2: 'addressed' });
    expect(second.get('F1')).toMatchObject({
      status: 'closed',
      checks: [
        { id: 'F1', closed: false, round: 2, ...check },
        { id: 'F1', closed: true, round: 3, ...check },
      ],
    });
  });

  it('enters what else it noticed', () => {
    const noticed = [finding('F3', { generation: 1, parent: 'F1' }), finding('F4', { gate: 'parked' })];

    const after = recordVerification(fixed, verificationRead(2, [], { findings: noticed }));

    expect(statusesOf(after)).toMatchObject({ F3: 'open', F4: 'parked' });
  });
});

describe('what is taken back', () => {
  const raised = ledgerAfter(reviewed(1, [finding('F1'), finding('F2'), finding('F3')]));
  const reverts = [
    { finding: 'F1', because: ['F2'] },
    { finding: 'F9', because: ['F3'] },
  ];

  it('is gone from where an older journal leaves the fix to the user, and only that', () => {
    const left = { id: 'F1', because: 'regenerates', why: '' } as const;
    const other = { id: 'F9', because: 'stuck', why: '' } as const;

    expect(statusesOf(admit(raised, accepted(1, [], { reverts, handed_over: [left, other] })))).toEqual({
      F1: 'handed-over',
      F2: 'reverted',
      F3: 'open',
    });
    expect(statusesOf(admit(raised, accepted(1, [], { reverts })))).toMatchObject({ F2: 'open', F3: 'open' });
  });

  it('goes with the edit that takes it back, and is not addressed by it', () => {
    const edit = applied(1, ['F1', 'F2'], { reverted: ['F1'], gone: ['F3'] });

    expect(statusesOf(ledgerAfter(fitting(1, ['F1', 'F2', 'F3']), edit))).toEqual({
      F1: 'open',
      F2: 'addressed',
      F3: 'reverted',
    });
  });
});

it('moves every place with a text that somebody else changed', () => {
  const raised = ledgerAfter(reviewed(1, [finding('F1'), finding('F2', { gate: 'filtered' })]));
  const moved = moveFindings(raised, { hunks: [[1, 0, 1, 3]], moves: [] });

  expect([...moved.values()].map(({ finding: { anchor } }) => anchor.lines)).toEqual([
    { start: 8, end: 8 },
    { start: 8, end: 8 },
  ]);
});

function entryOf(id: string, ledger: Ledger): Entry {
  const entry = ledger.get(id);
  if (!entry) throw new Error(`${id} is not in the ledger.`);
  return entry;
}
