import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { PLAN } from '../rig/world.ts';
import { edits } from './answers.ts';
import { reviewOf } from './agents.ts';
import { chain, CHAIN_PLAN } from './chains.ts';
import { digest } from './repo.ts';
import {
  endOf,
  factsOf,
  live,
  lived,
  openWorld,
  runOf,
  type Answer,
  type Given,
  type World,
} from './world.ts';

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

  it('that is taken moves what the run knows of it, and nothing of it is a fix', async () => {
    const world = await lived({
      plan: CHAIN_PLAN,
      defects: chain(1),
      policies: { external_edit: 'take' },
      answers: {
        '2/review-1': (_, disk) => {
          disk.plan = `Owner: Ann\n\n${disk.plan}`;
          return reviewOf('', []);
        },
      },
    });

    const { ledger, lineage, fixes, grown, grownBeside } = runOf(world);
    expect(ledger.get('F1')?.finding.anchor.lines).toEqual({ start: 5, end: 5 });
    expect(lineage.births).toEqual([
      [2, 3, []],
      [2, 0, []],
      [1, 1, ['F1']],
    ]);
    expect(fixes.records.all.map(({ lines }) => lines)).toEqual([{ start: 5, end: 5 }]);
    expect([grown, grownBeside]).toEqual([12, 12]);
    expect(factsOf(world, 'round.started').map(({ shift }) => shift?.hunks)).toEqual([
      undefined,
      undefined,
      [[1, 0, 1, 2]],
    ]);
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

describe('a plan that was edited after the run died before a commit', () => {
  const dieBefore = (type: Fact['type'], world: World): Promise<unknown> =>
    live(
      world,
      ({ kind, edge }) => kind === 'fact' && edge === 'before' && world.disk.journal.at(-1)?.type === type,
    );

  it.each([
    ['edits.applied', {}],
    ['commit.failed', { hook: (plan) => ({ plan, fails: plan.includes('three times') }) }],
  ] as const satisfies [Fact['type'], Given][])('is taken: %s', async (type, given) => {
    const world = openWorld(given);
    await dieBefore(type, world);
    world.disk.plan = `${world.disk.plan ?? ''}${NOTE}`;

    await live({ ...world, given: {} });

    expect(answersOf(world)).toEqual(['external_edit: take']);
    expect(world.disk.plan).toContain(NOTE);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('is taken in another repository too, once that is settled', async () => {
    const world = openWorld({ policies: { repo_change: 'continue' } });
    await dieBefore('edits.applied', world);
    world.disk.branch = 'another';
    world.disk.plan = `${world.disk.plan ?? ''}${NOTE}`;

    await live(world);

    expect(answersOf(world)).toEqual(['repo_change: continue', 'external_edit: take']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('again, while the run is at work, is not', async () => {
    const world = openWorld();
    await dieBefore('edits.applied', world);
    world.disk.plan = `${world.disk.plan ?? ''}${NOTE}`;
    const isResumed = (): boolean => world.disk.journal.at(-1)?.type === 'run.resumed';

    await live(world, ({ kind, edge }) => {
      if (kind === 'fact' && edge === 'after' && isResumed()) world.disk.plan += NOTE;
      return false;
    });

    expect(answersOf(world)).toEqual(['external_edit: abort']);
    expect(endOf(world)).toEqual([]);
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

describe('a repository and a plan that change together', () => {
  const both: Answer = (_, disk) => {
    disk.branch = 'another';
    disk.plan = `${disk.plan ?? ''}${NOTE}`;
    return reviewOf(PLAN, []);
  };

  it('are both asked about, one after the other, where the review would have ended the run', async () => {
    const world = await lived({ policies: { repo_change: 'continue' }, answers: { '1/review-1': both } });

    expect(answersOf(world)).toEqual(['repo_change: continue', 'external_edit: abort']);
    expect(endOf(world)).toEqual([]);
    expect(world.disk.plan).toBe(`${PLAN}${NOTE}`);
  });

  it('are both taken where that is the policy, and the next round reviews the new bytes', async () => {
    const policies = { repo_change: 'continue', external_edit: 'take' } as const;

    const world = await lived({ policies, answers: { '1/review-1': both } });

    expect(answersOf(world)).toEqual(['repo_change: continue', 'external_edit: take']);
    expect(subjectsOf(world)[0]).toBe('docs(plans): draft import before refinement');
    expect(factsOf(world, 'round.started')[1]?.sha256).toBe(digest(`${PLAN}${NOTE}`));
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('are both asked about on resume', async () => {
    const world = openWorld({ defects: [], policies: { repo_change: 'continue' } });
    await live(world, (moment) => moment.kind === 'fact' && isLast(world, 'round.finished'));
    world.disk.branch = 'another';
    world.disk.plan = `${PLAN}${NOTE}`;

    await live(world);

    expect(answersOf(world)).toEqual(['repo_change: continue', 'external_edit: take']);
    expect(factsOf(world, 'round.started')).toHaveLength(2);
  });

  it('are both asked about when the power fails between the two', async () => {
    const world = openWorld({ policies: { repo_change: 'continue' }, answers: { '1/review-1': both } });
    await live(world, (moment) => moment.kind === 'fact' && isLast(world, 'decision'));

    await live(world);

    expect(answersOf(world)).toEqual(['repo_change: continue', 'external_edit: take']);
  });

  it('are both asked about when the plan was seen first', async () => {
    const policies = { external_edit: 'take', repo_change: 'continue' } as const;
    const world = openWorld({ policies, answers: { '1/fix-1': meanwhile } });
    await live(world, (moment) => {
      if (moment.kind === 'fact' && isLast(world, 'plan.changed')) world.disk.branch = 'another';
      return false;
    });

    expect(answersOf(world)).toEqual(['external_edit: take', 'repo_change: continue']);
    expect(factsOf(world, 'repo.changed')[0]?.when).toBe('during-call');
  });

  it('are no edit of somebody else where the run wrote the plan itself before it was cut', async () => {
    const world = openWorld({ policies: { repo_change: 'continue' } });
    await live(world, (moment) => moment.kind === 'fact' && moment.edge === 'before' && isWritten(world));
    world.disk.branch = 'another';

    await live(world);

    expect(answersOf(world)).toEqual(['repo_change: continue']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });
});

function answersOf(world: World): string[] {
  return factsOf(world, 'decision').map(({ question, answer }) => `${question}: ${answer}`);
}

function isLast({ disk }: World, type: string): boolean {
  return disk.journal.at(-1)?.type === type;
}

/** The new text stands on disk, and no fact says so yet. */
function isWritten(world: World): boolean {
  return world.disk.plan !== PLAN && factsOf(world, 'edits.applied').length === 0;
}

function subjectsOf({ disk }: World): string[] {
  return disk.commits.slice(1).map(({ subject }) => subject);
}
