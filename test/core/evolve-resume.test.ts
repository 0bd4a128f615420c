import { describe, expect, it } from 'vitest';
import { notAsked } from '../../src/core/conversation.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { Run } from '../../src/core/run.ts';
import { stopCard } from '../../src/core/stop-card.ts';
import {
  accepted,
  callStarted,
  finding,
  HOME,
  opened,
  parsed,
  resumed,
  reviewed,
  runOf,
  settings,
  started,
} from './facts.ts';
import { POSITIONS } from './positions.ts';
import { closed, committed, repoChanged, resolved } from './rounds.ts';

/** The run ended here, for a reason that is none of its own. */
function stoppedAt(facts: readonly Fact[]): readonly Fact[] {
  return [
    ...facts,
    {
      type: 'run.finished',
      status: 'aborted_malformed_output',
      reason: null,
      exit_code: 4,
      message: 'It ended.',
      rounds: 1,
      calls: 1,
      tokens: null,
      commits: [],
      unresolved: [],
      parked: [],
      card: stopCard(runOf(facts)),
    },
  ];
}

/** The run that is reopened where it ended. */
function reopened(facts: readonly Fact[], rest: Parameters<typeof resumed>[0] = {}): Run {
  const { expected } = runOf(facts);
  return runOf([...stoppedAt(facts), resumed({ reopened: true, sha256: expected.sha256, ...rest })]);
}

const BEGUN = [started(), opened(1)];
const TOPIC = { ...HOME, branch: 'topic' };

describe('what a resumed run is told of its plan', () => {
  it.each(['write the plan', 'commit'] as const)(
    'is nothing where it had ended about to %s, and finds what that leaves',
    (name) => {
      expect(reopened(POSITIONS[name], { sha256: 'plan-1' }).disturbance).toBeNull();
    },
  );

  it('is nothing where a commit may have been at work when it ended', () => {
    expect(reopened(POSITIONS.commit, { sha256: 'formatted' }).disturbance).toBeNull();
  });

  it.each([['theirs'], [null]])('is what it finds in its place: %s', (found) => {
    expect(runOf([...BEGUN, resumed({ sha256: found })]).disturbance).toEqual({
      type: 'plan.changed',
      round: 1,
      expected: 'plan-0',
      found,
      when: 'on-resume',
    });
  });
});

describe('what a resumed run is told of its repository', () => {
  it('is what moved, and from where to where', () => {
    const run = runOf([...BEGUN, resumed({ moved: 'branch', repo: TOPIC })]);

    expect(run.disturbance).toEqual(repoChanged({ to: TOPIC, when: 'on-resume' }));
    expect(run.expected.repo).toEqual(HOME);
  });

  it('is nothing where there was none, and what is there now is where it works', () => {
    const facts = [started({}, { kind: 'review', repo: null }), opened(1)];
    const run = runOf([...facts, resumed({ moved: 'branch', repo: TOPIC })]);

    expect(run).toMatchObject({ disturbance: null, expected: { sha256: 'plan-0', repo: TOPIC } });
  });

  it('is nothing where none is there any more, and the run remembers the one it had', () => {
    const run = runOf([...BEGUN, resumed({ moved: 'branch', repo: null })]);

    expect(run).toMatchObject({ disturbance: null, expected: { sha256: 'plan-0', repo: HOME } });
  });
});

describe('a commit that a run is resumed at', () => {
  it('knows what was on disk then', () => {
    expect(runOf([...POSITIONS.commit, resumed({ sha256: 'formatted' })]).position).toEqual({
      ...runOf(POSITIONS.commit).position,
      foundOnResume: 'formatted',
    });
  });

  it('is all that knows it', () => {
    expect(runOf([...BEGUN, resumed({ sha256: 'formatted' })]).position).toStrictEqual(runOf(BEGUN).position);
  });
});

describe('a run that is reopened', () => {
  const ODD = [started(), ...reviewed(1, [finding('F1', { gate: 'filtered' })])];

  it('takes a review that could not count anew, as if there had been none', () => {
    const second = [callStarted(1, 'second-look-1'), parsed(1, [])];
    const run = reopened([...ODD, ...second, closed(1, 'reviewed')]);

    expect(run).toMatchObject({
      position: { at: 'reviewing', looks: [notAsked('reviewer', 'review')] },
      rounds: [{ how: null, looks: 1, review: null }],
    });
  });

  it('asks a reviewer for a review, whatever its round began with', () => {
    const verify = [started(), opened(1, 'plan-0', 'verify'), parsed(1, []), closed(1, 'reviewed')];

    expect(reopened(verify).position).toEqual({
      at: 'reviewing',
      looks: [notAsked('reviewer', 'review')],
    });
  });

  it.each<[string, readonly Fact[], (string | null)[]]>([
    ['after a round that edited', [started(), ...resolved(1)], ['edited']],
    [
      'after the commit of a draft, before any round',
      [...POSITIONS['commit a draft'], committed(0, { kind: 'draft', plan_sha256: 'plan-0' })],
      [],
    ],
  ])('opens the next round %s', (_, facts, hows) => {
    const run = reopened(facts);

    expect(run.position).toEqual({ at: 'between' });
    expect(run.rounds.map(({ how }) => how)).toEqual(hows);
  });

  it('goes on with a last look at a plan, and not with the review before it', () => {
    const looking = [...ODD, accepted(1, []), closed(1, 'reviewed'), callStarted(1, 'last-look-1')];
    const run = reopened(looking);

    expect(run.position).toMatchObject({ at: 'looking', asking: { pending: 'last-look-1' } });
    expect(run.rounds[0]?.how).toBe('reviewed');
  });

  it('asks the implementer as if nothing had been sent back', () => {
    expect(reopened(POSITIONS['refuse edits']).position).toEqual({
      at: 'implementing',
      work: { findings: ['F1'], expanded: [], design: [], guard: [], reverts: [], sentBack: [] },
      asking: null,
    });
  });

  it('takes as many looks as its new settings say', () => {
    const more = settings({ further_reviewers: ['claude'] });

    expect(reopened([...ODD, closed(1, 'reviewed')], { settings: more }).position).toEqual({
      at: 'reviewing',
      looks: [notAsked('reviewer', 'review'), notAsked('reviewer', 'review', 1)],
    });
  });
});
