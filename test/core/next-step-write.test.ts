import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { after, called, editsRead, endingAfter, runOf, started } from './facts.ts';
import { applied, closed, commitFailed, committed, decided, drift, ended, fitting, sent } from './rounds.ts';

const LOST = ['RETRY_MAX'];

describe('an edit that would lose a load-bearing string', () => {
  const DRIFTED = [started(), ...sent(1), ...called(1, 'fix-1'), editsRead(1, 'fits'), drift(1, LOST)];
  const REVERTED = [
    ...DRIFTED,
    decided('drift', 'revert'),
    ...called(1, 'fix-2'),
    editsRead(1, 'fits'),
    drift(1, LOST),
  ];

  it('is asked about', () => {
    expect(after(DRIFTED)).toEqual({
      do: 'ask',
      question: {
        name: 'drift',
        about: LOST,
        options: ['revert', 'abort', 'accept'],
        fallback: 'revert',
        attempt: 1,
        why: 'The edit would lose 1 load-bearing string: RETRY_MAX.',
      },
    });
  });

  it('is asked about where only a mark is lost', () => {
    const unmarked = drift(1, [], { ok: false, markers_before: 2, markers_after: 1 });

    expect(after(DRIFTED.slice(0, -1), unmarked)).toMatchObject({
      question: { about: [], why: 'The edit would lose a **load-bearing** mark.' },
    });
    expect(after(DRIFTED.slice(0, -1), unmarked, decided('drift', 'abort'))).toMatchObject({
      do: 'finish',
      outcome: { status: 'aborted_drift', message: 'The edit would lose a **load-bearing** mark.' },
    });
  });

  it('is dropped and asked for again with the strings named: revert', () => {
    expect(after(DRIFTED, decided('drift', 'revert'))).toMatchObject({
      do: 'call',
      calls: [{ call: 'fix-2', problem: 'RETRY_MAX' }],
    });
  });

  it('ends the run: abort', () => {
    expect(endingAfter(DRIFTED, decided('drift', 'abort'))).toEqual(['aborted_drift', 7]);
  });

  it('is written all the same: accept', () => {
    expect(after(DRIFTED, decided('drift', 'accept'))).toEqual({ do: 'write-plan' });
  });

  it('ends the run when the second try loses one too and nothing is left of it', () => {
    expect(endingAfter(REVERTED)).toEqual(['aborted_drift', 7]);
  });

  it('is written as far as it loses nothing, and the rest is left to the user', () => {
    const kept = drift(1, [], {
      lost: LOST,
      ok: true,
      handed_over: [{ id: 'F1', because: 'drift', why: 'It loses one.' }],
    });
    const facts = [...REVERTED.slice(0, -1), kept];

    expect(after(facts)).toEqual({ do: 'write-plan' });
    expect(runOf(facts).ledger.get('F1')).toMatchObject({
      status: 'handed-over',
      handedOver: { because: 'drift', why: 'It loses one.' },
    });
  });

  it('is asked about without revert, where an agent that edits in place loses it again', () => {
    const [, ...rest] = REVERTED;

    expect(after(started({ edit_mode: 'in-place' }), rest)).toMatchObject({
      do: 'ask',
      question: { name: 'drift', options: ['abort', 'accept'], fallback: 'abort' },
    });
  });

  it('is asked about without revert, where the extra calls are used up', () => {
    const before = (['noop', 'unfit', 'malformed'] as const).flatMap((result, index) => [
      ...called(1, `fix-${index + 1}`),
      editsRead(1, result),
    ]);

    expect(
      after(started(), sent(1), before, called(1, 'fix-4'), editsRead(1, 'fits'), drift(1, LOST)),
    ).toMatchObject({
      question: { options: ['abort', 'accept'], fallback: 'abort' },
    });
  });
});

describe('a commit that fails', () => {
  const DUE: readonly Fact[] = [started(), ...fitting(1), applied(1, ['F1'])];
  const FAILED = [...DUE, commitFailed(1)];

  it('is asked about with what git says', () => {
    expect(after(FAILED)).toEqual({
      do: 'ask',
      question: {
        name: 'commit_failure',
        about: [],
        options: ['abort', 'retry'],
        fallback: 'abort',
        attempt: 1,
        why: 'The commit failed. Git says: error: hook declined.',
      },
    });
  });

  it('is tried again, and asked about with the number of the try', () => {
    const retried = [...FAILED, decided('commit_failure', 'retry')];

    expect(after(retried)).toEqual({ do: 'commit', kind: 'round' });
    expect(after(retried, commitFailed(1))).toMatchObject({ question: { attempt: 2 } });
  });

  it('ends the run: abort', () => {
    expect(endingAfter(FAILED, decided('commit_failure', 'abort'))).toEqual(['aborted_commit_failed', 8]);
  });

  describe('because a hook rewrote the plan', () => {
    const FORMATTED = [...DUE, commitFailed(1, { plan_sha256: 'formatted' })];
    const CHECKED = [...FORMATTED, drift(1, [], { of: 'hook', sha256: 'formatted' })];

    it('has the checks run on the new bytes, and is tried once more without asking', () => {
      expect(after(FORMATTED)).toEqual({ do: 'check-drift', of: 'hook' });
      expect(after(CHECKED)).toEqual({ do: 'commit', kind: 'round' });
      expect(after(CHECKED, committed(1, { plan_sha256: 'formatted' }))).toEqual({
        do: 'close-round',
        how: 'edited',
      });
    });

    it('is asked about when it fails again', () => {
      expect(after(CHECKED, commitFailed(1, { plan_sha256: 'formatted' }))).toMatchObject({
        question: { name: 'commit_failure', attempt: 2 },
      });
    });

    it('has the checks run again before every other try, when the hook rewrites every time', () => {
      const twice = [...CHECKED, commitFailed(1, { plan_sha256: 'again' })];

      expect(after(twice)).toMatchObject({ do: 'ask', question: { name: 'commit_failure' } });
      expect(after(twice, decided('commit_failure', 'retry'))).toEqual({ do: 'check-drift', of: 'hook' });
    });

    it('is asked about when the new bytes have lost a string', () => {
      const lost = [...FORMATTED, drift(1, LOST, { of: 'hook', sha256: 'formatted' })];

      expect(after(lost)).toMatchObject({ question: { name: 'drift', options: ['abort', 'accept'] } });
      expect(after(lost, decided('drift', 'accept'))).toEqual({ do: 'commit', kind: 'round' });
      expect(endingAfter(lost, decided('drift', 'abort'))).toEqual(['aborted_drift', 7]);
    });
  });
});

describe('a commit whose hook rewrote the plan', () => {
  const REWRITTEN = [
    started(),
    ...fitting(1),
    applied(1, ['F1']),
    committed(1, { plan_sha256: 'formatted' }),
  ];

  it('has its bytes checked, which the next round then reviews', () => {
    const held = [...REWRITTEN, drift(1, [], { of: 'hook', sha256: 'formatted' })];

    expect(after(REWRITTEN)).toEqual({ do: 'check-drift', of: 'hook' });
    expect(after(held)).toEqual({ do: 'close-round', how: 'edited' });
    expect(runOf(held).expected.sha256).toBe('formatted');
  });

  it('stands, though its bytes have lost a string: only the run can end', () => {
    const lost = [...REWRITTEN, drift(1, LOST, { of: 'hook', sha256: 'formatted' })];

    expect(after(lost)).toMatchObject({ question: { name: 'drift', options: ['abort', 'accept'] } });
    expect(after(lost, decided('drift', 'accept'))).toEqual({ do: 'close-round', how: 'edited' });
    expect(endingAfter(lost, decided('drift', 'abort'))).toEqual(['aborted_drift', 7]);
  });
});

describe('the commit of a draft', () => {
  const DRAFT = [started({}, { dirty: 'modified' }), decided('dirty', 'baseline')];
  const failed = commitFailed(0, { kind: 'draft', plan_sha256: 'plan-0' });

  it('is asked about when it fails', () => {
    expect(after(DRAFT, failed)).toMatchObject({ question: { name: 'commit_failure' } });
    expect(after(DRAFT, failed, decided('commit_failure', 'retry'))).toEqual({ do: 'commit', kind: 'draft' });
    expect(endingAfter(DRAFT, failed, decided('commit_failure', 'abort'))).toEqual([
      'aborted_commit_failed',
      8,
    ]);
  });

  it('is tried once more when a hook rewrote the plan', () => {
    const formatted = [...DRAFT, { ...failed, plan_sha256: 'formatted' }];

    expect(after(formatted)).toEqual({ do: 'check-drift', of: 'hook' });
    expect(after(formatted, drift(0, [], { of: 'hook', sha256: 'formatted' }))).toEqual({
      do: 'commit',
      kind: 'draft',
    });
  });
});

describe('a run that has ended', () => {
  it('rests', () => {
    const whole = ended([started(), ...sent(1), closed(1, 'unedited')]);

    expect(after(whole)).toMatchObject({
      do: 'rest',
      ending: { kind: 'finished', outcome: { status: 'completed_cap', reason: 'declined' } },
    });
  });
});
