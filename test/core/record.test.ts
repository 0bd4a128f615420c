import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import type { Entry } from '../../src/core/ledger/entry.ts';
import { called, editsRead, finding, parsed, reviewed, runOf, started } from './facts.ts';
import { applied, closed, decided, drift, fitting, resolved, sent } from './rounds.ts';

/** What the ledger says of a finding. */
function entry(id: string, ...facts: (Fact | readonly Fact[])[]): Entry | undefined {
  return runOf([started(), ...facts.flat()]).ledger.get(id);
}

/** Every finding with what became of it. */
function statuses(...facts: (Fact | readonly Fact[])[]): Record<string, string> {
  const { ledger } = runOf([started(), ...facts.flat()]);
  return Object.fromEntries([...ledger].map(([id, { status }]) => [id, status]));
}

describe('a finding', () => {
  it('is new when it is raised, and open when it is actionable', () => {
    const raised = finding('F1');

    expect(entry('F1', reviewed(1, [raised]))).toEqual({
      finding: raised,
      status: 'open',
      handedOver: null,
      raised: [1],
      sent: [],
      addressedIn: null,
      waived: false,
      ruling: null,
      checks: [],
    });
  });

  it.each([
    ['actionable', 'open'],
    ['filtered', 'filtered'],
    ['void', 'void'],
    ['settled', 'handed-over'],
    ['unlikely', 'ruled-out'],
    ['advisory', 'ruled-out'],
    ['prose', 'ruled-out'],
    ['dismissed', 'dismissed'],
    ['parked', 'parked'],
  ] as const)('that is %s is %s', (gate, status) => {
    expect(statuses(reviewed(1, [finding('F1', { gate })]))).toEqual({ F1: status });
  });

  it('that is open stays open, where it was, when it is raised again by a quote of nothing', () => {
    const { anchor } = finding('F1');
    const again = finding('F1', { gate: 'void', anchor: { ...anchor, how: 'void', lines: null } });

    expect(entry('F1', sent(1), closed(1, 'dropped'), reviewed(2, [again]))).toMatchObject({
      status: 'open',
      finding: { anchor },
    });
  });

  it('is addressed once the edit for it is written, not before', () => {
    expect(statuses(fitting(1))).toEqual({ F1: 'open' });
    expect(entry('F1', fitting(1), applied(1, ['F1']))).toMatchObject({
      status: 'addressed',
      sent: [1],
      addressedIn: 1,
    });
  });

  it('stays open where the edits left it out', () => {
    expect(statuses(fitting(1, ['F1', 'F2']), applied(1, ['F2']))).toEqual({ F1: 'open', F2: 'addressed' });
  });

  it('is open again when it is raised again, and has its history', () => {
    expect(entry('F1', resolved(1), reviewed(2, [finding('F1', { title: 'in other words' })]))).toMatchObject(
      {
        status: 'open',
        finding: { title: 'in other words' },
        raised: [1, 2],
        sent: [1],
        addressedIn: 1,
      },
    );
  });

  it('has lapsed when it was open and a later review does not raise it', () => {
    expect(statuses(sent(1), closed(1, 'dropped'), reviewed(2, [finding('F2')]))).toEqual({
      F1: 'lapsed',
      F2: 'open',
    });
    expect(statuses(resolved(1), reviewed(2, []))).toEqual({ F1: 'addressed' });
  });

  it('has not lapsed by a review that cites only what is not in the plan', () => {
    const cited = finding('F2', { gate: 'void' });

    expect(statuses(sent(1), closed(1, 'dropped'), reviewed(2, [cited]))).toEqual({ F1: 'open', F2: 'void' });
  });

  it('is raised once in a round, though two looks raise it', () => {
    const twice = [
      ...reviewed(1, [finding('F1', { gate: 'void' })]),
      ...called(1, 'second-look-1'),
      parsed(1, [finding('F1')]),
    ];

    expect(entry('F1', twice)).toMatchObject({ status: 'open', raised: [1] });
  });

  it('moves with the text, whatever became of it', () => {
    const hunks = applied(1, ['F1'], { hunks: [[1, 0, 1, 3]] });
    const both = [...fitting(1), parsed(1, [finding('F2', { gate: 'filtered' })]), hunks];

    expect(entry('F1', both)?.finding.anchor.lines).toEqual({ start: 8, end: 8 });
    expect(entry('F2', both)?.finding.anchor.lines).toEqual({ start: 8, end: 8 });
  });

  it('is waived when the user said to go on with it', () => {
    const answer = decided('stuck', 'continue', ['F1']);

    expect(entry('F1', resolved(1), reviewed(2, [finding('F1')]), answer)).toMatchObject({ waived: true });
    expect(
      entry('F1', resolved(1), reviewed(2, [finding('F1')]), decided('stuck', 'expand', ['F1'])),
    ).toMatchObject({ waived: false });
  });
});

describe('a finding that is left to the user', () => {
  const STUCK = { id: 'F1', because: 'stuck', why: 'It came back.' } as const;
  const LEFT = [...sent(1, ['F1', 'F2'], { findings: ['F2'], handed_over: [STUCK] }), closed(1)];

  it('is so from when the others were accepted', () => {
    expect(entry('F1', LEFT)).toMatchObject({
      status: 'handed-over',
      handedOver: { because: 'stuck' },
      sent: [],
    });
  });

  it.each(['settled', 'filtered', 'void'] as const)(
    'stays so, with the reason, when it is raised again: %s',
    (gate) => {
      expect(entry('F1', LEFT, reviewed(2, [finding('F1', { gate })]))).toMatchObject({
        status: 'handed-over',
        handedOver: { because: 'stuck', why: 'It came back.' },
        raised: [1, 2],
      });
    },
  );

  it('stays so when it is not raised again', () => {
    expect(statuses(LEFT, reviewed(2, []))).toMatchObject({ F1: 'handed-over' });
  });

  it('is one that was declined, with the reason, or passed over without one', () => {
    const read = editsRead(1, 'fits', {
      declined: [{ finding: 'F1', reason: 'On purpose.' }],
      skipped: ['F2'],
    });
    const facts = [...sent(1, ['F1', 'F2', 'F3']), ...called(1, 'fix-1'), read];

    expect(entry('F1', facts)?.handedOver).toEqual({ because: 'declined', why: 'On purpose.' });
    expect(entry('F2', facts)?.handedOver).toEqual({
      because: 'declined',
      why: 'The implementer passed it over without a reason.',
    });
    expect(statuses(facts)).toEqual({ F1: 'handed-over', F2: 'handed-over', F3: 'open' });
  });

  it('is not any more when a second try addressed it after all', () => {
    const first = [
      editsRead(1, 'fits', { declined: [{ finding: 'F1', reason: 'No.' }] }),
      drift(1, ['RETRY_MAX']),
      decided('drift', 'revert'),
    ];
    const second = [...called(1, 'fix-2'), editsRead(1, 'fits'), drift(1, []), applied(1, ['F1', 'F2'])];

    expect(entry('F1', sent(1, ['F1', 'F2']), called(1, 'fix-1'), first, second)).toMatchObject({
      status: 'addressed',
      handedOver: null,
    });
  });
});
