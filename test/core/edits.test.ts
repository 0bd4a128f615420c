import { array, assert, constantFrom, integer, property, tuple, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, placeEdits } from '../../src/core/edits.ts';
import type { Edit } from '../../src/core/edits-schema.ts';

const KNOWN = new Set(['F1', 'F2']);

function edit(oldText: string, newText: string, findings = ['F1']): Edit {
  return { findings, old_text: oldText, new_text: newText };
}

/** The plan after the edits, or what is wrong with them. */
function edited(plan: string, ...edits: Edit[]): string | readonly string[] {
  const placement = placeEdits(plan, edits, KNOWN);
  return 'problems' in placement ? placement.problems : applyEdits(plan, placement.placed);
}

const PLAN = 'one\ntwo\nthree\ntwo again\n';

describe('an edit whose old text occurs exactly once', () => {
  it('replaces it', () => {
    expect(edited(PLAN, edit('three', '3'))).toBe('one\ntwo\n3\ntwo again\n');
  });

  it('deletes it by an empty new text', () => {
    expect(edited(PLAN, edit('three\n', ''))).toBe('one\ntwo\ntwo again\n');
  });

  it('inserts by repeating the neighbour', () => {
    expect(edited(PLAN, edit('one\n', 'one\none and a half\n'))).toBe(
      'one\none and a half\ntwo\nthree\ntwo again\n',
    );
  });

  it('goes together with others in any order, and may touch them', () => {
    expect(edited(PLAN, edit('three\n', '3\n'), edit('one\n', '1\n'), edit('two again', '4'))).toBe(
      '1\ntwo\n3\n4\n',
    );
    expect(edited('abcd', edit('cd', 'CD'), edit('ab', 'AB'))).toBe('ABCD');
  });

  it('is matched by its characters, not as a pattern', () => {
    expect(edited('a.c $& (x)', edit('(x)', '$& $1'))).toBe('a.c $& $& $1');
    expect(edited('abc', edit('a.c', 'x'))).toEqual(['Edit 1 names text that is not in the plan: "a.c".']);
  });

  it('is placed where the text stands in the baseline', () => {
    const change = edit('three', '3');

    expect(placeEdits(PLAN, [change], KNOWN)).toEqual({ placed: [{ edit: change, start: 8, end: 13 }] });
  });
});

describe('an edit that cannot be applied', () => {
  it.each([
    [
      'names text that is nowhere',
      [edit('four', '4')],
      ['Edit 1 names text that is not in the plan: "four".'],
    ],
    [
      'names text with other white space',
      [edit('one two', '12')],
      ['Edit 1 names text that is not in the plan: "one two".'],
    ],
    [
      'names text that occurs twice',
      [edit('two', '2')],
      ['Edit 1 names text that occurs more than once: "two"; copy more of it.'],
    ],
    ['names nothing', [edit('', '0')], ['Edit 1 has an empty old_text; copy the text it stands next to.']],
    ['has no finding', [edit('three', '3', [])], ['Edit 1 names no finding.']],
    [
      'has findings that were not sent',
      [edit('three', '3', ['F1', 'F9', 'f1'])],
      ['Edit 1 names findings that were not sent: F9, f1.'],
    ],
    ['overlaps another', [edit('two\nthree', 'x'), edit('three\ntwo', 'y')], ['Edits 1 and 2 overlap.']],
    ['holds another', [edit('three', 'x'), edit('one\ntwo\nthree', 'y')], ['Edits 2 and 1 overlap.']],
    ['is the same as another', [edit('three', 'x'), edit('three', 'x')], ['Edits 1 and 2 overlap.']],
    [
      'is one of several',
      [edit('one', '1'), edit('four', '4'), edit('two', '2')],
      [
        'Edit 2 names text that is not in the plan: "four".',
        'Edit 3 names text that occurs more than once: "two"; copy more of it.',
      ],
    ],
  ])('%s', (_, edits, problems) => {
    expect(edited(PLAN, ...edits)).toEqual(problems);
  });

  it('overlaps itself: that counts as twice', () => {
    expect(edited('aaa', edit('aa', 'b'))).toEqual([
      'Edit 1 names text that occurs more than once: "aa"; copy more of it.',
    ]);
  });

  it('is named by the beginning of its first line', () => {
    expect(edited(PLAN, edit(`\n${'x'.repeat(100)}\nmore`, ''))).toEqual([
      `Edit 1 names text that is not in the plan: "${'x'.repeat(80)}…".`,
    ]);
  });
});

describe('line ends', () => {
  it('are the plan’s own in what is inserted', () => {
    expect(edited('one\r\ntwo\r\n', edit('one\ntwo', '1\n1.5\n2'))).toBe('1\r\n1.5\r\n2\r\n');
    expect(edited('one\ntwo\n', edit('one\r\ntwo', '1\r\n2'))).toBe('1\n2\n');
  });

  it('are matched at the edges of an edit too', () => {
    expect(edited('a\r\nb\r\nc\r\n', edit('\nb\n', '\nB\n'))).toBe('a\r\nB\r\nc\r\n');
    expect(edited('a\r\nb\r\nc\r\n', edit('b\n', ''))).toBe('a\r\nc\r\n');
  });

  it('are those of the replaced text where the plan has both', () => {
    expect(edited('a\r\nb\r\nc\nd\n', edit('a\nb', 'A\nB'), edit('c\nd', 'C\nD'))).toBe('A\r\nB\r\nC\nD\n');
  });

  it('stay as they are in a plan with lone carriage returns', () => {
    expect(edited('a\rb\r\rc\n', edit('b', 'B'))).toBe('a\rB\r\rc\n');
    expect(edited('a\r\r\nb\r\n', edit('b', 'B'))).toBe('a\r\r\nB\r\n');
  });

  it('decide nothing about a text that occurs once with one and once with the other', () => {
    expect(edited('a\nb a\r\nb', edit('a\nb', 'x'))).toEqual([
      'Edit 1 names text that occurs more than once: "a"; copy more of it.',
    ]);
  });
});

/** Plans of numbered lines, so that a slice of lines occurs exactly once; and some of the lines to edit. */
const plans = tuple(
  array(constantFrom('\n', '\r\n'), { minLength: 1, maxLength: 12 }),
  uniqueArray(integer({ min: 0, max: 11 }), { maxLength: 4 }),
  constantFrom('', 'changed', 'two\nlines', 'lone\rreturn', '<end>\n'),
).map(([ends, chosen, text]) => {
  const lines = ends.map((end, index) => `<line ${index}>${end}`);
  return { lines, chosen: chosen.filter((index) => index < lines.length), text };
});

describe('any edits', () => {
  it('change nothing outside of what they replace', () => {
    assert(
      property(plans, ({ lines, chosen, text }) => {
        const edits = chosen.map((index) => edit(`<line ${index}>`, text));

        const after = edited(lines.join(''), ...edits);

        const expected = lines.map((line, index) => {
          if (!chosen.includes(index)) return line;
          const end = lines.join('').includes('\r\n') && lines[0]?.endsWith('\r\n') ? '\r\n' : '\n';
          return line.replace(/<line \d+>/, text.replaceAll('\n', end));
        });
        expect(after).toBe(expected.join(''));
      }),
    );
  });

  it('are undone by the edits the other way round', () => {
    assert(
      property(plans, ({ lines, chosen }) => {
        const plan = lines.join('');
        const names = chosen.map((index) => [`<line ${index}>`, `<new ${index}>`] as const);

        const after = edited(plan, ...names.map(([before, now]) => edit(before, now)));
        const back = edited(String(after), ...names.map(([before, now]) => edit(now, before)));

        expect(back).toBe(plan);
      }),
    );
  });
});
