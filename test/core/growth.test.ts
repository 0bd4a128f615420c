import { describe, expect, it } from 'vitest';
import type { PlacedEdit } from '../../src/core/edits.ts';
import { overBudget } from '../../src/core/policies/growth.ts';

const PLAN = 'One line of the plan.\n'.repeat(50);

function edit(start: number, end: number, fresh: string, ...findings: string[]): PlacedEdit {
  return { edit: { findings, old_text: PLAN.slice(start, end), new_text: fresh }, start, end };
}

function over(
  edits: readonly PlacedEdit[],
  { original = 10_000, grownSoFar = 0, plan = PLAN } = {},
): unknown {
  return overBudget(plan, edits, { original, grownSoFar })?.over ?? null;
}

describe('the edits for a finding may add', () => {
  it('600 bytes', () => {
    expect(over([edit(0, 0, 'x'.repeat(600), 'F1')])).toBeNull();
    expect(over([edit(0, 0, 'x'.repeat(601), 'F1')])).toEqual([
      { what: 'finding', findings: ['F1'], grown: 601, allowed: 600 },
    ]);
  });

  it('four lines, where those of the plan are long', () => {
    const plan = `${'x'.repeat(300)}\n  \n`.repeat(50);

    expect(over([edit(0, 0, 'x'.repeat(1200), 'F1')], { plan })).toBeNull();
    expect(over([edit(0, 0, 'x'.repeat(1201), 'F1')], { plan, original: 20_000 })).toEqual([
      { what: 'finding', findings: ['F1'], grown: 1201, allowed: 1200 },
    ]);
  });

  it('600 bytes also where the plan holds no line', () => {
    expect(over([edit(0, 0, 'x'.repeat(601), 'F1')], { plan: '\n' })).toMatchObject([{ allowed: 600 }]);
  });

  it('more, where they remove as much', () => {
    expect(over([edit(0, 500, 'x'.repeat(1100), 'F1')])).toBeNull();
    expect(over([edit(0, 0, 'x'.repeat(900), 'F1'), edit(500, 1000, '', 'F1')])).toBeNull();
  });

  it('twice as much for two, counted in UTF-8 and without regard to line ends', () => {
    expect(over([edit(0, 0, 'x'.repeat(1200), 'F1', 'F2')])).toBeNull();
    expect(over([edit(0, 0, 'ü'.repeat(301), 'F1')])).toMatchObject([{ grown: 602 }]);
    expect(over([edit(0, 0, '\r\n'.repeat(600), 'F1')])).toBeNull();
    expect(over([edit(0, 0, '\r\n'.repeat(601), 'F1')])).toMatchObject([{ grown: 601 }]);
  });
});

describe('a round may add', () => {
  const five = [1, 2, 3, 4, 5].map((n) => edit(n, n, 'x'.repeat(400 + n * 30), `F${n}`));
  const four = [1, 2, 3, 4].map((n) => edit(n, n, 'x'.repeat(n === 1 ? 450 : 600), `F${n}`));

  it('15 % of the plan, and 2250 bytes in any case', () => {
    expect(over(five, { original: 20_000 })).toBeNull();
    expect(over(five)).toEqual([{ what: 'round', findings: ['F5'], grown: 2450, allowed: 2250 }]);
    expect(over(five, { original: 400 })).toEqual([
      { what: 'round', findings: ['F5'], grown: 2450, allowed: 2250 },
    ]);
  });

  it('what fits without the findings that grow most, and no more of these than it takes', () => {
    const more = [...four, edit(9, 9, 'x'.repeat(600), 'F5')];
    const shrinking = edit(44, 66, '', 'F6');

    expect(over(four)).toBeNull();
    expect(over(more)).toMatchObject([{ what: 'round', findings: ['F2'] }]);
    expect(over([...more, shrinking])).toMatchObject([{ grown: 2828, findings: ['F2'] }]);
    expect(over([...more, edit(12, 12, 'x', 'F7')])).toMatchObject([{ findings: ['F2', 'F3'] }]);
  });

  it('what is left of the 25 % of the run', () => {
    const one = [edit(0, 0, 'x'.repeat(500), 'F1')];

    expect(over(one, { original: 20_000, grownSoFar: 4500 })).toBeNull();
    expect(over(one, { original: 20_000, grownSoFar: 4501 })).toEqual([
      { what: 'run', findings: ['F1'], grown: 500, allowed: 499 },
    ]);
    expect(over(one, { original: 400, grownSoFar: 3250 })).toBeNull();
  });

  it('less than nothing always', () => {
    expect(over([edit(0, 100, 'x'.repeat(99), 'F1')], { grownSoFar: 99_999 })).toBeNull();
    expect(over([edit(0, 100, 'x'.repeat(100), 'F1')], { grownSoFar: 99_999 })).toBeNull();
    expect(over([], { grownSoFar: 99_999 })).toBeNull();
  });
});

it('an implementer is told what grows, and to replace', () => {
  const edits = [edit(0, 0, 'x'.repeat(1500), 'F1'), edit(44, 66, '', 'F1'), edit(88, 88, 'x', 'F2')];

  const result = overBudget(PLAN, edits, { original: 10_000, grownSoFar: 3700 });

  expect(result?.edits).toEqual([edits[0]]);
  expect(result?.problem).toMatchInlineSnapshot(`
    "The edits for F1 add 1478 bytes; 600 bytes fit for one finding.
    All edits together add 1479 bytes; 50 bytes fit into the rest of the run. Most of it is for F1.
    Replace text instead of adding to it, or delete."
  `);
});

it('an implementer is told whose edits fill a round, and that nothing is left of the run', () => {
  const edits = [1, 2, 3, 4, 5].map((n) => edit(n, n, 'x'.repeat(600), `F${n}`));

  expect(overBudget(PLAN, edits, { original: 10_000, grownSoFar: 3750 })?.problem).toMatchInlineSnapshot(`
    "All edits together add 3000 bytes; 2250 bytes fit into one round. Most of it is for F1, F2.
    All edits together add 3000 bytes; no room is left in this run. Most of it is for F1, F2, F3, F4, F5.
    Replace text instead of adding to it, or delete."
  `);
  expect(overBudget(PLAN, edits, { original: 10_000, grownSoFar: 9999 })?.over).toMatchObject([
    { what: 'round' },
    { what: 'run', allowed: 0 },
  ]);
});

it('edits to be asked for again are those that add text for a finding that grows too much, also with others', () => {
  const edits = [
    edit(0, 0, 'x'.repeat(700), 'F1'),
    edit(22, 22, 'x', 'F1', 'F2'),
    edit(44, 48, 'Same', 'F1'),
    edit(66, 66, 'x', 'F2'),
  ];

  expect(overBudget(PLAN, edits, { original: 10_000, grownSoFar: 0 })?.edits).toEqual(edits.slice(0, 2));
});
