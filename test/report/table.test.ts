import { expect, it } from 'vitest';
import { table } from '../../src/report/table.ts';

it('has columns as wide as what stands in them, in any script', () => {
  const rows = [
    ['Id', 'Finding'],
    ['F1', '再試行の上限がない'],
    ['F2', 'café 👩‍👩‍👧‍👦 z\u0351'],
    ['F10', 'plain'],
  ];

  expect(table(rows, { isUnicode: true, hasTotal: false })).toMatchInlineSnapshot(`
    "┌─────┬────────────────────┐
    │ Id  │ Finding            │
    ├─────┼────────────────────┤
    │ F1  │ 再試行の上限がない │
    │ F2  │ café 👩‍👩‍👧‍👦 z͑          │
    │ F10 │ plain              │
    └─────┴────────────────────┘"
  `);
});

it('sets its last row apart where that is a total, in plain characters where there are no others', () => {
  const rows = [
    ['Phase', 'Tokens'],
    ['Round 1 codex', '31k'],
    ['Total', '31k'],
  ];

  expect(table(rows, { isUnicode: false, hasTotal: true })).toMatchInlineSnapshot(`
    "+---------------+--------+
    | Phase         | Tokens |
    +---------------+--------+
    | Round 1 codex | 31k    |
    +---------------+--------+
    | Total         | 31k    |
    +---------------+--------+"
  `);
});
