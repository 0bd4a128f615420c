import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, linesWithEnds } from '../../src/lib/text.ts';
import { lineMapOf } from '../../src/core/ledger/hunks.ts';
import { ageLines, birthOf, bornIn, restoredFrom, type Births } from '../../src/core/ledger/provenance.ts';
import { begin, edit, place, raise } from './histories.ts';

/** Who wrote each line, as `round:findings`. */
function each(births: Births): string[] {
  return births.flatMap(([lines, round, findings]) =>
    Array.from({ length: lines }, () => `${round}:${findings.join(',')}`),
  );
}

function aged(
  births: Births,
  before: string,
  after: string,
  edits: [number, number, ...string[]][],
  round = 2,
): Births {
  const written = edits.map(([start, end, ...findings]) => ({ lines: { start, end }, findings }));
  return ageLines(births, lineMapOf(before, after), written, round);
}

describe('the lines after an edit', () => {
  const BEFORE = 'one\ntwo\nthree\nfour\n';
  const BIRTHS: Births = [
    [2, 0, []],
    [2, 1, ['F1']],
  ];

  it('are whose they were, but for those that it wrote', () => {
    expect(each(aged(BIRTHS, BEFORE, 'one\nnew\nTWO\nthree\nfour\n', [[2, 3, 'F2']]))).toEqual([
      '0:',
      '2:F2',
      '2:F2',
      '1:F1',
      '1:F1',
    ]);
    expect(each(aged(BIRTHS, BEFORE, 'one\nfour\n', [[2, 2, 'F2']]))).toEqual(['0:', '1:F1']);
  });

  it('are for every finding whose edit covers them, and for nobody where none does', () => {
    const after = 'one\na\nb\nc\ntwo\nthree\nfour\n';

    expect(
      each(
        aged(BIRTHS, BEFORE, after, [
          [2, 3, 'F2', 'F3'],
          [3, 3, 'F4', 'F2'],
        ]),
      ).slice(0, 5),
    ).toEqual(['0:', '2:F2,F3', '2:F2,F3,F4', '2:', '0:']);
  });

  it('are whose they were when they were moved, or ticked', () => {
    const [before, after] = [
      '- [ ] drop the new column\n- [ ] tell the owner of it\nend\n',
      'end\n- [x] drop the new column\n- [x] tell the owner of it\n',
    ];

    expect(
      each(
        aged(
          [
            [1, 1, ['F1']],
            [2, 0, []],
          ],
          before,
          after,
          [[1, 3, 'F9']],
        ),
      ),
    ).toEqual(['0:', '1:F1', '0:']);
  });

  it("are the author's below the last that is known", () => {
    expect(aged([], BEFORE, 'one\ntwo\nTHREE\nfour\n', [[3, 3, 'F1']])).toEqual([
      [2, 0, []],
      [1, 2, ['F1']],
    ]);
  });

  it('are nobody’s fix where the finding’s edit only took something back', () => {
    const { hunks, moves } = lineMapOf(BEFORE, 'one\nnew\nthree\nfour\n');
    const fact = {
      round: 2,
      hunks: hunks.map(([a, b, c, d]): [number, number, number, number] => [a, b, c, d]),
      moves: moves.map(([a, b, c]): [number, number, number] => [a, b, c]),
      edits: [{ findings: ['F2', 'F3'], lines: { start: 2, end: 2 } }],
    };
    const wrote = (reverted: string[]): string | undefined => each(bornIn(BIRTHS, { ...fact, reverted }))[1];

    expect([[], ['F2'], ['F2', 'F3']].map(wrote)).toEqual(['2:F2,F3', '2:F3', '2:']);
  });

  it('are kept as runs', () => {
    expect(aged([[4, 0, []]], BEFORE, `${BEFORE}five\nsix\n`, [[5, 6, 'F1']])).toEqual([
      [4, 0, []],
      [2, 2, ['F1']],
    ]);
  });

  it('are whose they were before a fix that is taken back', () => {
    const fact = {
      round: 3,
      edits: [{ findings: ['F2'], lines: { start: 2, end: 3 } }],
      reverted: ['F2'],
      restored: restoredFrom([{ births: BIRTHS, map: lineMapOf(BEFORE, 'one\nthree\nanew\nfour\n') }], {
        start: 2,
        end: 3,
      }),
      hunks: [[2, 2, 2, 2] as [number, number, number, number]],
      moves: [],
    };

    expect(fact.restored).toEqual([
      { lines: { start: 2, end: 2 }, round: 1, findings: ['F1'] },
      { lines: { start: 3, end: 3 }, round: 0, findings: [] },
    ]);
    expect(each(bornIn([[4, 2, ['F2']]], fact))).toEqual(['2:F2', '1:F1', '0:', '2:F2']);
  });

  it('are nobody’s where a fix was taken back by a version that did not look whose they were', () => {
    const fact = {
      round: 3,
      edits: [{ findings: ['F1'], lines: { start: 2, end: 2 } }],
      reverted: ['F1'],
      moves: [],
    };

    expect(
      each(
        bornIn(
          [
            [1, 0, []],
            [1, 2, ['F1']],
          ],
          { ...fact, hunks: [[2, 1, 2, 1]] },
        ),
      ),
    ).toEqual(['0:', '3:']);
  });
});

describe('any edit', () => {
  const text = array(constantFrom('a\n', 'b\n', 'c\n', 'd\r\n', '\n', 'a line that is long enough\n'), {
    maxLength: 12,
  }).map((lines) => lines.join(''));

  it('leaves each line born once: kept, moved, or of this round', () => {
    assert(
      property(text, text, (before, after) => {
        const [old, now] = [linesWithEnds(before), linesWithEnds(after)];
        const births = old.map((_, at): Births[number] => [1, 1, [`F${at}`]]);
        const { hunks, moves } = lineMapOf(before, after);

        const lines = each(ageLines(births, { hunks, moves }, [], 2));

        expect(lines).toHaveLength(now.length);
        const kept = lines.flatMap((birth, at) => {
          const from = /^1:F(\d+)$/.exec(birth)?.[1];
          return from === undefined ? [] : [[old[Number(from)]?.trim(), now[at]?.trim()]];
        });
        expect(kept.filter(([was, is]) => was !== is)).toEqual([]);
        const fresh = hunks.reduce((sum, hunk) => sum + hunk[3], 0);
        const moved = moves.reduce((sum, move) => sum + move[2], 0);
        expect(lines.filter((birth) => birth === '2:')).toHaveLength(fresh - moved);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('the birth of a span', () => {
  const LINES = linesOf('a\n\nb\nc\n\nd\ne\n');
  const BIRTHS: Births = [
    [2, 0, []],
    [3, 1, ['F1']],
    [1, 2, ['F2', 'F1']],
    [1, 3, []],
  ];

  it.each([
    ['of the author', [1, 2], null],
    ['of a fix', [3, 4], [1, 'F1']],
    ['half of a fix, blank lines not counted', [1, 3], [1, 'F1']],
    ['mostly of the author and of somebody else', [1, 1], null],
    ['of several fixes, by the one that wrote most', [3, 6], [1, 'F1']],
    ['of two fixes alike, by the last', [4, 6], [2, 'F2']],
    ['of nobody we know', [7, 7], null],
    ['half of a fix, half of nobody we know', [6, 7], [2, 'F2']],
    ['that is blank', [5, 5], null],
    ['below the end', [9, 9], null],
  ] as const)('%s', (_, [start, end], expected) => {
    const birth = birthOf({ start, end }, BIRTHS, LINES);

    expect(birth && [birth.round, birth.finding]).toEqual(expected);
  });

  it('is the author’s where fixes wrote less than half, and of the round in which one fix wrote most', () => {
    const mostly: Births = [
      [3, 0, []],
      [1, 1, ['F1']],
      [2, 2, ['F1', 'F2']],
      [1, 3, ['F2']],
    ];

    expect(birthOf({ start: 1, end: 4 }, mostly)).toBeNull();
    expect(birthOf({ start: 4, end: 6 }, mostly)).toEqual({ round: 2, finding: 'F1' });
    expect(birthOf({ start: 5, end: 7 }, mostly)).toEqual({ round: 2, finding: 'F1' });
  });

  it('counts every line where it is not told which are blank', () => {
    expect(birthOf({ start: 5, end: 5 }, BIRTHS)).toEqual({ round: 1, finding: 'F1' });
  });
});

describe('a finding', () => {
  const PLAN = '# Plan\n\n1. Read the file.\n2. Insert each row.\n';
  const FIXED = '# Plan\n\n1. Read the file.\n2. Insert each row, and retry for ever.\n';
  const AGAIN = '# Plan\n\n1. Read the file.\n2. Insert each row, and retry ten times at most.\n';
  const first = raise(begin(PLAN), 'addressed', { title: 'No retry', quote: 'Insert each row' });

  it('descends from the fix that wrote what it is about, one generation each', () => {
    const fixed = raise(edit(first, FIXED, ['F1']), 'addressed', {
      title: 'Never ends',
      quote: 'retry for ever',
    });
    const [found] = place(edit(fixed, AGAIN, ['F2']), {
      title: 'Ten is too few',
      quote: 'ten times at most',
    });

    expect(fixed.ledger.get('F2')?.finding).toMatchObject({ generation: 1, parent: 'F1' });
    expect(found).toMatchObject({ id: 'F3', generation: 2, parent: 'F2' });
  });

  it("is the author's where the text is, whoever changed it beside the run", () => {
    expect(place(edit(first, FIXED), { quote: 'retry for ever' })[0]).toMatchObject({
      generation: 0,
      parent: null,
    });
    expect(
      place(edit(first, FIXED, ['F1']), { title: 'Which file?', quote: 'Read the file.' })[0],
    ).toMatchObject({
      generation: 0,
      parent: null,
    });
  });

  it('that comes back descends from what it did, and never from itself', () => {
    const [found] = place(edit(first, FIXED, ['F1']), { title: 'Still no retry', quote: 'Insert each row' });

    expect(found).toMatchObject({ id: 'F1', generation: 0, parent: null });
  });

  it('that has a section and no quote descends from nothing', () => {
    const fixed = edit(first, '# The plan\n\n1. Read the file.\n2. Insert each row.\n', ['F1']);

    expect(place(fixed, { quote: 'nowhere in the plan', heading: 'The plan' })[0]).toMatchObject({
      gate: 'void',
      anchor: { how: 'section', lines: { start: 1, end: 1 } },
      generation: 0,
    });
  });
});
