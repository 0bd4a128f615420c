import { describe, expect, it } from 'vitest';
import { stateOf, type FixRecord } from '../../src/core/contested/fix-record.ts';
import { FixRecords } from '../../src/core/contested/fix-records.ts';
import { placeEdits, type PlacedEdit } from '../../src/core/edits.ts';
import { license, unlicensed, type Licensed } from '../../src/core/license.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';
import { finding, started } from './facts.ts';

const PLAN = `# Import

The import reads one file.

Silent Redis: refuse the request at once.

Check every row of the file before it is stored.

## Rollback

Delete the rows that were stored.

Silent Postgres: refuse the request at once.
`;

type Given = {
  edits: [old: string, fresh: string, ...findings: string[]][];
  plan?: string;
  /** The line of the plan that each finding is about. */
  about?: Record<string, number>;
  expanded?: string[];
  records?: FixRecord[];
  frozen?: Span[];
  grown?: number;
  grownBeside?: number;
  bytes?: number;
};

function placed(plan: string, edits: Given['edits']): readonly PlacedEdit[] {
  const named = edits.map(([old, fresh, ...findings]) => ({ findings, old_text: old, new_text: fresh }));
  const placement = placeEdits(plan, named, new Set(['F1', 'F2', 'F3']));
  if ('problems' in placement) throw new Error(placement.problems.join('\n'));
  return placement.placed;
}

/** What of the edits of round 2 may be applied, each named by its old text. */
function licensed({ edits, plan = PLAN, about = {}, expanded = [], records = [], ...given }: Given) {
  const findings = Object.entries(about).map(([id, line]) => {
    const lines = { start: line, end: line };
    return finding(id, { anchor: { how: 'lines', lines, quote: null, section: [] } });
  });
  const fixes = {
    records: FixRecords.none.after({ hunks: [], moves: [] }, () => records),
    states: [{ round: 1, state: stateOf(plan) }],
  };
  const { frozen = [], grown = 0, grownBeside = 0, bytes = 0 } = given;
  const run = { fixes, frozen, grown, grownBeside, started: started({}, { bytes }) };
  return said(
    license(
      { baseline: plan, placed: placed(plan, edits), findings, expanded, round: 2 },
      run,
      (text) => text,
    ),
  );
}

function said({ placed: kept, outside, without, growth, contests }: Licensed) {
  const name = ({ edit }: PlacedEdit): string => edit.old_text;
  return {
    placed: kept.map(name),
    outside: outside.map(({ edit, why, lines }) => [name(edit), why, lines.start, lines.end]),
    without,
    growth: growth && { problem: growth.problem, edits: growth.edits.map(name) },
    contests: contests.map(({ why, findings, lines }) => [why, findings, lines]),
  };
}

const NOTHING = { placed: [], outside: [], without: [], growth: null, contests: [] };

/** A fix of round 1 for F1, as it stands in the plan now. */
function record(line: number, removed: string, added: string): FixRecord {
  return { round: 1, findings: ['F1'], removed, added, lines: { start: line, end: added ? line : line - 1 } };
}

const REFUSE = [
  'Silent Redis: refuse the request at once.',
  'Silent Postgres: refuse the request at once.',
] as const;
const PASS = [
  'Silent Redis: let it pass, and count it later.',
  'Silent Postgres: let it pass, and count it later.',
] as const;

describe('edits are applied', () => {
  it('in the blocks their findings are about', () => {
    expect(licensed({ about: { F2: 3 }, edits: [['one file', 'two files', 'F2']] })).toEqual({
      ...NOTHING,
      placed: ['one file'],
    });
  });

  it('anywhere for a finding that is expanded, and not elsewhere for another', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'];
    const plan = rows.map((row) => `Row ${row} stands.\n`).join('\n');
    const edits = rows.map((row): Given['edits'][number] => [`Row ${row}`, `Line ${row}`, 'F2']);
    const about = { F2: 1 };

    expect(licensed({ plan, about, edits, expanded: ['F2'] })).toEqual({
      ...NOTHING,
      placed: rows.map((row) => `Row ${row}`),
    });
    expect(licensed({ plan, about, edits })).toEqual({
      ...NOTHING,
      placed: ['Row a', 'Row b', 'Row c', 'Row d'],
      outside: [
        ['Row e', 'elsewhere', 9, 9],
        ['Row f', 'elsewhere', 11, 11],
      ],
    });
  });

  it('not where every one of a finding is elsewhere: it may be asked for once more', () => {
    const [old, fresh] = [PLAN.trimEnd(), PLAN.trimEnd().replaceAll('.', '!')];

    expect(licensed({ about: { F2: 3 }, edits: [[old, fresh, 'F2']] })).toEqual({
      ...NOTHING,
      outside: [[old, 'elsewhere', 13, 13]],
      without: ['F2'],
    });
  });

  it('as they are where nobody watches', () => {
    const edits = placed(PLAN, [['one file', 'two files', 'F2']]);

    expect(unlicensed(edits)).toEqual({ ...NOTHING, placed: edits });
  });
});

describe('text that fixes contest', () => {
  const frozen = [{ start: 5, end: 5 }];
  const about = { F2: 3, F3: 5 };

  it('is edited no more, and what is beside it is', () => {
    const edits: Given['edits'] = [
      ['one file', 'two files', 'F2'],
      ['at once.\n\nCheck', 'later.\n\nCheck', 'F3'],
    ];

    expect(licensed({ about, frozen, edits })).toEqual({
      ...NOTHING,
      placed: ['one file'],
      outside: [['at once.\n\nCheck', 'contested', 5, 5]],
    });
  });

  it('holds back all of an edit that reaches into it, which is named by where it begins', () => {
    const [old, fresh] = [`one file.\n\n${REFUSE[0]}`, `two files.\n\n${PASS[0]}`];

    expect(licensed({ about, frozen, edits: [[old, fresh, 'F2', 'F3']] })).toEqual({
      ...NOTHING,
      outside: [[old, 'contested', 3, 3]],
    });
  });

  it('is named after what lies elsewhere', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'];
    const plan = rows.map((row) => `Row ${row} stands.\n`).join('\n');
    const edits = rows.map((row): Given['edits'][number] => [`Row ${row}`, `Line ${row}`, 'F2']);

    expect(licensed({ plan, about: { F2: 1 }, frozen: [{ start: 1, end: 1 }], edits }).outside).toEqual([
      ['Row e', 'elsewhere', 9, 9],
      ['Row f', 'elsewhere', 11, 11],
      ['Row a', 'contested', 1, 1],
    ]);
  });
});

describe('edits that work against an earlier fix', () => {
  const both = [record(5, PASS[0], REFUSE[0]), record(13, PASS[1], REFUSE[1])];

  it('are not made, and the rest of the round is', () => {
    expect(
      licensed({
        about: { F2: 5, F3: 3 },
        records: both.slice(0, 1),
        edits: [
          ['one file', 'two files', 'F3'],
          [REFUSE[0], PASS[0], 'F2'],
        ],
      }),
    ).toEqual({
      ...NOTHING,
      placed: ['one file'],
      contests: [['reverses', ['F1', 'F2'], [{ start: 5, end: 5 }]]],
    });
  });

  it('are not made at any of several places, nor is what one of them changes beside it', () => {
    const wide = [`one file.\n\n${REFUSE[0]}`, `two files.\n\n${PASS[0]}`] as const;

    expect(
      licensed({
        about: { F2: 5 },
        expanded: ['F2'],
        records: both,
        edits: [
          [...wide, 'F2'],
          ['Check every row', 'Check each row', 'F2'],
          [REFUSE[1], PASS[1], 'F2'],
        ],
      }),
    ).toEqual({
      ...NOTHING,
      placed: ['Check every row'],
      contests: [
        [
          'reverses',
          ['F1', 'F2'],
          [
            { start: 5, end: 5 },
            { start: 13, end: 13 },
          ],
        ],
      ],
    });
  });

  it('are not made where they put back what was deleted; the lines above and below may change', () => {
    const plan = '# Import\n\n1. Read the file, all of it.\n2. Store every row that it has.\n';
    const gone = '2. Check every row for a key.';

    expect(
      licensed({
        plan,
        about: { F2: 3, F3: 4 },
        records: [record(4, gone, '')],
        edits: [
          ['Read the file', 'Read a file', 'F2'],
          ['all of it.', `all of it.\n${gone}`, 'F2'],
          ['every row', 'each row', 'F3'],
        ],
      }),
    ).toEqual({
      ...NOTHING,
      placed: ['Read the file', 'every row'],
      contests: [['reverses', ['F1', 'F2'], [{ start: 4, end: 3 }]]],
    });
  });
});

describe('what edits may add', () => {
  const edits: Given['edits'] = [['one file.', `one file.${' More of it.'.repeat(40)}`, 'F2']];
  const about = { F2: 3 };
  const bytes = 20_000; // a run may add 5,000

  it('is what earlier fixes have left of the budget of the run', () => {
    expect(licensed({ about, bytes, edits, grown: 4520 })).toEqual({ ...NOTHING, placed: ['one file.'] });
    expect(licensed({ about, bytes, edits, grown: 4521 })).toEqual({
      ...NOTHING,
      placed: ['one file.'],
      growth: {
        problem: [
          'All edits together add 480 bytes; 479 bytes fit into the rest of the run. Most of it is for F2.',
          'Replace text instead of adding to it, or delete.',
        ].join('\n'),
        edits: ['one file.'],
      },
    });
  });

  it('is not less for what was written beside the fixes', () => {
    expect(licensed({ about, bytes, edits, grown: 9520, grownBeside: 5000 }).growth).toBeNull();
    expect(licensed({ about, bytes, edits, grown: 9521, grownBeside: 5000 }).growth).not.toBeNull();
  });
});
