import { array, assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/lib/text.ts';
import { blocksIn, outlineOf, sectionAt, sectionNamed } from '../../src/core/ledger/blocks.ts';
import { leavesOf } from '../../src/core/ledger/leaf-blocks.ts';
import { parseMarkdown } from '../../src/core/markdown.ts';

/** Every block with its first lines' words, as `kind first-last`. */
function blocks(...lines: string[]): string[] {
  return outlineOf(lines.join('\n')).blocks.map(({ kind, start, end }) => `${kind} ${start}-${end}`);
}

describe('the blocks of a plan', () => {
  it('are its leaves: headings, paragraphs, items, rows, code', () => {
    expect(
      blocks('# Import', '', 'It reads', 'a file.', '', '- read', '- write', '', '```sh', '', 'ls', '```'),
    ).toEqual(['heading 1-1', 'paragraph 3-4', 'item 6-6', 'item 7-7', 'code 9-12']);
  });

  it('keep an item and the items below it apart', () => {
    expect(blocks('1. one', '   goes on', '   - inner', '', '     more of it', '2. two')).toEqual([
      'item 1-2',
      'item 3-3',
      'paragraph 5-5',
      'item 6-6',
    ]);
  });

  it('take an item for one whose text is missing, or begins below or beside other markers', () => {
    expect(blocks('-', '- x')).toEqual(['item 1-1', 'item 2-2']);
    expect(blocks('-', '  text', '- - x', '  - y')).toEqual(['item 1-2', 'item 3-3', 'item 4-4']);
    expect(blocks('- # A', '  text')).toEqual(['heading 1-1', 'paragraph 2-2']);
  });

  it('take what is set in for code, and no blank line below it', () => {
    expect(blocks('text', '', '    ls', '', '    cat', '', '', 'text')).toEqual([
      'paragraph 1-1',
      'code 3-5',
      'paragraph 8-8',
    ]);
    expect(blocks('```', 'ls', '', ' ')).toEqual(['code 1-2']);
  });

  it('go on below a heading where a fence or a comment was not closed above it', () => {
    expect(blocks('```', '# a', '``', '# b', '~~~', '# c', '```', '# d')).toEqual([
      'code 1-7',
      'heading 8-8',
    ]);
    expect(blocks('```', '# a', '  ```  ', '# b')).toEqual(['code 1-3', 'heading 4-4']);
    expect(blocks('text', '', '<!-- a', '# b', '-->', '# c')).toEqual([
      'paragraph 1-1',
      'html 3-5',
      'heading 6-6',
    ]);
    expect(blocks('- ```', '  # a', '# b')).toEqual(['code 1-2', 'heading 3-3']);
  });

  it('take a heading with its underline for one', () => {
    expect(blocks('Import', '======', 'Steps', '-----', 'read')).toEqual([
      'heading 1-2',
      'heading 3-4',
      'paragraph 5-5',
    ]);
  });

  it('take each row of a table for one, the first with its rule', () => {
    expect(blocks('| a | b |', '| - | - |', '| 1 | 2 |', '| 3 | 4 |', '', 'end')).toEqual([
      'row 1-2',
      'row 3-3',
      'row 4-4',
      'paragraph 6-6',
    ]);
  });

  it('do not end within a fence, whatever stands there', () => {
    expect(blocks('````md', '# no heading', '```', 'inner', '```', '', '# none', '````', '# one')).toEqual([
      'code 1-8',
      'heading 9-9',
    ]);
    expect(blocks('~~~', '# no heading', '```', '~~~', 'text')).toEqual(['code 1-4', 'paragraph 5-5']);
    expect(blocks('```', 'never closed', '', '# no heading')).toEqual(['code 1-4']);
    expect(blocks('```', 'code', '    ```', '# no heading', '```', '# one')).toEqual([
      'code 1-5',
      'heading 6-6',
    ]);
  });

  it('are front matter as a whole, comments and all', () => {
    expect(blocks('---', 'title: x', '# a comment', '---', '# Plan')).toEqual(['matter 1-4', 'heading 5-5']);
    expect(blocks('+++', 'title = "x"', '+++', 'text')).toEqual(['matter 1-3', 'paragraph 4-4']);
  });

  it('are html up to where it ends', () => {
    expect(
      blocks('<!--', '# hidden', '', '-->', 'text', '', '<div>', '# inside', '</div>', '', '# Next'),
    ).toEqual(['html 1-4', 'paragraph 5-5', 'html 7-9', 'heading 11-11']);
  });

  it('name lines that are none of these, and links to elsewhere', () => {
    expect(blocks('> one', '>', '> two', '', '---', '', '[a]: https://a.example')).toEqual([
      'paragraph 1-1',
      'other 2-2',
      'paragraph 3-3',
      'rule 5-5',
      'other 7-7',
    ]);
  });

  it('stand at the same lines whatever the line ends, with a byte order mark or without', () => {
    const text = '---\na: b\n---\n# Plan\n\n1. one\n   - two\n\n| a |\n| - |\n| b |\n\n```\n\nx\n```\n';

    const outline = outlineOf(text);

    expect(outlineOf(text.replaceAll('\n', '\r\n'))).toEqual(outline);
    expect(outlineOf(`\uFEFF${text}`)).toEqual(outline);
    expect(outlineOf(text.replace('one', 'o\rne'))).toEqual(outline);
  });
});

it('the blocks of a span are those it shares a line with', () => {
  const outline = outlineOf('# A\n\none\ntwo\n\n- x\n- y\n\nend');
  const kinds = (start: number, end = start): string[] =>
    blocksIn(outline, { start, end }).map(({ kind }) => kind);

  expect(kinds(4, 6)).toEqual(['paragraph', 'item']);
  expect([kinds(4), kinds(5), kinds(99)]).toEqual([['paragraph'], [], []]);
});

describe('a section', () => {
  const PLAN = [
    'before',
    '# Plan `x`',
    'text',
    '## **Steps**',
    '### Tests',
    'a',
    '# Roll back:',
    '> # quoted',
    '## Tests',
    'b',
    '## 3. Done [here](x)',
    '- # in an item',
  ].join('\n');

  it('is the headings above a line, outermost first', () => {
    expect(sectionAt(outlineOf(PLAN), 1)).toEqual([]);
    expect(sectionAt(outlineOf(PLAN), 3)).toEqual(['Plan x']);
    expect(sectionAt(outlineOf(PLAN), 5)).toEqual(['Plan x', 'Steps', 'Tests']);
    expect(sectionAt(outlineOf(PLAN), 8)).toEqual(['Roll back:']);
    expect(sectionAt(outlineOf(PLAN), 12)).toEqual(['Roll back:', '3. Done here']);
  });

  it.each([
    ['Steps', { start: 4, end: 6 }],
    ['## steps', { start: 4, end: 6 }],
    ['`Roll  back`', { start: 7, end: 12 }],
    ['Plan x', { start: 2, end: 6 }],
    ['Steps > Tests', { start: 5, end: 6 }],
    ['Roll back / Tests', { start: 9, end: 10 }],
    ['STEPS :', { start: 4, end: 6 }],
    ['### Steps ###', { start: 4, end: 6 }],
    ['Plan x >> Steps  →  Tests', { start: 5, end: 6 }],
    ['3. Done here...', { start: 11, end: 12 }],
  ])('is found by %j', (heading, { start, end }) => {
    expect(sectionNamed(outlineOf(PLAN), heading)).toMatchObject({ start, end });
  });

  it.each(['Tests', 'Step', '', '#', 'quoted'])('is not found by %j: none, or several', (heading) => {
    expect(sectionNamed(outlineOf(PLAN), heading)).toBeUndefined();
  });
});

it('a section ends with the last line of the plan, and above the next heading that is no deeper', () => {
  const ends = (text: string): number[] => outlineOf(text).sections.map(({ end }) => end);

  expect(ends('# A\n## B\n### C\n## D\n# E\ntext\n')).toEqual([4, 3, 3, 4, 6]);
  expect(ends('# A\ntext')).toEqual([2]);
  expect(ends('# A\n\n\n')).toEqual([3]);
});

it.each([
  ['Roll\nback\n====', 'Roll back'],
  ['# `a` *b* [c](d)', 'a b c'],
  ['# ![](a.png)', '![](a.png)'],
  ['#   A  #', 'A'],
])('the title of %j is what is read where it is shown', (text, title) => {
  expect(outlineOf(text).sections.map(({ path }) => path)).toEqual([[title]]);
});

it('a heading below the last level goes with the others of its level, and none with a deeper one', () => {
  const paths = outlineOf('### C\n# A\n###### F\n## B\n## D\n').sections.map(({ path }) => path.join('>'));

  expect(paths).toEqual(['C', 'A', 'A>F', 'A>B', 'A>D']);
});

describe('any text', () => {
  const lines = [
    ...'|text|# H|## H ##|- item|  - inner|    code|1. one|> quoted|> - x|```|~~~|````|    ```|```~|```\u00a0|---|==='.split(
      '|',
    ),
    ...'\t# tab;- ```;  # in;#;- # H;end\u2028# H;<script>;<!-- c -->;\\# no;   # H;  ;> ```;<!-- c;-->;<div>;</div>'.split(
      ';',
    ),
    '| a | b |',
    '| - | - |',
  ];
  const textOf = (lines: readonly string[]) =>
    array(constantFrom(...lines), { maxLength: 14 }).map((lines) => lines.join('\n'));
  const text = textOf([...lines, '+++', '-', '[a]: b', '</script>']);
  const isPlain = (text: string) => !/^(?:---|\+\+\+)/.test(text);

  it('has each line that is not blank in exactly one block', () => {
    assert(
      property(text, (text) => {
        const { blocks } = outlineOf(text);

        const held = blocks.flatMap(({ start, end }) =>
          Array.from({ length: end - start + 1 }, (_, at) => start + at),
        );
        const all = linesOf(text).flatMap((line, at) => (/[^ \t]/.test(line) ? [at + 1] : []));

        expect(held.every((line, at) => at === 0 || line > (held[at - 1] ?? 0))).toBe(true);
        expect(all.filter((line) => !held.includes(line))).toEqual([]);
      }),
      { numRuns: 800, seed: 2 },
    );
  });

  it('has the blocks that it has when it is read in one piece', () => {
    assert(
      property(text.filter(isPlain), (text) => {
        const whole = leavesOf(text);

        const { blocks, sections } = outlineOf(text);

        expect(blocks).toEqual(whole.blocks);
        expect(sections.map(({ start }) => start)).toEqual(whole.headings.map(({ line }) => line));
      }),
      { numRuns: 800, seed: 2 },
    );
  });

  it('is read the same again, and after another text', () => {
    assert(
      property(text, text, integer({ min: 0, max: 3 }), (one, other, times) => {
        const first = outlineOf(one);
        for (let n = 0; n < times; n += 1) outlineOf(other + one);

        expect(outlineOf(one)).toEqual(first);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('has the headings that another reader of markdown finds', () => {
    assert(
      // What the two read otherwise at the edges: front matter that never ends, empty items, definitions, end tags.
      property(textOf(lines).filter(isPlain), (text) => {
        const headings = parseMarkdown(text).children.filter(({ type }) => type === 'heading');

        const { sections } = outlineOf(text);

        expect(sections.map(({ start }) => start)).toEqual(
          headings.map(({ position }) => position?.start.line),
        );
      }),
      { numRuns: 800, seed: 2 },
    );
  });
});
