import { describe, expect, it } from 'vitest';
import { DEFECTS, PLAN } from '../rig/world.ts';
import type { Defect } from './agents.ts';
import { edits } from './answers.ts';
import { endOf, factsOf, leftOf, lived, type Answer } from './world.ts';

const [RETRY, MAILS] = DEFECTS as [Defect, Defect]; // the rig has four
const TWO = [RETRY, MAILS];

const LOSING = { findings: ['F1'], old_text: 'the column `external_id` joins', new_text: 'a column joins' };
const KEEPING = {
  findings: ['F2'],
  old_text: 'Send a mail to each customer.',
  new_text: 'Send one mail to each customer, once.',
};
const LONG = `the column \`external_id\` joins both systems${', as was agreed'.repeat(12)}`;
const bothEdits: Answer = () => edits(LOSING, KEEPING);

describe('an edit that would lose a load-bearing string', () => {
  it('is dropped, and the implementer is told which string', async () => {
    const world = await lived({ defects: TWO, answers: { '1/fix-1': bothEdits } });

    expect(world.disk.files.get('round-01/prompt-fix-2.md')).toContain(
      'It would lose load-bearing strings, which must stay exactly as they are:\nexternal_id\n',
    );
    expect(factsOf(world, 'drift.checked').map(({ ok, lost }) => [ok, lost])).toEqual([
      [false, ['external_id']],
      [true, []],
    ]);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('twice is dropped alone: the other edits are kept, and its finding is handed over', async () => {
    const world = await lived({ defects: TWO, answers: { '1/fix-1': bothEdits, '1/fix-2': bothEdits } });

    expect(leftOf(world)).toEqual({ F1: 'Its fix would lose external_id.' });
    expect(world.disk.plan).toContain('Send one mail to each customer, once.');
    expect(world.disk.plan).toContain('the column `external_id` joins');
    expect(factsOf(world, 'edits.applied')[0]?.findings).toEqual(['F2']);
    expect(endOf(world)).toEqual(['completed_cap', 'declined', 1]);
    expect(factsOf(world, 'run.finished')[0]?.message).toBe(
      'The last review raised nothing new. Left to you: 1 finding whose fix the drift guard dropped.',
    );
  });

  it('twice does not bring in what was not licensed: only what was to be applied is dropped from', async () => {
    const elsewhere = { findings: ['F2'], old_text: '# Import', new_text: '# The import' };
    const answer: Answer = () => edits(LOSING, KEEPING, elsewhere);

    const world = await lived({ defects: TWO, answers: { '1/fix-1': answer, '1/fix-2': answer } });

    expect(factsOf(world, 'edits.read').map(({ kept, outside }) => [kept, outside.length])).toEqual([
      [[0, 1], 1],
      [[0, 1], 1],
    ]);
    expect(world.disk.plan).toContain('Send one mail to each customer, once.');
    expect(world.disk.plan).not.toContain('The import');
  });

  it('twice does not leave more than may be added where the edit that made up for it is dropped', async () => {
    const shrinking = { ...LOSING, old_text: LONG, new_text: 'It is joined.' };
    const growing = { ...KEEPING, new_text: `Send a mail to each customer${', and again'.repeat(60)}.` };
    const answer: Answer = () => edits({ ...shrinking, findings: ['F2', 'F1'] }, growing);

    const world = await lived({
      plan: PLAN.replace('the column `external_id` joins both systems', LONG),
      defects: TWO,
      answers: { '1/fix-1': answer, '1/fix-2': answer, '1/fix-3': answer },
    });

    expect(factsOf(world, 'edits.read').at(-1)?.kept).toEqual([0, 1]);
    expect(world.disk.plan).not.toContain('and again');
  });

  it('twice ends the run where nothing else is left', async () => {
    const losing: Answer = () => edits({ ...LOSING, findings: ['F1', 'F2'] });

    const world = await lived({ defects: TWO, answers: { '1/fix-1': losing, '1/fix-2': losing } });

    expect(endOf(world)).toEqual(['aborted_drift', null, 7]);
    expect([world.disk.plan, world.disk.commits.length]).toEqual([PLAN, 1]);
    expect(world.disk.files.get('round-01/rejected.md')).toContain('a column joins both systems');
  });

  it('twice in place ends the run: there are no single edits to drop', async () => {
    const losing: Answer = ({ edit }) => ({
      answer: 'Edited.',
      edited: edit?.text.replace('`external_id` ', '') ?? null,
    });

    const world = await lived({
      defects: TWO,
      settings: { edit_mode: 'in-place' },
      answers: { '1/fix-1': losing, '1/fix-2': losing },
    });

    expect(endOf(world)).toEqual(['aborted_drift', null, 7]);
    expect(world.disk.plan).toBe(PLAN);
  });

  it('is written where the user accepts it', async () => {
    const world = await lived({
      defects: TWO,
      policies: { drift: 'accept' },
      answers: { '1/fix-1': () => edits(LOSING, { ...KEEPING, findings: ['F1', 'F2'] }) },
    });

    expect(world.disk.commits[1]?.plan).toContain('a column joins both systems');
  });
});

describe('an edit that would lose a load-bearing mark', () => {
  it('is dropped, and the implementer is told so', async () => {
    const unmarked = { findings: ['F1', 'F2'], old_text: '**Load-bearing:** the', new_text: 'The' };

    const world = await lived({ defects: TWO, answers: { '1/fix-1': () => edits(unmarked) } });

    expect(world.disk.files.get('round-01/prompt-fix-2.md')).toContain(
      'It would lose a line that is marked **load-bearing**.',
    );
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });
});

it('lets a load-bearing string move', async () => {
  const moving = {
    findings: ['F1', 'F2'],
    old_text: '**Load-bearing:** the column `external_id` joins both systems.\n\n1.',
    new_text: '1. (**Load-bearing**: `external_id`.)',
  };

  const world = await lived({ defects: TWO, answers: { '1/fix-1': () => edits(moving) } });

  expect(factsOf(world, 'drift.checked')[0]).toMatchObject({ ok: true, lost: [] });
});
