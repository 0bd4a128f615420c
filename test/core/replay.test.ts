import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import { compare, type Replayed } from '../../src/core/replay/compare.ts';
import type { Decided } from '../../src/core/replay/decided.ts';
import { keepPace, recordedNext, startPace, type Pace } from '../../src/core/replay/pace.ts';

function closed(round: number, how: FactOf<'round.finished'>['how'] = 'edited'): Fact {
  return { type: 'round.finished', round, how };
}

function ended(call: string): Fact {
  const finished: Partial<Fact> = { type: 'call.finished', round: 1, call, outcome: 'ok' };
  return finished as Fact; // nothing else of it is looked at
}

function after(recorded: readonly Fact[], ...facts: readonly Fact[]): Pace {
  return facts.reduce(keepPace, startPace(recorded));
}

describe('a replay is in step with its recording', () => {
  it('as long as it comes to the same facts', () => {
    expect(recordedNext(after([closed(1), closed(2)], closed(1)))).toEqual(closed(2));
  });

  it('whichever of two calls ends first', () => {
    const recorded = [ended('hunt-1'), ended('hunt-2'), closed(1)];

    expect(recordedNext(after(recorded, ended('hunt-2')))).toEqual(ended('hunt-1'));
    expect(recordedNext(after(recorded, ended('hunt-2'), ended('hunt-1')))).toEqual(closed(1));
  });

  it('where the recording calls a round declined that is unedited', () => {
    const recorded = [closed(1, 'declined'), closed(2)];

    expect(recordedNext(after(recorded, closed(1, 'unedited')))).toEqual(closed(2));
  });

  it('and never again once it went its own way', () => {
    const pace = after([closed(1), closed(2)], closed(1, 'reviewed'), closed(1), closed(2));

    expect([pace.isInStep, recordedNext(pace)]).toEqual([false, undefined]);
  });

  it('up to the end of the recording', () => {
    expect(recordedNext(after([closed(1)], closed(1)))).toBeUndefined();
  });
});

describe('a replay and its recording', () => {
  const ROUND: Decided = {
    round: 1,
    mode: 'review',
    sha256: 'a',
    gates: { actionable: 1, filtered: 2 },
    closed: null,
    decisions: [],
    accepted: ['F1'],
    handed_over: [],
    reverted: [],
    edited: 'b',
    how: 'edited',
  };
  const NEXT: Decided = { ...ROUND, round: 2, sha256: 'b' };
  const CLEAN = { status: 'completed_clean', reason: null };
  const CUT = { status: 'in_progress', reason: null };
  const PAUSED = { status: 'in_progress', reason: 'external_edit' };
  const END = { round: 2, purpose: 'review', problem: 'no answer' };
  const WHOLE: Replayed = { rounds: [ROUND, NEXT], ended: CLEAN, end: null };

  function told(recorded: Parameters<typeof compare>[0], replayed: Partial<Replayed>): unknown {
    const { rounds, differs } = compare(recorded, { ...WHOLE, ...replayed });
    return [differs, ...rounds.map((round) => round.differs.join(' '))];
  }

  it('are the same in whatever order gates were counted', () => {
    const gates = { filtered: 2, actionable: 1 };

    expect(told({ rounds: [{ ...ROUND, gates }, NEXT], ended: CLEAN }, {})).toEqual([false, '', '']);
  });

  it('differ in what was decided, in what there was, and in how it ended', () => {
    const whole = { rounds: [ROUND, NEXT], ended: CLEAN };

    expect(told(whole, { rounds: [{ ...ROUND, accepted: [] }, NEXT] })).toEqual([true, 'accepted', '']);
    expect(told(whole, { rounds: [ROUND] })).toEqual([true, '', 'there']);
    expect(told(whole, { ended: PAUSED })).toEqual([true, '', '']);
  });

  it('do not differ in what nobody was asked', () => {
    const open = { ...NEXT, accepted: null, edited: null, how: null };

    expect(told({ rounds: [ROUND, NEXT, NEXT], ended: CLEAN }, { rounds: [ROUND, open], end: END })).toEqual([
      false,
      '',
      '',
      '',
    ]);
    expect(
      told({ rounds: [ROUND, NEXT], ended: CLEAN }, { rounds: [ROUND, { ...open, gates: {} }], end: END }),
    ).toEqual([true, '', 'gates']);
  });

  it('differ in an answer that was given before the recording ended, and not in one after', () => {
    const other = (round: Decided): Decided => ({ ...round, decisions: ['stuck: continue'] });
    const whole = { rounds: [ROUND, NEXT], ended: CLEAN };

    expect(told(whole, { rounds: [other(ROUND), NEXT], end: END })).toEqual([true, 'decisions', '']);
    expect(told(whole, { rounds: [ROUND, other(NEXT)], end: END })).toEqual([false, '', '']);
    expect(told(whole, { rounds: [ROUND, other(NEXT)] })).toEqual([true, '', 'decisions']);
  });

  it('differ in an answer that was given before the run was cut short, and not in one after', () => {
    const cut = { rounds: [ROUND, NEXT], ended: CUT };
    const other = (round: Decided): Decided => ({ ...round, decisions: ['stuck: continue'] });

    expect(told(cut, { rounds: [other(ROUND), NEXT] })).toEqual([true, 'decisions', '']);
    expect(told(cut, { rounds: [ROUND, other(NEXT)] })).toEqual([false, '', '']);
  });

  it('differ in what was decided in a round that the run was cut short in', () => {
    expect(told({ rounds: [ROUND], ended: CUT }, { rounds: [{ ...ROUND, accepted: [] }] })).toEqual([
      true,
      'accepted',
    ]);
  });

  it('are put side by side by round and ending, with what is not known', () => {
    const recorded = { rounds: [ROUND, NEXT], ended: CLEAN };

    const open = { ...WHOLE, rounds: [ROUND], ended: CUT, end: END };

    expect(compare(recorded, open)).toEqual({
      rounds: [
        { round: 1, recorded: ROUND, replayed: ROUND, isOpen: false, differs: [] },
        { round: 2, recorded: NEXT, replayed: null, isOpen: true, differs: [] },
      ],
      ending: { recorded: CLEAN, replayed: null },
      differs: false,
    });
    expect(compare(recorded, WHOLE).ending).toEqual({ recorded: CLEAN, replayed: CLEAN });
  });

  it.each([
    { ...CLEAN, reason: 'stuck' },
    { ...CLEAN, status: 'completed_cap' },
  ])('differ in an ending by either its name or its reason: %o', (ended) => {
    expect(told({ rounds: [ROUND, NEXT], ended: CLEAN }, { ended })).toEqual([true, '', '']);
  });

  it('do not differ in how a run that was cut short went on', () => {
    const open = { ...ROUND, accepted: null, edited: null, how: null };

    expect(told({ rounds: [open], ended: CUT }, {})).toEqual([false, '', '']);
    expect(told({ rounds: [open], ended: PAUSED }, {})).toEqual([true, 'accepted edited how', 'there']);
  });
});
