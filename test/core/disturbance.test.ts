import { describe, expect, it } from 'vitest';
import { after, endingAfter, HOME, reviewed, runOf, started } from './facts.ts';
import { NAMES, POSITIONS, type PositionName } from './positions.ts';
import { closed, committed, decided, looked, planChanged, repoChanged, resolved } from './rounds.ts';

/* Somebody else changes the plan, or the repository, at any position of a run. */

const TAKE = decided('external_edit', 'take');
const CONTINUE = decided('repo_change', 'continue');

describe.each(NAMES)('a run that is about to %s', (name) => {
  const facts = POSITIONS[name];

  it('asks before it goes on over a changed plan', () => {
    for (const [when, fallback] of [
      ['during-call', 'abort'],
      ['before-write', 'abort'],
      ['between-rounds', 'take'],
      ['on-resume', 'take'],
    ] as const) {
      expect(after(facts, planChanged(when))).toMatchObject({
        do: 'ask',
        question: {
          name: 'external_edit',
          about: ['docs/plans/foo.md'],
          options: ['abort', 'take'],
          fallback,
        },
      });
    }
  });

  it('asks before it goes on in a changed repository, and goes on where it was', () => {
    expect(after(facts, repoChanged())).toMatchObject({
      do: 'ask',
      question: { name: 'repo_change', about: ['branch'], options: ['abort', 'continue'], fallback: 'abort' },
    });
    expect(after(facts, repoChanged(), CONTINUE)).toEqual(after(facts));
    expect(runOf([...facts, repoChanged(), CONTINUE]).expected.repo).toEqual({ ...HOME, branch: 'topic' });
  });

  it('rests when it is told to abort', () => {
    for (const [change, question] of [
      [planChanged('during-call'), 'external_edit'],
      [repoChanged(), 'repo_change'],
    ] as const) {
      const abort = decided(question, 'abort');

      expect(after(facts, change, abort)).toEqual({
        do: 'rest',
        ending: { kind: 'paused', decision: abort },
      });
    }
  });

  it('has nothing to take where the plan is gone', () => {
    expect(after(facts, planChanged('during-call', { found: null }))).toMatchObject({
      question: { options: ['abort'], fallback: 'abort', why: 'docs/plans/foo.md is gone.' },
    });
  });
});

describe('a changed plan that is taken', () => {
  const DRAFT = { do: 'commit', kind: 'draft' };
  const DROPPED = { do: 'close-round', how: 'dropped' };
  const DIRTY: PositionName[] = ['ask about a dirty plan'];
  const BETWEEN: PositionName[] = [
    'open its first round',
    'commit a draft',
    'ask about the failed commit of a draft',
    'end clean',
    'open another round',
    'take a last look',
  ];
  const KEPT: Partial<Record<PositionName, object>> = {
    'close an unedited round': { do: 'close-round', how: 'unedited' },
    'close a round': { do: 'close-round', how: 'edited' },
    'go on with a last look': after(POSITIONS['go on with a last look']),
    'read a last look': after(POSITIONS['read a last look']),
    'end at the cap': after(POSITIONS['end at the cap']),
  };

  it.each(NAMES)('is the plan from then on, when the run is about to %s', (name) => {
    const taken = [...POSITIONS[name], planChanged('on-resume'), TAKE];

    expect(runOf(taken)).toMatchObject({ disturbance: null, expected: { sha256: 'theirs' }, draftDue: true });
    const kept = BETWEEN.includes(name) ? DRAFT : (KEPT[name] ?? DROPPED);
    expect(after(taken)).toEqual(DIRTY.includes(name) ? after(POSITIONS[name]) : kept);
  });

  it('is committed on its own, and reviewed in the next round', () => {
    const taken = [...POSITIONS['write the plan'], planChanged('before-write'), TAKE, closed(1, 'dropped')];

    expect(after(taken)).toEqual(DRAFT);
    expect(after(taken, committed(1, { kind: 'draft', plan_sha256: 'theirs' }))).toEqual({
      do: 'open-round',
      round: 2,
      mode: 'review',
    });
  });

  it('is not committed where nothing is to be', () => {
    const taken = [started({ commit: false }), ...reviewed(1, []), planChanged('during-call'), TAKE];

    expect(after(taken)).toEqual(DROPPED);
    expect(after(taken, closed(1, 'dropped'))).toEqual({ do: 'open-round', round: 2, mode: 'review' });
  });

  it.each(['close a clean round', 'end clean'] as const)(
    'takes the verdict on other bytes away: %s',
    (name) => {
      const taken = [
        ...POSITIONS[name],
        planChanged('on-resume'),
        TAKE,
        ...(name === 'end clean' ? [] : [closed(1, 'dropped')]),
      ];

      expect(after(taken, committed(1, { kind: 'draft', plan_sha256: 'theirs' }))).toEqual({
        do: 'open-round',
        round: 2,
        mode: 'review',
      });
    },
  );

  it('is no clean end at the cap either', () => {
    const taken = [
      started({ max_rounds: 1 }),
      ...reviewed(1, []),
      planChanged('on-resume'),
      TAKE,
      closed(1, 'dropped'),
    ];

    expect(endingAfter(taken, committed(1, { kind: 'draft', plan_sha256: 'theirs' }))).toEqual([
      'completed_cap',
      'cap',
      1,
    ]);
  });

  it('leaves a last look what it was: a look at the last fix', () => {
    const taken = [...POSITIONS['read a last look'], planChanged('during-call'), TAKE, looked(1)];

    expect(endingAfter(taken)).toEqual(['completed_cap', 'cap', 1]);
  });
});

describe('a question about a change', () => {
  it.each([
    [{}, 'The repository changed: the branch is topic, it was main.'],
    [{ to: { ...HOME, branch: null } }, 'The repository changed: the branch is detached, it was main.'],
    [{ what: 'head' }, 'The repository changed: the history was rewritten under the run.'],
    [
      { what: 'operation', to: { ...HOME, operation: 'rebase' } },
      'The repository changed: a rebase is under way.',
    ],
  ] as const)('says what changed', (rest, why) => {
    expect(after(started(), repoChanged(rest))).toMatchObject({ question: { why } });
  });

  it.each([
    ['during-call', 'docs/plans/foo.md was edited by someone else during the round.'],
    ['between-rounds', 'docs/plans/foo.md was edited by someone else.'],
  ] as const)('says when the plan changed: %s', (when, why) => {
    expect(after(started(), resolved(1), planChanged(when))).toMatchObject({ question: { why } });
  });
});
