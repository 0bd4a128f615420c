import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import type { Committing, Run } from '../../src/core/run.ts';
import { accepted, finding, HOME, opened, reviewed, runOf, started } from './facts.ts';
import { POSITIONS } from './positions.ts';
import {
  applied,
  closed,
  commitFailed,
  committed,
  decided,
  drift,
  fitting,
  planChanged,
  repoChanged,
  resolved,
} from './rounds.ts';

const BEGUN = [started(), opened(1)];
const APPLIED = [started(), ...fitting(1), applied(1, ['F1'])];

const COMMITTING: Committing = {
  at: 'committing',
  kind: 'round',
  checked: 'plan-1',
  failed: null,
  attempts: 0,
  hasTriedFound: false,
  foundOnResume: null,
};

function decide(facts: readonly Fact[], question: string, answer: string): Run {
  return runOf([...facts, decided(question, answer)]);
}

describe('an answer', () => {
  it.each([
    ['drift', 'abort'],
    ['commit_failure', 'retry'],
    ['divergence', 'go-on'],
  ])('is remembered, and moves nothing where nobody asks that: %s, %s', (question, answer) => {
    expect(decide(BEGUN, question, answer)).toEqual({
      ...runOf(BEGUN),
      decisions: [decided(question, answer)],
    });
  });

  it.each(['design', 'stuck'] as const)('about %s is the round’s', (question) => {
    const facts = [started(), ...reviewed(1, [finding('F1')])];

    expect(decide(facts, question, 'skip').rounds[0]?.[question]).toEqual(decided(question, 'skip'));
  });
});

describe('what is decided about drift', () => {
  const LOST = drift(1, ['RETRY_MAX', 'TIMEOUT'], { of: 'hook', sha256: 'formatted' });
  const FAILED = [...APPLIED, commitFailed(1, { plan_sha256: 'theirs' }), LOST];
  const DONE = [...APPLIED, committed(1, { plan_sha256: 'theirs' }), LOST];

  it('tells the implementer of each line that its edits lose', () => {
    const facts = [...fitting(1).slice(0, -1), drift(1, ['RETRY_MAX', 'TIMEOUT'])];

    expect(decide([started(), ...facts], 'drift', 'revert').position).toMatchObject({
      at: 'refused',
      cause: 'drift',
      problem: 'RETRY_MAX\nTIMEOUT',
    });
  });

  it('commits what a hook left where that is accepted, once', () => {
    expect(decide(FAILED, 'drift', 'accept')).toMatchObject({
      expected: { sha256: 'formatted', repo: HOME },
      position: { ...COMMITTING, checked: 'formatted', hasTriedFound: true },
    });
  });

  it('lets what was committed stand where that is accepted', () => {
    expect(decide(DONE, 'drift', 'accept')).toMatchObject({
      expected: { sha256: 'formatted', repo: { ...HOME, head: 'head-1' } },
      position: { at: 'closing', how: 'edited' },
    });
  });

  it('ends with what was lost where it is not', () => {
    expect(decide(FAILED, 'drift', 'abort').position).toEqual({
      at: 'abandoned',
      lost: ['RETRY_MAX', 'TIMEOUT'],
    });
  });
});

describe('what is decided about a commit', () => {
  it.each<[string, readonly Fact[], string]>([
    ['what git said', [commitFailed(1)], 'error: hook declined'],
    ['nothing where it had not failed', [], ''],
  ])('that is given up keeps %s', (_, facts, output) => {
    expect(decide([...APPLIED, ...facts], 'commit_failure', 'abort').position).toMatchObject({
      at: 'uncommitted',
      output,
      commit: { checked: 'plan-1', attempts: facts.length },
    });
  });

  it.each<[string, readonly Fact[], Partial<Committing>]>([
    ['with the bytes it was of', [commitFailed(1)], { failed: null, attempts: 1 }],
    [
      'once what it left is checked',
      [
        commitFailed(1, { plan_sha256: 'theirs' }),
        drift(1, [], { of: 'hook', sha256: 'theirs' }),
        commitFailed(1, { plan_sha256: 'others' }),
      ],
      {
        checked: 'theirs',
        failed: commitFailed(1, { plan_sha256: 'others' }),
        attempts: 2,
        hasTriedFound: false,
      },
    ],
    ['as it was where it had not failed', [], {}],
  ])('tries it again %s', (_, facts, rest) => {
    expect(decide([...APPLIED, ...facts], 'commit_failure', 'retry').position).toEqual({
      ...COMMITTING,
      ...rest,
    });
  });
});

describe('a changed plan that is taken', () => {
  const CLEAN = [started(), ...reviewed(1, [])];
  const DRAFTED = [...POSITIONS['commit a draft'], committed(0, { kind: 'draft', plan_sha256: 'plan-0' })];

  it.each<[string, readonly Fact[], Run['position'], Run['rounds'][number]['how'][]]>([
    ['before the first round', DRAFTED, { at: 'between' }, []],
    ['when a draft is due', POSITIONS['commit a draft'], { at: 'opening' }, []],
    [
      'after the commit of a draft failed',
      POSITIONS['ask about the failed commit of a draft'],
      { at: 'between' },
      [],
    ],
    ['after a round that edited', [started(), ...resolved(1)], { at: 'between' }, ['edited']],
    ['after a clean review', [...CLEAN, closed(1, 'reviewed')], { at: 'between' }, ['dropped']],
    [
      'when a round with nothing to do is to be closed',
      [...CLEAN, accepted(1, [])],
      { at: 'closing', how: 'dropped' },
      [null],
    ],
    [
      'when an edited round is to be closed',
      [...APPLIED, committed(1)],
      { at: 'closing', how: 'edited' },
      [null],
    ],
    ['while a round is committed', APPLIED, { at: 'closing', how: 'dropped' }, [null]],
    ['in the middle of a review', BEGUN, { at: 'closing', how: 'dropped' }, [null]],
  ])('is the plan of the next round: %s', (_, facts, position, hows) => {
    const run = decide([...facts, planChanged('during-call')], 'external_edit', 'take');

    expect(run).toMatchObject({ disturbance: null, draftDue: true, expected: { sha256: 'theirs' } });
    expect(run.position).toEqual(position);
    expect(run.rounds.map(({ how }) => how)).toEqual(hows);
  });

  it.each<[string, readonly Fact[]]>([
    ['nothing changed', BEGUN],
    ['the repository changed', [...BEGUN, repoChanged()]],
    ['it is gone', [...BEGUN, planChanged('during-call', { found: null })]],
  ])('is the one that was expected where %s', (_, facts) => {
    expect(decide(facts, 'external_edit', 'take')).toMatchObject({
      disturbance: null,
      expected: { sha256: 'plan-0' },
    });
  });
});

describe('a changed repository that the run goes on in', () => {
  it.each<[string, readonly Fact[], string | null]>([
    ['is where it works now', [repoChanged()], 'topic'],
    ['is the one it knew where nothing changed', [], 'main'],
    ['is the one it knew where the plan changed', [planChanged('during-call')], 'main'],
  ])('%s', (_, facts, branch) => {
    expect(decide([...BEGUN, ...facts], 'repo_change', 'continue')).toMatchObject({
      disturbance: null,
      expected: { sha256: 'plan-0', repo: { ...HOME, branch } },
    });
  });
});
