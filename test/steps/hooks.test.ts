import { describe, expect, it } from 'vitest';
import { PLAN } from '../rig/world.ts';
import { edits } from './answers.ts';
import type { Hook } from './repo.ts';
import { chain, CHAIN_PLAN } from './chains.ts';
import { endOf, factsOf, live, lived, openWorld, runOf, type Given, type World } from './world.ts';

describe('a hook that rewrites the plan', () => {
  it('and fails has its bytes checked, and the commit is tried once more without asking', async () => {
    const world = await lived({ hook: formatting({ fails: 'when it changed something' }) });

    expect(eventsOf(world).slice(0, 5)).toEqual([
      'edits.applied',
      'commit.failed',
      'drift.checked hook ok',
      'commit.created',
      'edits.applied',
    ]);
    expect(world.disk.commits[1]?.plan).toContain(', and set it at once.');
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('and succeeds gives the next baseline', async () => {
    const world = await lived({ hook: formatting({ fails: 'never' }) });

    expect(eventsOf(world).slice(0, 4)).toEqual([
      'edits.applied',
      'commit.created',
      'drift.checked hook ok',
      'edits.applied',
    ]);
    const [, second] = factsOf(world, 'round.started');
    expect(second?.sha256).toBe(factsOf(world, 'commit.created')[0]?.plan_sha256);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('and loses a load-bearing string is asked about, and aborts: what it left may be somebody’s, and stays', async () => {
    const world = await lived({
      hook: (plan) => ({ plan: `${plan.replace('`external_id` ', '')}${NOTE}`, fails: true }),
    });

    expect(factsOf(world, 'decision').map(({ question, answer }) => [question, answer])).toEqual([
      ['drift', 'abort'],
    ]);
    expect(endOf(world)).toEqual(['aborted_drift', null, 7]);
    expect(world.disk.plan).toContain(NOTE);
    expect(world.disk.commits).toHaveLength(1);
    expect(world.disk.files.get('round-01/plan.md')).toBe(PLAN);
    expect(factsOf(world, 'run.finished')[0]?.message).toBe(
      'The plan lost 1 load-bearing string: external_id: a commit hook, or somebody else, changed it while it was committed. It was left as it is, uncommitted; as it was before is round-01/plan.md in the state directory.',
    );
  });

  it('and loses a string in a commit that stands is asked about; the commit is left to the user', async () => {
    const world = await lived({
      hook: (plan) => ({ plan: plan.replace('`external_id` ', ''), fails: false }),
    });

    expect(endOf(world)).toEqual(['aborted_drift', null, 7]);
    expect(world.disk.plan).toBe(world.disk.commits[1]?.plan);
  });
});

describe('a hook that moves the text', () => {
  const HEADER = 'Owner: Ann\nState: draft\n\n';
  const heading: Hook = (plan) => {
    const isDue = !plan.startsWith(HEADER);
    return { plan: isDue ? HEADER + plan : plan, fails: false };
  };
  /** Where findings and the lines of fixes are. */
  const placesOf = (world: World): unknown => {
    const { ledger, lineage, fixes } = runOf(world);
    const lines = [...ledger.values()].map(({ finding }) => finding.anchor.lines?.start);
    return { lines, births: lineage.births, records: fixes.records.all.map(({ lines: { start } }) => start) };
  };
  const ONE: Given = { plan: CHAIN_PLAN, defects: chain(1), settings: { max_rounds: 1 } };

  it('moves what the run knows of it, whether or not there is another round', async () => {
    const last = await lived({ ...ONE, hook: heading });
    const another = await lived({ ...ONE, settings: {}, hook: heading });

    expect(placesOf(last)).toEqual({
      lines: [6],
      births: [
        [3, 1, []],
        [2, 0, []],
        [1, 1, ['F1']],
      ],
      records: [6],
    });
    expect(placesOf(another)).toEqual(placesOf(last));
  });

  it('and fails at first moves it once', async () => {
    const failing: Hook = (plan) => ({ ...heading(plan), fails: !plan.startsWith(HEADER) });

    expect(placesOf(await lived({ ...ONE, hook: failing }))).toEqual(
      placesOf(await lived({ ...ONE, hook: heading })),
    );
  });

  it('has its bytes counted in the growth of the plan, and not in what fixes may add', async () => {
    const world = await lived({ ...ONE, hook: heading });
    const [card] = factsOf(world, 'run.finished').map((fact) => fact.card);

    expect(card?.grown).toBe((world.disk.plan?.length ?? 0) - CHAIN_PLAN.length);
    expect([runOf(world).grown, runOf(world).grownBeside]).toEqual([HEADER.length, HEADER.length]);
  });

  it('keeps what was checked beside what it left, so that a fix can be taken back from under it', async () => {
    const world = await lived({ plan: CHAIN_PLAN, defects: chain(3), hook: heading });

    expect(world.disk.files.get('round-01/candidate.md')).toBe(CHAIN_PLAN.replace('state 0', 'state 1'));
    expect(world.disk.plan).toBe(HEADER + CHAIN_PLAN.replace('state 0', 'state 1'));
    expect(factsOf(world, 'edits.applied')[2]?.reverted).toEqual(['F2']);
  });
});

describe('what somebody writes while a commit is made', () => {
  it('is no part of it, and is committed on its own before the next review', async () => {
    let isFirst = true;
    const world = await lived({
      hook: (plan) => {
        const written = isFirst ? `${plan}${NOTE}` : plan;
        isFirst = false;
        return { plan: written, fails: false, unstaged: true };
      },
    });

    expect(world.disk.commits.map(({ subject, plan }) => [subject, plan.includes(NOTE)])).toEqual([
      ['Add the plan', false],
      ['docs(plans): refine import against codex (round 1)', false],
      ['docs(plans): draft import before refinement', true],
      ['docs(plans): refine import against codex (round 2)', true],
    ]);
    expect(factsOf(world, 'decision').map(({ question, answer }) => [question, answer])).toEqual([
      ['external_edit', 'take'],
    ]);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('and again while that is committed rests the run: drafts would have no end', async () => {
    const hook: Hook = (plan) => ({ plan: `${plan}${NOTE}`, fails: false, unstaged: true });

    const world = await lived({ hook, policies: { external_edit: 'take' } });

    expect(factsOf(world, 'decision').map(({ answer, options }) => [answer, options])).toEqual([
      ['take', ['abort', 'take']],
      ['abort', ['abort']],
    ]);
    expect(world.disk.commits).toHaveLength(3);
    expect(world.disk.plan).toContain(`${NOTE}${NOTE}`);
    expect(endOf(world)).toEqual([]);
  });

  it('that git refuses is tried once more with it, and both the commit and the end say so', async () => {
    let isFirst = true;
    const world = await lived({
      hook: (plan) => {
        const written = { plan: isFirst ? `${plan}${NOTE}` : plan, fails: isFirst };
        isFirst = false;
        return written;
      },
    });

    const [, first, second] = world.disk.commits;
    expect(first?.plan).toContain(NOTE);
    expect(first?.body).toContain('Also holds what a commit hook, or somebody else, made of it meanwhile.');
    expect(second?.body).not.toContain(
      'Also holds what a commit hook, or somebody else, made of it meanwhile.',
    );
    expect(factsOf(world, 'run.finished')[0]?.card.not_checked[0]).toBe(
      `${first?.sha.slice(0, 7)} holds more than the fixes of round 1: a commit hook, or somebody else, changed the plan while it was committed.`,
    );
  });

  it('after git refused it is asked about before it is tried again', async () => {
    const world = openWorld({
      hook: (plan) => ({ plan, fails: true }),
      policies: { commit_failure: 'retry' },
    });

    const ending = await live(world, ({ kind, edge }) => {
      const isFailed =
        kind === 'fact' && edge === 'after' && world.disk.journal.at(-1)?.type === 'commit.failed';
      if (isFailed) world.disk.plan += NOTE;
      return false;
    });

    expect(ending).toMatchObject({ kind: 'paused', decision: { question: 'external_edit' } });
    expect(world.disk.plan).toContain(NOTE);
    expect(world.disk.commits).toHaveLength(1);
  });

  it('before git is set to work is asked about, and not committed', async () => {
    const world = openWorld();

    const ending = await live(world, ({ kind, edge }) => {
      if (kind === 'lock' && edge === 'after') world.disk.plan += NOTE;
      return false;
    });

    expect(ending).toMatchObject({
      kind: 'paused',
      decision: { question: 'external_edit', answer: 'abort' },
    });
    expect(world.disk.plan).toContain(NOTE);
    expect(world.disk.commits).toHaveLength(1);
  });

  it('is not written over when the run ends, nor when it is resumed before that', async () => {
    const world = openWorld({
      hook: (plan) => ({ plan: `${plan.replace('`external_id` ', '')}${NOTE}`, fails: true }),
    });
    await live(world, ({ kind, edge }) => {
      return kind === 'fact' && edge === 'after' && world.disk.journal.at(-1)?.type === 'decision';
    });

    await live(world);

    expect(endOf(world)).toEqual(['aborted_drift', null, 7]);
    expect(world.disk.plan).toContain(NOTE);
  });
});

describe('bytes that a hook may have left behind when the power failed', () => {
  const cutInHook = async (policies: Given['policies'] = {}): Promise<World> => {
    const world = openWorld({ hook: formatting({ fails: 'never' }), policies });
    await live(world, ({ kind, edge }) => kind === 'hook' && edge === 'after');
    return world;
  };

  it('are taken, for nobody can tell whose they are', async () => {
    const world = await cutInHook();

    await live(world);

    expect(factsOf(world, 'plan.changed').map(({ when }) => when)).toEqual(['on-resume']);
    expect(factsOf(world, 'decision').map(({ answer }) => answer)).toEqual(['take']);
    expect(world.disk.commits[1]).toMatchObject({
      subject: 'docs(plans): draft import before refinement',
      plan: expect.stringContaining(', and set it at once.'),
    });
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('rest the run where that is the policy, and nothing is done to them', async () => {
    const world = await cutInHook({ external_edit: 'abort' });

    const ending = await live(world);

    expect(ending).toMatchObject({ kind: 'paused', decision: { question: 'external_edit' } });
    expect([world.disk.plan, world.disk.commits.length]).toEqual([
      expect.stringContaining(', and set it at once.'),
      1,
    ]);
  });
});

describe('a hook that refuses', () => {
  const refusing: Given = { hook: (plan) => ({ plan, fails: true }) };

  it('ends the run; the checked edit stays, uncommitted', async () => {
    const world = await lived(refusing);

    expect(endOf(world)).toEqual(['aborted_commit_failed', null, 8]);
    expect(world.disk.plan).toContain('retry three times');
    expect(world.disk.commits).toHaveLength(1);
  });

  it('is tried three times where that is the policy', async () => {
    const world = await lived({ ...refusing, policies: { commit_failure: 'retry' } });

    expect(factsOf(world, 'commit.failed')).toHaveLength(3);
    expect(endOf(world)).toEqual(['aborted_commit_failed', null, 8]);
  });
});

it('makes no commit where somebody has committed the same bytes meanwhile', async () => {
  const world = await lived({
    answers: {
      '1/fix-1': (_, disk) => {
        const plan = (disk.plan ?? '').replace('retry until it works', 'retry twice');
        disk.commits.push({ sha: 'theirs', key: '', subject: 'Bound the retries', plan });
        return edits({ findings: ['F1', 'F2'], old_text: 'retry until it works', new_text: 'retry twice' });
      },
    },
  });

  expect(factsOf(world, 'commit.skipped').map(({ round, why }) => [round, why])).toEqual([
    [1, 'same-as-head'],
  ]);
});

const NOTE = '\nP.S. Ask Ann.\n';

/** A formatter with a taste of its own for one sentence that the rig's first edit writes. */
function formatting({ fails }: { fails: 'never' | 'when it changed something' }): Hook {
  return (plan) => {
    const formatted = plan.replace(/, and set it\.$/m, ', and set it at once.');
    return { plan: formatted, fails: fails !== 'never' && formatted !== plan };
  };
}

function eventsOf({ disk }: World): string[] {
  return disk.journal.flatMap((fact) => {
    if (fact.type === 'drift.checked')
      return fact.of === 'hook' ? [`${fact.type} hook ${fact.ok ? 'ok' : 'lost'}`] : [];
    return /^commit\.|^edits\.applied/.test(fact.type) ? [fact.type] : [];
  });
}
