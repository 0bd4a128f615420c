import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import type { FailureKind } from '../../src/core/failure.ts';
import {
  after,
  called,
  editsRead,
  endingAfter,
  failedCall,
  finding,
  HOME,
  opened,
  resumed,
  reviewed,
  runOf,
  settings,
  started,
  unreadable,
} from './facts.ts';
import { NAMES, POSITIONS, type PositionName } from './positions.ts';
import {
  applied,
  closed,
  commitFailed,
  decided,
  drift,
  ended,
  fitting,
  repoChanged,
  sent,
} from './rounds.ts';

/** The run goes on: it finds what it left, with the settings it had. */
function resumedIn(facts: readonly Fact[], rest: Parameters<typeof resumed>[0] = {}): readonly Fact[] {
  const { expected, settings: had } = runOf(facts);
  return [...facts, resumed({ settings: had, sha256: expected.sha256, repo: expected.repo, ...rest })];
}

describe.each(NAMES)('a run that was interrupted when it was about to %s', (name) => {
  const facts = POSITIONS[name];

  it('goes on as if it had not been', () => {
    expect(after(resumedIn(facts))).toEqual(after(facts));
  });

  it('does so however often it is interrupted', () => {
    expect(runOf(resumedIn(resumedIn(facts)))).toEqual(runOf(resumedIn(facts)));
  });

  it('asks when the branch is another one', () => {
    expect(after(resumedIn(facts, { moved: 'branch', repo: { ...HOME, branch: 'topic' } }))).toMatchObject({
      do: 'ask',
      question: { name: 'repo_change', fallback: 'abort' },
    });
  });

  it('says nothing about commits on top', () => {
    const on = { ...HOME, head: 'head-9' };

    expect(after(resumedIn(facts, { repo: on }))).toEqual(after(facts));
  });
});

describe('a plan that changed while nobody ran', () => {
  const COMMITS: PositionName[] = ['commit', 'commit what a hook wrote'];

  it.each(NAMES.filter((name) => !COMMITS.includes(name)))('is asked about: %s', (name) => {
    expect(after(resumedIn(POSITIONS[name], { sha256: 'theirs' }))).toMatchObject({
      do: 'ask',
      question: { name: 'external_edit', options: ['abort', 'take'], fallback: 'take' },
    });
  });

  it.each(COMMITS)(
    'is left to the commit, which looks for itself, for a hook may have been at work: %s',
    (name) => {
      expect(after(resumedIn(POSITIONS[name], { sha256: 'theirs' }))).toEqual(after(POSITIONS[name]));
    },
  );

  it.each(['call the reviewer', 'commit'] as const)('is asked about when it is gone: %s', (name) => {
    expect(after(resumedIn(POSITIONS[name], { sha256: null }))).toMatchObject({
      question: { name: 'external_edit', options: ['abort'] },
    });
  });

  it('has not changed when it is what was about to be written', () => {
    const writing = POSITIONS['write the plan'];

    expect(after(resumedIn(writing, { sha256: 'plan-1' }))).toEqual({ do: 'write-plan' });
  });

  it('has not changed when it is what a commit that failed had left', () => {
    const lost = drift(1, ['RETRY_MAX'], { of: 'hook', sha256: 'formatted' });
    const failed = commitFailed(1, { plan_sha256: 'formatted' });
    const abandoned = [started(), ...fitting(1), applied(1, ['F1']), failed, lost, decided('drift', 'abort')];

    expect(endingAfter(resumedIn(abandoned, { sha256: 'formatted' }))).toEqual(['aborted_drift', 7]);
  });
});

describe('a run that rested', () => {
  it('asks again about a plan that is not committed', () => {
    const failed = [started({}, { dirty: 'modified' }), decided('dirty', 'fail')];

    expect(after(resumedIn(failed))).toMatchObject({ question: { name: 'dirty' } });
  });

  it('does not, once there is a new commit', () => {
    const failed = [started({}, { dirty: 'modified' }), decided('dirty', 'fail')];

    expect(after(resumedIn(failed, { repo: { ...HOME, head: 'head-9' } }))).toEqual({
      do: 'open-round',
      round: 1,
      mode: 'review',
    });
  });

  it('looks anew at what made it rest', () => {
    const rested = [...POSITIONS['read edits'], repoChanged(), decided('repo_change', 'abort')];

    expect(after(resumedIn(rested))).toEqual({ do: 'read-edits', call: 'fix-1' });
    expect(after(resumedIn(rested, { moved: 'branch', repo: { ...HOME, branch: 'topic' } }))).toMatchObject({
      question: { name: 'repo_change' },
    });
  });
});

describe('a run that had ended by an abort, and is reopened', () => {
  const ROUND = [started(), opened(1)];
  const ANSWERED = [...ROUND, ...called(1, 'review-1')];
  const UNREAD = [
    ...ANSWERED,
    unreadable(1, 'review-1'),
    ...called(1, 'review-2'),
    unreadable(1, 'review-2'),
  ];
  const NOOP = [...POSITIONS['refuse edits']];
  const NOT_PLAIN = [finding('F1', { gate: 'filtered' })];
  const CUT = [...reviewed(1, NOT_PLAIN, { rung: 'cut' }), ...called(1, 'second-look-1')];
  const ODD = [started(), ...CUT, ...reviewed(1, NOT_PLAIN, { rung: 'cut' }).slice(3), closed(1, 'reviewed')];

  function reopened(facts: readonly Fact[], rest: Parameters<typeof resumed>[0] = {}): readonly Fact[] {
    return resumedIn(ended(facts), { reopened: true, ...rest });
  }

  it.each<[string, readonly Fact[], object]>([
    [
      'asks the reviewer again',
      POSITIONS['give up the reviewer'],
      { do: 'call', calls: [{ call: 'review-2', problem: null }] },
    ],
    [
      'asks the reviewer again after it was given up',
      [...ROUND, ...failedCall(1, 'review-1', 'timeout'), ...failedCall(1, 'review-2', 'timeout')],
      { do: 'call', calls: [{ call: 'review-3' }] },
    ],
    [
      'asks for a review from the beginning',
      UNREAD,
      { do: 'call', calls: [{ call: 'review-3', problem: null }] },
    ],
    [
      'asks for the review of the same round after answers too odd to approve by',
      ODD,
      { do: 'call', calls: [{ call: 'review-2', purpose: 'review', problem: null }] },
    ],
    [
      'asks the implementer again',
      [...POSITIONS['call the implementer'], ...failedCall(1, 'fix-1', 'auth')],
      { do: 'call', calls: [{ call: 'fix-2', problem: null }] },
    ],
    [
      'asks the implementer from the beginning',
      NOOP,
      { do: 'call', calls: [{ call: 'fix-3', problem: null }] },
    ],
    ['commits again', POSITIONS['end by a failed commit'], { do: 'commit', kind: 'round' }],
    [
      'commits the draft again',
      [...POSITIONS['ask about the failed commit of a draft'], decided('commit_failure', 'abort')],
      { do: 'commit', kind: 'draft' },
    ],
    [
      'checks what a hook wrote before it commits again',
      [
        ...POSITIONS['commit what a hook wrote'],
        commitFailed(1, { plan_sha256: 'again' }),
        decided('commit_failure', 'abort'),
      ],
      { do: 'check-drift', of: 'hook' },
    ],
  ])('%s', (_, facts, step) => {
    expect(after(reopened(facts))).toMatchObject(step);
  });

  it.each(['reviewer', 'implementer'] as const)(
    'ends at once where the %s fails the same way again',
    (role) => {
      const purpose = role === 'reviewer' ? 'review' : 'fix';
      const before = role === 'reviewer' ? ROUND : POSITIONS['call the implementer'];
      const failing = (call: number, kind: FailureKind): readonly Fact[] =>
        failedCall(1, `${purpose}-${call}`, kind);
      const twice = [...before, ...failing(1, 'timeout'), ...failing(2, 'timeout')];
      const again = reopened(twice);
      const third = reopened([...again, ...failing(3, 'timeout')]);

      expect(after(again)).toMatchObject({ do: 'call', calls: [{ call: `${purpose}-3` }] });
      expect(after(again, failing(3, 'timeout'))).toMatchObject({ do: 'finish' });
      expect(after(again, failing(3, 'overloaded'))).toMatchObject({ do: 'call' });
      expect(after(third)).toMatchObject({ do: 'call', calls: [{ call: `${purpose}-4` }] });
      expect(after(third, failing(4, 'timeout'))).toMatchObject({ do: 'finish' });
    },
  );

  it('waits for a usage limit that ended it, once it is told to', () => {
    const limit = { resets_at: '2026-01-01T10:00:00Z', resets_in_ms: 60_000 };
    const told = reopened([...ROUND, ...failedCall(1, 'review-1', 'usage-limit', limit)], {
      settings: settings({ wait_for_limit_ms: 60_000 }),
    });

    expect(after(told, failedCall(1, 'review-2', 'usage-limit', limit))).toEqual({
      do: 'wait',
      until: limit.resets_at,
    });
  });

  it('may send edits back again, for every cause', () => {
    const again = [...reopened(NOOP), ...called(1, 'fix-3'), editsRead(1, 'noop')];

    expect(after(again)).toMatchObject({
      do: 'call',
      calls: [{ call: 'fix-4', problem: 'The edits are noop.' }],
    });
  });

  it('is reviewed at the cap of rounds too, and looked at once more where that is odd again', () => {
    const again = reopened(ODD, { settings: settings({ max_rounds: 1 }) });
    const cut = [...called(1, 'review-2'), ...reviewed(1, NOT_PLAIN, { rung: 'cut' }).slice(3)];

    expect(after(again)).toMatchObject({ do: 'call', calls: [{ call: 'review-2' }] });
    expect(after(again, cut)).toMatchObject({ do: 'call', calls: [{ call: 'second-look-2' }] });
    expect(runOf([...again, ...cut]).rounds).toHaveLength(1);
  });

  it('counts the tries of a commit from the beginning', () => {
    const again = [...reopened(POSITIONS['end by a failed commit']), commitFailed(1)];

    expect(after(again)).toMatchObject({ question: { name: 'commit_failure', attempt: 1 } });
  });

  it('goes on with the draft of the first round after its commit', () => {
    const draft = [
      ...POSITIONS['ask about the failed commit of a draft'],
      decided('commit_failure', 'abort'),
    ];
    const done: Fact = { type: 'commit.skipped', round: 0, kind: 'draft', why: 'same-as-head' };

    expect(after(reopened(draft), done)).toEqual({ do: 'open-round', round: 1, mode: 'review' });
  });

  it('is asked about when the plan has changed since', () => {
    expect(after(reopened(POSITIONS['end by a failed commit'], { sha256: 'theirs' }))).toMatchObject({
      question: { name: 'external_edit', fallback: 'take' },
    });
  });

  it.each([
    ['the reviewer', POSITIONS['give up the reviewer'], 1],
    ['the implementer', [...sentByNow(), ...failedCall(1, 'fix-1', 'auth')], 3],
  ] as const)('does not call %s beyond its budget', (_, facts, calls) => {
    const limited = settings({ max_calls: calls });

    expect(endingAfter(reopened(facts, { settings: limited }))).toEqual(['completed_cap', 'budget', 1]);
  });

  it('has the settings it was resumed with', () => {
    const run = runOf(reopened(POSITIONS['give up the reviewer'], { settings: settings({ max_rounds: 2 }) }));

    expect(run.settings.max_rounds).toBe(2);
  });
});

function sentByNow(): readonly Fact[] {
  return [started(), ...sent(1)];
}
