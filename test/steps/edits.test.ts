import { describe, expect, it } from 'vitest';
import { DEFECTS, PLAN } from '../rig/world.ts';
import type { Defect } from './agents.ts';
import { declining, edits } from './answers.ts';
import { endOf, factsOf, leftOf, lived, type Answer } from './world.ts';

const [RETRY, MAILS] = DEFECTS as [Defect, Defect]; // the rig has four
const TWO = [RETRY, MAILS];

const BOTH = edits(
  { findings: ['F1'], old_text: 'retry until it works', new_text: 'retry three times' },
  { findings: ['F2'], old_text: 'Send a mail', new_text: 'Send one mail' },
);

describe('an edit that does not fit', () => {
  it('is sent back once with the reason, and the next answer is taken', async () => {
    const world = await lived({
      defects: TWO,
      answers: { '1/fix-1': () => edits({ findings: ['F1'], old_text: 'no such text', new_text: '' }) },
    });

    expect(factsOf(world, 'edits.read').map(({ call, result }) => [call, result])).toEqual([
      ['fix-1', 'unfit'],
      ['fix-2', 'fits'],
    ]);
    expect(world.disk.files.get('round-01/prompt-fix-2.md')).toContain(
      'Edit 1 names text that is not in the plan: "no such text".',
    );
    expect(world.disk.files.get('round-01/rejected.md')).toContain('```\nno such text\n```');
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it.each([
    [
      'text that occurs twice',
      { findings: ['F1'], old_text: 'customer', new_text: 'client' },
      'occurs more than once',
    ],
    [
      'an unknown finding',
      { findings: ['F9'], old_text: 'retry', new_text: 'try' },
      'findings that were not sent: F9',
    ],
    ['no finding', { findings: [], old_text: 'retry', new_text: 'try' }, 'names no finding'],
    ['no text', { findings: ['F1'], old_text: '', new_text: 'try' }, 'has an empty old_text'],
  ])('because of %s ends the run at the second try, and nothing is written', async (_, edit, problem) => {
    const again: Answer = () => edits(edit);

    const world = await lived({ defects: TWO, answers: { '1/fix-1': again, '1/fix-2': again } });

    expect(endOf(world)).toEqual(['aborted_implementer_error', null, 6]);
    expect(factsOf(world, 'run.finished')[0]?.message).toContain(problem);
    expect([world.disk.plan, world.disk.commits.length]).toEqual([PLAN, 1]);
  });

  it.each([
    ['blank space alone', ' \n\n', 'Nothing but blank space would be left of the plan.'],
    ['a NUL byte', `${PLAN}\0`, 'The plan would have a NUL byte in it, and be a text no more.'],
    [
      'half of a character',
      `${PLAN}\ud800`,
      'The plan would have half of a character in it (a lone surrogate), which UTF-8 cannot hold.',
    ],
  ])('because it would make the plan %s is never written', async (_, left, problem) => {
    const again: Answer = ({ edit }) =>
      edit
        ? { answer: 'Edited.', edited: left }
        : edits({ findings: ['F1', 'F2'], old_text: PLAN, new_text: left });
    for (const edit_mode of ['patch', 'in-place'] as const) {
      const world = await lived({
        defects: TWO,
        settings: { edit_mode },
        policies: { divergence: 'continue' },
        answers: { '1/fix-1': again, '1/fix-2': again },
      });

      expect(factsOf(world, 'edits.read').map(({ result }) => result)).toEqual(['unfit', 'unfit']);
      expect(endOf(world)).toEqual(['aborted_implementer_error', null, 6]);
      expect(factsOf(world, 'run.finished')[0]?.message).toBe(problem);
      expect([world.disk.plan, world.disk.commits.length]).toEqual([PLAN, 1]);
      expect(world.disk.files.get('round-01/rejected.md')).toContain(problem);
    }
  });

  it('because two edits overlap is refused whole', async () => {
    const overlapping = (): string =>
      edits(
        { findings: ['F1'], old_text: 'Insert each customer; retry', new_text: 'Insert' },
        { findings: ['F2'], old_text: 'retry until', new_text: 'until' },
      );

    const world = await lived({ defects: TWO, answers: { '1/fix-1': overlapping, '1/fix-2': () => BOTH } });

    expect(factsOf(world, 'edits.read')[0]?.problem).toBe('Edits 1 and 2 overlap.');
    expect(world.disk.plan).toContain('retry three times');
  });
});

describe('an answer that changes nothing', () => {
  const nothing: Answer = () =>
    edits({ findings: ['F1', 'F2'], old_text: 'Done when', new_text: 'Done when' });

  it('is sent back once, and the next answer is taken', async () => {
    const world = await lived({ defects: TWO, answers: { '1/fix-1': nothing } });

    expect(factsOf(world, 'edits.read').map(({ result }) => result)).toEqual(['noop', 'fits']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('twice is a no-op, with nothing committed', async () => {
    const world = await lived({ defects: TWO, answers: { '1/fix-1': nothing, '1/fix-2': nothing } });

    expect(endOf(world)).toEqual(['aborted_implementer_noop', null, 6]);
    expect(world.disk.commits).toHaveLength(1);
  });

  it('in place is a no-op as well', async () => {
    const untouched: Answer = ({ edit }) => ({ answer: 'I fixed it all.', edited: edit?.text ?? null });

    const world = await lived({
      defects: TWO,
      settings: { edit_mode: 'in-place' },
      answers: { '1/fix-1': untouched, '1/fix-2': untouched },
    });

    expect(endOf(world)).toEqual(['aborted_implementer_noop', null, 6]);
  });
});

describe('findings without an edit', () => {
  it('are handed over when all of them were declined with a reason', async () => {
    const refusing: Answer = () => declining({ F1: 'It is bounded elsewhere.', F2: 'By design.' });

    const world = await lived({ defects: TWO, answers: { '1/fix-1': refusing } });

    expect(endOf(world)).toEqual(['completed_cap', 'declined', 1]);
    expect(world.calls).toEqual(['1/review-1', '1/fix-1']);
    expect(leftOf(world)).toEqual({ F1: 'It is bounded elsewhere.', F2: 'By design.' });
  });

  it('are handed over when some were declined, and the rest is fixed', async () => {
    const answer: Answer = () =>
      declining(
        { F2: 'By design.' },
        { findings: ['F1'], old_text: 'retry until it works', new_text: 'retry twice' },
      );

    const world = await lived({ defects: TWO, answers: { '1/fix-1': answer } });

    expect(endOf(world)).toEqual(['completed_cap', 'declined', 1]);
    expect(leftOf(world)).toEqual({ F2: 'By design.' });
    expect(world.disk.plan).toContain('retry twice');
  });

  it('are handed over when none of their edits may be applied, and nobody declined anything', async () => {
    const elsewhere: Answer = () =>
      edits({ findings: ['F1', 'F2'], old_text: '# Import customers', new_text: '# Import' });

    const world = await lived({ defects: TWO, answers: { '1/fix-1': elsewhere, '1/fix-2': elsewhere } });

    expect(factsOf(world, 'edits.read').map(({ result, declined }) => [result, declined])).toEqual([
      ['skipped', []],
      ['unedited', []],
    ]);
    expect(factsOf(world, 'round.finished').map(({ how }) => how)).toEqual(['unedited']);
    expect(factsOf(world, 'run.finished')[0]?.message).toBe(
      'Nothing of the last fix could be applied. Left to you: 2 findings whose fix lay outside of what they are about.',
    );
  });

  it('and without a reason are asked for once more', async () => {
    const half: Answer = () =>
      edits({ findings: ['F1'], old_text: 'retry until it works', new_text: 'retry twice' });

    const world = await lived({ defects: TWO, answers: { '1/fix-1': half } });

    expect(factsOf(world, 'edits.read').map(({ result, skipped }) => [result, skipped])).toEqual([
      ['skipped', ['F2']],
      ['fits', []],
    ]);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('and without a reason twice are handed over, and what was edited is kept', async () => {
    const half: Answer = () =>
      edits({ findings: ['F1'], old_text: 'retry until it works', new_text: 'retry twice' });

    const world = await lived({ defects: TWO, answers: { '1/fix-1': half, '1/fix-2': half } });

    expect(endOf(world)).toEqual(['completed_cap', 'declined', 1]);
    expect(leftOf(world)).toEqual({ F2: 'The implementer passed it over without a reason.' });
    expect(world.disk.plan).toContain('retry twice');
  });
});

it('gives each cause one more call, and no round more than three', async () => {
  const world = await lived({
    defects: TWO,
    answers: {
      '1/fix-1': () => 'Done.',
      '1/fix-2': () => edits({ findings: ['F1'], old_text: 'nowhere', new_text: '' }),
      '1/fix-3': () => edits({ findings: ['F1', 'F2'], old_text: 'Done', new_text: 'Done' }),
      '1/fix-4': () => 'Done.',
    },
  });

  expect(factsOf(world, 'edits.read').map(({ result }) => result)).toEqual([
    'malformed',
    'unfit',
    'noop',
    'malformed',
  ]);
  expect(endOf(world)).toEqual(['aborted_implementer_error', null, 6]);
});

it('gives the text back its own line ends, mark and last line', async () => {
  const plan = `\ufeff${PLAN.replaceAll('\n', '\r\n').trimEnd()}`;

  for (const edit_mode of ['patch', 'in-place'] as const) {
    const world = await lived({ plan, defects: TWO, settings: { edit_mode } });

    const expected = plan
      .replace('retry until it works', 'retry three times, then write the line to `failed.csv`')
      .replace('customer.\r\n\r\nDone', 'customer whose `mailed_at` is empty, and set it.\r\n\r\nDone');
    expect(world.disk.plan).toBe(expected);
  }
});
