import { describe, expect, it } from 'vitest';
import { chain, CHAIN_PLAN, claim } from './chains.ts';
import { declining, edits } from './answers.ts';
import { endOf, factsOf, leftOf, lived, runOf, type Answer, type Given, type World } from './world.ts';

/** A finding of the second generation, about the fix of F2, comes in round 3. */
const BREEDING: Given = { plan: CHAIN_PLAN, defects: chain(3) };

/** Raised in the round in which a fix is taken back. */
const OTHER = {
  ...claim(12),
  quote: 'Tell everybody.',
  after: 'state 2 of',
  fix: { old_text: 'Tell everybody.', new_text: 'Tell those who asked.' },
};

function statuses(world: World): Record<string, string> {
  return Object.fromEntries([...runOf(world).ledger].map(([id, { status }]) => [id, status]));
}

describe('a fix that is taken back', () => {
  it('in place is gone from the text, and the edit of the same round stays', async () => {
    const world = await lived({
      plan: CHAIN_PLAN,
      defects: [...chain(3), OTHER],
      settings: { edit_mode: 'in-place' },
    });

    expect(world.disk.plan).toBe('# Import\n\n1. Reach state 1 of the import.\n2. Tell those who asked.\n');
    expect(factsOf(world, 'edits.applied')[2]).toMatchObject({
      reverted: ['F2'],
      gone: ['F3'],
      edits: [{ findings: ['F2'] }, { findings: ['F4'] }],
    });
    expect(statuses(world)).toEqual({ F1: 'addressed', F2: 'handed-over', F3: 'reverted', F4: 'addressed' });
  });

  it('in place stands where the implementer changed its text too: both findings are left to the user', async () => {
    const world = await lived({
      plan: CHAIN_PLAN,
      defects: [...chain(3), OTHER],
      settings: { edit_mode: 'in-place' },
      answers: {
        '3/fix-1': ({ edit }) => ({
          answer: 'Edited.',
          edited: edit?.text.replace('state 2 of the import', 'state 2 of all imports') ?? null,
        }),
      },
    });

    expect(world.disk.plan).toContain('state 2 of all imports');
    expect(leftOf(world)).toEqual({
      F2: 'The fix for it kept creating defects (F3), and was not taken back: the text cannot be told from later edits any more.',
      F3: 'It is about the fix for F2, which was not taken back: the text cannot be told from later edits any more.',
    });
    expect(factsOf(world, 'run.finished')[0]?.card.reverted).toBe(0);
  });

  it('hands over what was fixed by the same edit, for that is gone as well', async () => {
    const [first, second, third] = chain(3);
    const world = await lived({
      plan: CHAIN_PLAN,
      defects: [first, second, { ...claim(8), quote: 'state 1 of' }, third].flatMap((it) => it ?? []),
      answers: {
        '2/fix-1': () =>
          edits({
            findings: ['F2', 'F3'],
            old_text: 'state 1 of the import',
            new_text: 'state 2 of the import',
          }),
      },
    });

    expect(factsOf(world, 'findings.accepted')[2]?.reverts).toEqual([{ finding: 'F2', because: ['F4'] }]);
    expect(leftOf(world)).toEqual({
      F2: 'The fix for it kept creating defects (F4), so it was taken back.',
      F3: 'Its fix went with that for F2, which kept creating defects (F4) and was taken back.',
    });
  });

  it('leaves the text whose it was before: what comes back may be that of an earlier fix', async () => {
    const world = await lived(BREEDING);

    expect(runOf(world).lineage.births).toEqual([
      [2, 0, []],
      [1, 1, ['F1']],
    ]);
  });

  it('takes an edit of its text along; that finding is left to the user', async () => {
    const world = await lived({
      plan: CHAIN_PLAN,
      defects: [...chain(3), OTHER],
      answers: {
        '3/fix-1': () =>
          edits({
            findings: ['F4'],
            old_text: 'state 2 of the import.\n2. Tell everybody.',
            new_text: 'state 2 of the import.\n2. Tell those who asked.',
          }),
      },
    });

    expect(factsOf(world, 'edits.read')[2]?.outside).toMatchObject([{ findings: ['F4'], why: 'taken-back' }]);
    expect(leftOf(world)).toMatchObject({ F4: 'Its edit lay in the text of a fix that is taken back.' });
    expect(world.disk.plan).toContain('state 1 of the import.\n2. Tell everybody.');
  });

  it('goes although nothing comes of the other findings of the round, which are left to the user', async () => {
    const useless: Answer = () => edits({ findings: ['F4'], old_text: 'nowhere', new_text: 'anywhere' });

    const world = await lived({
      plan: CHAIN_PLAN,
      defects: [...chain(3), OTHER],
      answers: { '3/fix-1': useless, '3/fix-2': useless },
    });

    expect(world.calls).toContain('3/fix-2');
    expect(world.disk.plan).toContain('state 1 of the import');
    expect(leftOf(world)['F4']).toContain('Its edit could not be made: Edit 1 names text that is not in the');
  });

  it('goes where the implementer declines the other findings', async () => {
    const world = await lived({
      plan: CHAIN_PLAN,
      defects: [...chain(3), OTHER],
      answers: { '3/fix-1': () => declining({ F4: 'Taste.' }) },
    });

    expect(statuses(world)).toEqual({
      F1: 'addressed',
      F2: 'handed-over',
      F3: 'reverted',
      F4: 'handed-over',
    });
  });
});

describe('a fix that stands although it was to be taken back', () => {
  it('because you did not want that leaves it and what is about it to you', async () => {
    const world = await lived({
      ...BREEDING,
      settings: { confirm: true },
      approve: (diff) => ({ by: 'user', applied: !diff.includes('-1. Reach state 2') }),
    });

    expect(world.disk.plan).toContain('state 2 of the import');
    expect(leftOf(world)).toEqual({
      F2: 'The fix for it kept creating defects (F3), and was not taken back: you did not want that.',
      F3: 'It is about the fix for F2, which was not taken back: you did not want that.',
    });
    expect(factsOf(world, 'run.finished')[0]?.card.reverted).toBe(0);
  });

  /** The second fix marks its text as load-bearing. */
  const MARKED: Given['defects'] = chain(3).map((defect, at) =>
    at === 1
      ? {
          ...defect,
          fix: { old_text: 'state 1 of the import', new_text: '**Load-bearing:** `state` 2 of the import' },
        }
      : at === 2
        ? { ...defect, quote: '`state` 2 of the import' }
        : defect,
  );

  it.each(['patch', 'in-place'] as const)('because it is load-bearing by now: %s', async (edit_mode) => {
    const world = await lived({ plan: CHAIN_PLAN, defects: MARKED, settings: { edit_mode } });

    expect(world.disk.plan).toContain('**Load-bearing:** `state` 2 of the import');
    expect(leftOf(world)).toEqual({
      F2: 'The fix for it kept creating defects (F3), and was not taken back: that would lose a **load-bearing** mark.',
      F3: 'It is about the fix for F2, which was not taken back: that would lose a **load-bearing** mark.',
    });
    expect(endOf(world)).toEqual(['completed_cap', 'declined', 1]);
  });

  it('because it is load-bearing does not keep an edit of the round from being made', async () => {
    const world = await lived({
      plan: CHAIN_PLAN,
      defects: [...MARKED, { ...OTHER, after: '`state` 2 of' }],
    });

    expect(world.disk.plan).toBe(
      '# Import\n\n1. Reach **Load-bearing:** `state` 2 of the import.\n2. Tell those who asked.\n',
    );
    expect(statuses(world)).toEqual({
      F1: 'addressed',
      F2: 'handed-over',
      F3: 'handed-over',
      F4: 'addressed',
    });
  });

  it('because its lines run into others by now leaves both to you', async () => {
    const [first, , third] = chain(3);
    const second = {
      ...claim(1),
      quote: 'state 1 of the import',
      fix: {
        old_text: 'state 1 of the import.',
        new_text: 'state 2 of the import,\nhave a rest,\nand go on.',
      },
    };
    const world = await lived({
      plan: '# Import\n\nReach state 0 of the import.\n\nTell everybody.\n',
      defects: [first, second, third].flatMap((it) => it ?? []),
      policies: { external_edit: 'take' },
      answers: {
        '3/review-1': (_, disk) => {
          disk.plan = disk.plan?.replace('and go on.\n\nTell', 'and go on, then tell') ?? null;
          return 'Seen.';
        },
      },
    });

    expect(factsOf(world, 'findings.accepted')[2]?.reverts).toEqual([{ finding: 'F2', because: ['F3'] }]);
    expect(world.disk.plan).toContain('state 2 of the import');
    expect(statuses(world)).toEqual({ F1: 'addressed', F2: 'handed-over', F3: 'handed-over' });
    expect(endOf(world)).toEqual(['completed_cap', 'stuck', 1]);
  });
});
