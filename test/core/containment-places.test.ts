import { describe, expect, it } from 'vitest';
import type { Anchor } from '../../src/core/finding.ts';
import { anchorOf, contained, NOWHERE, PLAN, type Given } from './containment-cases.ts';

const STEP = 'Check every row.';

describe('an insertion', () => {
  const beside = (text: string, fresh: string, ...ids: string[]): Given['edits'][number] => [
    text,
    `${text}${fresh}`,
    ...ids,
  ];
  const far: Given['edits'] = [
    beside('It works.', '\n\nIt is quick.', 'F1'),
    beside('In order.', '\n   - At once.', 'F1'),
    beside('Delete the rows.', '\n\nTell the users.', 'F1'),
    beside('reads one file.', '\n\nIt writes none.', 'F1'),
  ];

  it('elsewhere counts as one of three neighbours, nearest first', () => {
    expect(contained({ findings: { F1: anchorOf(STEP) }, edits: far })).toEqual({
      licensed: ['reads one file.', 'In order.', 'Delete the rows.'],
      outside: [['It works.', 'elsewhere']],
      without: [],
    });
  });

  it('beside its own block counts as none, on either side', () => {
    const edits: Given['edits'] = [
      ...far.slice(1),
      beside(STEP, '\n3. Count them.', 'F1'),
      beside('Read the file.', '\n2. Open it.', 'F1'),
    ];

    expect(contained({ findings: { F1: anchorOf(STEP) }, edits })).toMatchObject({ outside: [] });
  });

  it('takes the block above it, where its finding has no place', () => {
    const edits: Given['edits'] = [
      beside('Delete the rows.', '\n\nTell the users.', 'F1'),
      ['## Acceptance', '## Accepted', 'F1'],
    ];

    expect(contained({ findings: { F1: NOWHERE }, edits })).toEqual({
      licensed: ['Delete the rows.'],
      outside: [['## Acceptance', 'elsewhere']],
      without: [],
    });
  });

  it('may stand at the beginning and at the end of a plan', () => {
    const plan = 'Read the file.\n\nCheck the rows.\n';
    const edits: Given['edits'] = [
      ['Read the file.', 'Open it.\n\nRead the file.', 'F1'],
      beside('Check the rows.', '\n\nClose it.', 'F2'),
    ];
    const first = { ...NOWHERE, lines: { start: 1, end: 1 } };
    const last = { ...NOWHERE, lines: { start: 3, end: 3 } };

    expect(contained({ plan, findings: { F1: first, F2: last }, edits }).outside).toEqual([]);
    expect(contained({ plan, findings: { F1: NOWHERE, F2: NOWHERE }, edits }).outside).toEqual([]);
  });
});

describe('a block', () => {
  const plan = 'Read the file\nline by line.\n\nCheck\nevery row\ntwice.\n\nWrite.\n\nCount.\n\nTell.\n';
  const at = (start: number, end = start): Anchor => ({ ...NOWHERE, how: 'lines', lines: { start, end } });
  const ones: Given['edits'] = [
    ['Write.', 'Save.', 'F1'],
    ['Count.', 'Add up.', 'F1'],
  ];

  it('is the whole paragraph, on whichever of its lines the finding stands', () => {
    const edits: Given['edits'] = [['line by line', 'at once', 'F1'], ['Check', 'Look at', 'F1'], ...ones];

    expect(contained({ plan, findings: { F1: at(1) }, edits }).outside).toEqual([]);
    expect(
      contained({ plan, findings: { F1: at(2) }, edits: [...edits, ['Read', 'Open', 'F1']] }).outside,
    ).toEqual([]);
  });

  it('counts once as a neighbour, however many of its lines change', () => {
    const edits: Given['edits'] = [['Check\nevery row\ntwice.', 'Look\nat each\nonce.', 'F1'], ...ones];

    expect(contained({ plan, findings: { F1: at(1) }, edits }).outside).toEqual([]);
    expect(
      contained({
        plan,
        findings: { F1: NOWHERE },
        edits: [
          ['Check', 'Look', 'F1'],
          ['twice', 'once', 'F1'],
        ],
      }).outside,
    ).toEqual([]);
  });

  it('goes together with the blank line below it', () => {
    expect(contained({ plan, findings: { F1: NOWHERE }, edits: [['Write.\n\n', '', 'F1']] }).outside).toEqual(
      [],
    );
  });

  it('is a finding’s own where the finding stands in several', () => {
    const edits: Given['edits'] = [
      ['Read', 'Open', 'F1'],
      ['Check', 'Look at', 'F1'],
      ...ones,
      ['Tell.', 'Write.', 'F1'],
    ];

    expect(contained({ plan, findings: { F1: at(2, 5) }, edits }).outside).toEqual([]);
    expect(contained({ plan, findings: { F1: at(2) }, edits }).outside).toEqual([['Tell.', 'elsewhere']]);
  });

  it('stays a finding’s own after its edits went elsewhere', () => {
    const whole = PLAN.slice(PLAN.indexOf('1. Read'), PLAN.indexOf('   - In order'));
    const edits: Given['edits'] = [
      [whole, whole.replaceAll('the', 'all').replace('row', 'line').replace('one', 'a'), 'F1'],
    ];

    expect(contained({ findings: { F1: anchorOf(STEP) }, edits }).outside).toEqual([]);
  });
});

it('what is not licensed is told in the order of the plan', () => {
  const edits: Given['edits'] = [
    ['The import reads', 'It reads', 'F1'],
    ['Read the file', 'Read a file', 'F1'],
    ['Write the rows', 'Save the rows', 'F1'],
    ['In one batch', 'At once', 'F1'],
    ['Delete the rows', 'Delete rows', 'F1'],
    ['It works', 'It runs', 'F1'],
  ];

  expect(contained({ findings: { F1: anchorOf(STEP) }, edits })).toEqual({
    licensed: ['Read the file', 'Write the rows', 'In one batch'],
    outside: [
      ['The import reads', 'elsewhere'],
      ['Delete the rows', 'elsewhere'],
      ['It works', 'elsewhere'],
    ],
    without: [],
  });
});
