import { expect, it } from 'vitest';
import { placeEdits } from '../../src/core/edits.ts';
import { handedOverBy, linesOfEdit } from '../../src/core/license.ts';
import { finding, reviewed, runOf, started } from './facts.ts';

const PLAN = `# Import

The import reads one file.

Silent Redis: refuse the request at once.

Delete the rows that were stored.
`;

const REFUSE = 'Silent Redis: refuse the request at once.';
const PASS = 'Silent Redis: let it pass, and count it later.';

it('both sides of a contest are left to the user, as far as the run knows them, with both arguments', () => {
  const run = runOf([started(), ...reviewed(1, [finding('F1'), finding('F2')])]);
  const lines = { start: 5, end: 5 };
  const sides = [
    { round: 1, findings: ['F1'], removed: PASS, added: REFUSE, lines },
    { round: 2, findings: ['F2'], removed: REFUSE, added: PASS, lines },
  ];
  const why = [
    'One fix undoes another.',
    `Round 1, for F1: "${PASS}" became "${REFUSE}".`,
    `Round 2, for F2: "${REFUSE}" became "${PASS}".`,
  ].join('\n');

  expect(
    handedOverBy([{ why: 'reverses', findings: ['F1', 'F9', 'F2'], lines: [], arguments: sides }], run),
  ).toEqual([
    { id: 'F1', because: 'contested', why },
    { id: 'F2', because: 'contested', why },
  ]);
});

it('an edit stands at the first lines that it changes, and one that changes none at the top', () => {
  const edits = [
    ['reads one file.\n\nSilent Redis', 'reads one file.\n\nMute Redis'],
    ['Delete the rows', 'Delete the rows'],
  ].map(([old_text = '', new_text = '']) => ({ findings: ['F1'], old_text, new_text }));
  const placement = placeEdits(PLAN, edits, new Set(['F1']));

  expect('placed' in placement && placement.placed.map((edit) => linesOfEdit(PLAN, edit))).toEqual([
    { start: 5, end: 5 },
    { start: 1, end: 1 },
  ]);
});
