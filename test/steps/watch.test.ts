import { describe, expect, it } from 'vitest';
import { edits, review } from './answers.ts';
import { endOf, factsOf, leftOf, lived, type Answer, type Given } from './world.ts';

import { chain, CHAIN_PLAN, claim } from './chains.ts';

describe('fixes that breed findings', () => {
  it('are taken back in the second generation, and what they were for is left to the user', async () => {
    const world = await lived({ plan: CHAIN_PLAN, defects: chain(9) });

    expect(factsOf(world, 'findings.accepted').map(({ findings, reverts }) => [findings, reverts])).toEqual([
      [['F1'], []],
      [['F2'], []],
      [[], [{ finding: 'F2', because: ['F3'] }]],
    ]);
    expect(world.disk.plan).toContain('state 1 of the import');
    expect(Object.keys(leftOf(world))).toEqual(['F2']);
    expect(endOf(world)).toEqual(['completed_cap', 'stuck', 1]);
  });

  it('know whose text each finding is about', async () => {
    const world = await lived({ plan: CHAIN_PLAN, defects: chain(9) });
    const [card] = factsOf(world, 'run.finished').map((fact) => fact.card);

    expect(card).toMatchObject({ author: [1, 0, 0, 0], fixes: [0, 1, 1, 0], reverted: 1 });
  });

  /** Many places, each of whose fixes brings another defect in. */
  function many(width: number): { plan: string; defects: NonNullable<Given['defects']> } {
    const places = Array.from({ length: width }, (_, place) => `step ${place} begins in state A${place}`);
    const defects = Array.from({ length: width }, (_, place) =>
      ['A', 'B'].map((state, at) => ({
        ...claim(place * 2 + at),
        quote: `begins in state ${state}${place}`,
        fix: {
          old_text: `begins in state ${state}${place}`,
          new_text: `begins in state ${at === 0 ? `B${place}` : `C${place}, for good`}`,
        },
      })),
    ).flat();
    return { plan: `# Import\n\n${places.map((text) => `- ${text}\n`).join('')}`, defects };
  }

  it('are noticed: unattended, hunting stops, and what is open is verified', async () => {
    const world = await lived(many(8));

    expect(factsOf(world, 'decision')).toMatchObject([
      { question: 'divergence', answer: 'verify', by: 'policy' },
    ]);
    expect(factsOf(world, 'round.started').map(({ mode }) => mode)).toEqual(['review', 'review', 'verify']);
    expect(endOf(world)).toEqual(['completed_cap', 'divergence', 1]);
  });

  it('end the run where that was asked for', async () => {
    const world = await lived({ ...many(8), policies: { divergence: 'stop' } });

    expect(endOf(world)).toEqual(['completed_cap', 'divergence', 1]);
  });

  it('are gone on with where that was asked for', async () => {
    const world = await lived({ ...many(8), policies: { divergence: 'continue' } });

    expect(factsOf(world, 'round.started').map(({ mode }) => mode)).toEqual(['review', 'review', 'review']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('that go to and fro are one decision, and the place is left alone', async () => {
    const [a, b] = [
      'the import runs before the export every night',
      'the export runs before the import every night',
    ];
    const world = await lived({
      plan: `# Import\n\n1. Plan: ${a}.\n2. Tell everybody.\n`,
      defects: [
        { ...claim(0), quote: a, fix: { old_text: a, new_text: b } },
        { ...claim(1), quote: b, fix: { old_text: b, new_text: a } },
      ],
    });

    expect(endOf(world)).toEqual(['completed_cap', 'contested', 1]);
    expect(Object.keys(leftOf(world))).toEqual(['F1', 'F2']);
    expect(leftOf(world)['F1']).toContain(a);
    expect(leftOf(world)['F1']).toContain(b);
    expect(world.disk.plan).toContain(b);
  });
});

describe('the loop as it was before there was a watch on it', () => {
  const AS_IT_WAS: Given = {
    settings: { arbiter: null },
    policies: { divergence: 'continue', design: 'ignore' },
  };

  /** What that loop does with a chain of findings, each in the text of the fix before: fix, and look again, to the cap. */
  it.each([3, 7])('fixes whatever is raised until nothing is, or the cap: %d findings', async (length) => {
    const world = await lived({
      ...AS_IT_WAS,
      settings: { ...AS_IT_WAS.settings, max_rounds: 6 },
      plan: CHAIN_PLAN,
      defects: chain(length),
    });
    const rounds = Math.min(length, 6);
    const fixed = Array.from({ length: rounds }, (_, index) => [
      `${index + 1}/review-1`,
      `${index + 1}/fix-1`,
    ]).flat();

    expect(world.calls).toEqual(
      length < 6 ? [...fixed, `${length + 1}/review-1`] : [...fixed, '6/last-look-1'],
    );
    expect(endOf(world)).toEqual(length < 6 ? ['completed_clean', null, 0] : ['completed_cap', 'cap', 1]);
    expect(world.disk.plan).toContain(`state ${rounds} of the import`);
  });

  it('fixes a matter of design like any other', async () => {
    const [first] = chain(1);
    const design: Answer = () =>
      review('needs-attention', {
        ...first,
        file: 'x',
        line_start: 3,
        line_end: 3,
        fix_kind: 'design',
        fix: undefined,
      });

    const world = await lived({
      ...AS_IT_WAS,
      plan: CHAIN_PLAN,
      defects: chain(1),
      answers: { '1/review-1': design },
    });

    expect(world.calls).toEqual(['1/review-1', '1/fix-1', '2/review-1']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('applies a fix of any size', async () => {
    const [first] = chain(1);
    const long: Answer = () =>
      edits({
        findings: ['F1'],
        old_text: 'state 0 of the import',
        new_text: 'a state of rest. '.repeat(500),
      });

    const world = await lived({
      ...AS_IT_WAS,
      plan: CHAIN_PLAN,
      defects: first ? [first] : [],
      answers: { '1/fix-1': long },
    });

    expect(world.calls).toEqual(['1/review-1', '1/fix-1', '2/review-1']);
  });
});
