import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../src/core/calibrate/sentences.ts';
import { inverse, linesAt, placeAfter, spliced, type Splice } from '../../src/core/calibrate/splice.ts';
import { quoted, says, tellingWords } from '../../src/core/calibrate/telling.ts';

describe('the sentences of a paragraph', () => {
  it.each<[string, string[]]>([
    ['One. Two! Six? Ten.', ['One.', 'Two!', 'Six?', 'Ten.']],
    ['One.\n  Two.', ['One.', 'Two.']],
    [
      'One. 2 more. `b` is. *C* is. "D." “E.” (F.) _G_ is.',
      ['One.', '2 more.', '`b` is.', '*C* is.', '"D."', '“E.”', '(F.)', '_G_ is.'],
    ],
    ['One.) Two." Six.” Ten.', ['Two."', 'Six.”', 'Ten.']],
    ['See e.g. this one. It is 1.5 long, v1.Two', ['See e.g. this one.']],
    ['*One.* Two.', ['*One.*', 'Two.']],
    ['_One._ Two.', ['_One._', 'Two.']],
    ['Élan. Écru.', ['Élan.', 'Écru.']],
    ['No end', []],
    ['One. No end', ['One.']],
    ['A `one. Two` is. Six.', ['Six.']],
    ['A *one. Two* is. Six.', ['Six.']],
    ['A [one. Two] is. Six.', ['Six.']],
    ['A (one. Two) is. Six.', ['Six.']],
    ['A [one](two). `Six` *ten*.', ['A [one](two).', '`Six` *ten*.']],
    ['A < b. Two.', ['Two.']],
    ['A > b. Two.', ['Two.']],
    ['A | b. Two.', ['Two.']],
    [String.raw`A \ b. Two.`, ['Two.']],
  ])('of %j', (text, sentences) => {
    expect(sentencesOf({ start: 0, end: text.length, text }).map((one) => one.text)).toEqual(sentences);
  });

  it('have their offsets, and where the next one begins', () => {
    expect(sentencesOf({ start: 100, end: 110, text: 'One.  Two.' })).toEqual([
      { start: 100, end: 104, text: 'One.', next: 106 },
      { start: 106, end: 110, text: 'Two.', next: 110 },
    ]);
  });
});

describe('what a text is about', () => {
  it.each<[string, string[]]>([
    ['Reject the REJECTED orders', ['reject', 'orders']],
    ['Lock, a, four; fives_of: Élanés!', ['fives_', 'élanés']],
    ['The workers lock `a_table` and `a_table` there', ['a_table', 'worker']],
    ['See `ab`, `abc`, and `many words` here', ['abc', 'many words']],
    [`\`${'x'.repeat(40)}\` \`${'y'.repeat(41)}\``, ['x'.repeat(40)]],
    [
      'table1 table2 table3 table4 table5 table6 table7 table8 table9',
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `table${n}`),
    ],
    ['', []],
    [
      'about above after again already always another because before being below changes could created either ensures every existing first following however never other presents sections should since still their there these things those through under until updates where which while within without wouldn',
      [],
    ],
    ['thereby whatabout reabove', ['whatab', 'reabov']],
  ])('of %j', (text, words) => {
    expect(tellingWords(text)).toEqual(words);
  });
});

describe('a text says', () => {
  it.each<[string, string]>([
    ['It was rejected.', 'reject'],
    ['REJECT it', 'reject'],
    ['(60)', '60'],
    ['It is 60s.', '60'],
    ['It is a_60.', '60'],
    ['Call a.b() now', 'a.b()'],
    ['One [a] {b} ^c $d |e *f +g ?h \\i', '[a] {b} ^c $d |e *f +g ?h \\i'],
    ['It is steps12.', 'steps'],
  ])('%j: %j', (text, cue) => {
    expect(says(text, cue)).toBe(true);
  });

  it.each<[string, string]>([
    ['It is unrejected.', 'reject'],
    ['It is éreject.', 'reject'],
    ['It is 1reject.', 'reject'],
    ['It is 600.', '60'],
    ['It is 160.', '60'],
    ['Call axb() now', 'a.b()'],
    ['Nothing', 'reject'],
  ])('not %j: %j', (text, cue) => {
    expect(says(text, cue)).toBe(false);
  });

  it('in a quotation of one line, cut at 80 characters', () => {
    expect(quoted('  One\n\t two  six. ')).toBe('“One two six.”');
    expect(quoted('x'.repeat(80))).toBe(`“${'x'.repeat(80)}”`);
    expect(quoted('x'.repeat(81))).toBe(`“${'x'.repeat(79)}…”`);
  });
});

const at = (start: number, end: number, fresh: string): Splice => ({ start, end, fresh });

describe('splices of a text', () => {
  it.each<[string, Splice[], string, Splice[]]>([
    ['none', [], 'abcdef', []],
    ['one', [at(1, 3, 'XYZ')], 'aXYZdef', [at(1, 4, 'bc')]],
    ['what goes', [at(0, 2, '')], 'cdef', [at(0, 0, 'ab')]],
    ['what comes', [at(6, 6, 'g')], 'abcdefg', [at(6, 7, '')]],
    ['in another order', [at(4, 5, ''), at(1, 2, 'XY')], 'aXYcdf', [at(1, 3, 'b'), at(5, 5, 'e')]],
    ['at one place', [at(2, 2, 'X'), at(2, 2, 'Y')], 'abXYcdef', [at(2, 3, ''), at(3, 4, '')]],
    ['before one that replaces', [at(2, 4, 'Y'), at(2, 2, 'X')], 'abXYef', [at(2, 3, ''), at(3, 4, 'cd')]],
  ])('are made and undone: %s', (_, splices, text, back) => {
    expect(spliced('abcdef', splices)).toBe(text);
    expect(inverse('abcdef', splices)).toEqual(back);
    expect(spliced(text, back)).toBe('abcdef');
  });

  it.each<[string, Splice, [number, number], [number, number]]>([
    ['behind it', at(8, 9, 'xyz'), [2, 6], [2, 6]],
    ['at its end', at(6, 6, 'xyz'), [2, 6], [2, 6]],
    ['before it', at(0, 1, 'xyz'), [2, 6], [4, 8]],
    ['at its beginning', at(2, 2, 'xyz'), [2, 6], [5, 9]],
    ['up to its beginning', at(1, 2, ''), [2, 6], [1, 5]],
    ['within it', at(3, 5, 'x'), [2, 6], [2, 5]],
    ['all of it', at(2, 6, 'x'), [2, 6], [2, 3]],
    ['its first', at(2, 3, 'xyz'), [2, 6], [2, 8]],
    ['its last', at(5, 6, 'xyz'), [2, 6], [2, 8]],
    ['in an empty one', at(4, 4, 'xyz'), [4, 4], [4, 7]],
    ['before an empty one', at(3, 4, 'xyz'), [4, 4], [6, 6]],
    ['behind an empty one', at(5, 5, 'xyz'), [4, 4], [4, 4]],
  ])('move a stretch: %s', (_, splice, [start, end], [newStart, newEnd]) => {
    expect(placeAfter({ start, end }, [splice])).toEqual({ start: newStart, end: newEnd });
  });

  it('move a stretch all together', () => {
    const splices = [at(0, 0, 'xy'), at(3, 4, ''), at(9, 9, 'z')];

    expect(placeAfter({ start: 2, end: 6 }, splices)).toEqual({ start: 4, end: 7 });
  });
});

describe('a stretch is on the lines', () => {
  const text = 'one\ntwo\n\n  six\n';

  it.each<[number, number, number, number]>([
    [0, 3, 1, 1],
    [0, 4, 1, 1],
    [0, 5, 1, 2],
    [3, 7, 2, 2],
    [4, 14, 2, 4],
    [7, 15, 4, 4],
    [0, 15, 1, 4],
    [4, 4, 2, 2],
    [7, 9, 4, 4],
  ])('of its offsets %d to %d: %d to %d', (start, end, first, last) => {
    expect(linesAt(text, { start, end })).toEqual({ start: first, end: last });
  });
});
