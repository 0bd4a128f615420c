import { describe, expect, it } from 'vitest';
import type { Fact, FactOf, Ruling } from '../../src/core/fact.ts';
import { decidedIn, endedAs, type Decided } from '../../src/core/replay/decided.ts';
import { accepted, called, editsRead, finding, opened, parsed, reviewed, runOf, started } from './facts.ts';
import {
  applied,
  arbitrationRead,
  closed,
  committed,
  decided,
  drift,
  ended,
  looked,
  resolved,
  sent,
  verificationRead,
} from './rounds.ts';
import { POSITIONS } from './positions.ts';

type HandedOver = FactOf<'findings.accepted'>['handed_over'][number];

const RUN = [started()];
const OPEN: Decided = {
  round: 1,
  mode: 'review',
  sha256: 'plan-0',
  gates: null,
  closed: null,
  decisions: [],
  accepted: null,
  handed_over: null,
  reverted: null,
  edited: null,
  how: null,
};

function decisionsAfter(...facts: readonly (Fact | readonly Fact[])[]): Decided[] {
  return decidedIn(runOf([...RUN, ...facts.flat()]));
}

function left(id: string, because: HandedOver['because']): HandedOver {
  return { id, because, why: 'why' };
}

function ruling(id: string, rest: Partial<Ruling> = {}): Ruling {
  return {
    id,
    gate: 'actionable',
    severity: 'high',
    fix_kind: 'guard',
    cause: '',
    same_as: null,
    reason: '',
    ...rest,
  };
}

function checked(id: string, isClosed: boolean): FactOf<'verification.read'>['checks'][number] {
  return { id, closed: isClosed, verdict: isClosed ? 'fixed' : 'not_fixed', changed: true, why: '' };
}

describe('what was decided in a round', () => {
  it('is nothing before a review was read', () => {
    expect(decisionsAfter(opened(1, 'plan-0', 'audit'))).toEqual([{ ...OPEN, mode: 'audit' }]);
  });

  it('is said for each round, first to last', () => {
    const edited = { gates: { actionable: 1 }, accepted: ['F1'], handed_over: [], reverted: [] };

    expect(decisionsAfter(resolved(1), reviewed(2, []), closed(2, 'reviewed'))).toEqual([
      { ...OPEN, ...edited, edited: 'plan-1', how: 'edited' },
      { ...OPEN, round: 2, sha256: 'plan-1', gates: {}, how: 'reviewed' },
    ]);
  });

  it('counts the findings by the gate they came to', () => {
    const findings = [finding('F1'), finding('F2', { gate: 'filtered' }), finding('F3')];

    expect(decisionsAfter(reviewed(1, findings))).toEqual([
      { ...OPEN, gates: { actionable: 2, filtered: 1 } },
    ]);
  });

  it('lets an arbiter have the last word on a gate; what repeats another is settled', () => {
    const rulings = [
      ruling('F1', { gate: 'prose' }),
      ruling('F2', { same_as: 'F1' }),
      ruling('F3', { gate: 'unlikely' }),
    ];
    const findings = ['F1', 'F2', 'F3', 'F4'].map((id) => finding(id));

    const [round] = decisionsAfter(
      reviewed(1, findings),
      called(1, 'arbitrate-1'),
      arbitrationRead(1, rulings),
    );

    expect(round).toEqual({ ...OPEN, gates: { prose: 1, settled: 1, unlikely: 1, actionable: 1 } });
  });

  it('names what a verifier closed, and counts what else it noticed', () => {
    const checks = [checked('F1', true), checked('F2', false)];
    const noticed = [finding('F3', { gate: 'parked' })];

    const [, round] = decisionsAfter(
      resolved(1, ['F1', 'F2']),
      opened(2, 'plan-1', 'verify'),
      called(2, 'verify-1'),
      verificationRead(2, checks, { findings: noticed }),
    );

    expect(round).toEqual({
      ...OPEN,
      round: 2,
      mode: 'verify',
      sha256: 'plan-1',
      gates: { parked: 1 },
      closed: ['F1'],
    });
  });

  it('has the answers that were given in it, and those of no other round', () => {
    const later = { ...decided('design', 'hand-off'), round: 2 };

    const rounds = decisionsAfter(
      decided('dirty', 'baseline'),
      opened(1),
      decided('stuck', 'continue'),
      opened(2),
      later,
    );

    expect(rounds.map(({ decisions }) => decisions)).toEqual([
      ['dirty: baseline', 'stuck: continue'],
      ['design: hand-off'],
    ]);
  });

  it('names each finding that was left to the user once, with the reason, whoever left it', () => {
    const [round] = decisionsAfter(
      sent(1, ['F1', 'F2', 'F3', 'F4', 'F5'], { handed_over: [left('F6', 'design')] }),
      called(1, 'fix-1'),
      editsRead(1, 'fits', {
        handed_over: [left('F2', 'licence'), left('F3', 'declined')],
        declined: [
          { finding: 'F3', reason: 'no' },
          { finding: 'F4', reason: 'no' },
        ],
      }),
      drift(1, [], { handed_over: [left('F5', 'drift')] }),
      applied(1, ['F1'], { handed_over: [left('F0', 'contested')] }),
    );

    expect(round?.handed_over).toEqual([
      'F6 design',
      'F2 licence',
      'F3 declined',
      'F5 drift',
      'F0 contested',
      'F4 declined',
    ]);
  });

  it('names the fixes that were taken back', () => {
    const reverts = [{ finding: 'F1', because: ['F2'] }];

    const [, round] = decisionsAfter(
      resolved(1),
      reviewed(2, [finding('F2')]),
      accepted(2, ['F2'], { reverts }),
      called(2, 'fix-1'),
      editsRead(2, 'fits'),
      drift(2, []),
      applied(2, ['F2'], { reverted: ['F1'] }),
      committed(2),
    );

    expect([round?.accepted, round?.reverted, round?.edited]).toEqual([['F2'], ['F1'], 'plan-2']);
  });

  it('is that nothing was taken back or left where the implementer was asked, and has not answered', () => {
    expect(decisionsAfter(sent(1))).toEqual([
      { ...OPEN, gates: { actionable: 1 }, accepted: ['F1'], handed_over: [], reverted: [] },
    ]);
  });
});

describe('a run stands', () => {
  it('as it ended', () => {
    const facts = ended([...POSITIONS['take a last look'], ...called(1, 'last-look-1'), looked(1)]);

    expect(endedAs(runOf(facts))).toEqual({ status: 'completed_cap', reason: 'cap' });
  });

  it('in progress, on the question it rests on', () => {
    expect(endedAs(runOf([...RUN, opened(1), decided('external_edit', 'stop')]))).toEqual({
      status: 'in_progress',
      reason: 'external_edit',
    });
  });

  it('in progress for no reason where it was cut short', () => {
    expect(endedAs(runOf([...RUN, opened(1), parsed(1, [])]))).toEqual({
      status: 'in_progress',
      reason: null,
    });
  });
});
