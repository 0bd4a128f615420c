import { describe, expect, it } from 'vitest';
import { PLAN } from '../rig/world.ts';
import { edits } from './answers.ts';
import { reviewOf } from './agents.ts';
import { endOf, factsOf, live, lived, openWorld, type Answer, type World } from './world.ts';

const NOTE = '\nP.S. Ask Ann.\n';

/** Somebody adds a note while the agent works, which then answers nothing worth reading. */
const meanwhile: Answer = (_, disk) => {
  disk.plan = `${disk.plan ?? ''}${NOTE}`;
  return edits();
};

describe('a plan that somebody edits during a call', () => {
  it('stops the run, which stays in progress; nothing of theirs is touched', async () => {
    const world = openWorld({ answers: { '1/fix-1': meanwhile } });

    const ending = await live(world);

    expect(ending).toMatchObject({
      kind: 'paused',
      decision: { question: 'external_edit', answer: 'abort' },
    });
    expect([world.disk.plan, world.disk.commits.length, endOf(world)]).toEqual([`${PLAN}${NOTE}`, 1, []]);
  });

  it('is taken on resume: committed on its own, and reviewed in the next round', async () => {
    const world = await lived({ answers: { '1/fix-1': meanwhile } });

    await live(world);

    expect(subjectsOf(world)).toEqual([
      'docs(plans): draft import before refinement',
      'docs(plans): refine import against codex (round 2)',
      'docs(plans): refine import against codex (round 3)',
    ]);
    expect(world.disk.commits[1]?.plan).toBe(`${PLAN}${NOTE}`);
    expect(world.disk.plan).toContain(NOTE);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('is taken at once where that is the policy', async () => {
    const world = await lived({ policies: { external_edit: 'take' }, answers: { '1/fix-1': meanwhile } });

    expect(factsOf(world, 'round.finished')[0]?.how).toBe('dropped');
    expect(world.disk.plan).toContain(NOTE);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('during a review is asked about before the review is read', async () => {
    const reviewing: Answer = (_, disk) => {
      disk.plan = `${disk.plan ?? ''}${NOTE}`;
      return reviewOf(PLAN, []);
    };

    const world = await lived({ answers: { '1/review-1': reviewing } });

    expect(factsOf(world, 'review.parsed')).toEqual([]);
    expect(endOf(world)).toEqual([]);
  });
});

describe('a plan that was edited while no run was at work', () => {
  it('is taken, and the open round dropped', async () => {
    const world = openWorld();
    await live(
      world,
      (moment) => moment.kind === 'fact' && world.disk.journal.at(-1)?.type === 'findings.accepted',
    );
    world.disk.plan = `${PLAN}${NOTE}`;

    await live(world);

    expect(factsOf(world, 'decision').map(({ answer }) => answer)).toEqual(['take']);
    expect(world.disk.plan).toContain(NOTE);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });
});

describe('a plan that is gone', () => {
  const deleting: Answer = (_, disk) => {
    disk.plan = null;
    return edits();
  };

  it('stops the run, and is not made again', async () => {
    const world = await lived({ policies: { external_edit: 'take' }, answers: { '1/fix-1': deleting } });

    expect(factsOf(world, 'decision').map(({ answer, reason }) => [answer, reason])).toEqual([
      ['abort', 'docs/plans/import.md is gone.'],
    ]);
    expect([world.disk.plan, endOf(world)]).toEqual([null, []]);
  });

  it('and back as it was lets the run go on', async () => {
    const world = await lived({ answers: { '1/fix-1': deleting } });
    world.disk.plan = PLAN;

    await live(world);

    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });
});

describe('a repository that changes under the run', () => {
  const switching: Answer = ({ call }, disk) => {
    disk.branch = 'another';
    return call.startsWith('fix') ? edits() : reviewOf(PLAN, []);
  };

  it('stops the run before anything is written', async () => {
    const world = await lived({ answers: { '1/fix-1': switching } });

    expect(factsOf(world, 'decision')[0]).toMatchObject({
      question: 'repo_change',
      answer: 'abort',
      reason: 'The repository changed: the branch is another, it was main.',
    });
    expect([world.disk.plan, world.disk.commits.length]).toEqual([PLAN, 1]);
  });

  it('is gone along with where that is the policy', async () => {
    const world = await lived({
      policies: { repo_change: 'continue' },
      answers: { '1/review-1': switching },
    });

    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });
});

function subjectsOf({ disk }: World): string[] {
  return disk.commits.slice(1).map(({ subject }) => subject);
}
