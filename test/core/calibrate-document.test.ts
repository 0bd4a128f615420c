import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { soundnessOf } from '../../src/core/calibrate/sound.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';

const PLAN = `---
a: 1
---

One \`\` a\`b \`\` *two*.

# The \`x\` *of* it

Steps:

1. Lock \`it\`.

   > Quoted.
2. Copy.

## Next

| A | \`b\` |
| --- | --- |
| c | [d](e.md) |

- Five.
- Six
  seven.

<p>no</p>
`;

describe('a plan is read for', () => {
  const document = documentOf(PLAN);
  const at = ({ start, end }: Span): string => PLAN.slice(start, end);

  it('itself, and its sections', () => {
    expect(document.plan).toBe(PLAN);
    expect(document.sections).toEqual([
      { start: 0, end: PLAN.indexOf('# The'), title: '' },
      { start: PLAN.indexOf('# The'), end: PLAN.indexOf('## Next'), title: 'The x of it' },
      { start: PLAN.indexOf('## Next'), end: PLAN.length, title: 'Next' },
    ]);
    expect(documentOf('Text.').sections).toEqual([{ start: 0, end: 5, title: '' }]);
  });

  it('its texts, in their blocks and sections', () => {
    expect(document.texts.map(({ text, block, section }) => [text, at(block), section])).toEqual([
      ['One ', 'One `` a`b `` *two*.', 0],
      [' ', 'One `` a`b `` *two*.', 0],
      ['two', 'One `` a`b `` *two*.', 0],
      ['.', 'One `` a`b `` *two*.', 0],
      ['Steps:', 'Steps:', 1],
      ['Lock ', 'Lock `it`.', 1],
      ['.', 'Lock `it`.', 1],
      ['Quoted.', 'Quoted.', 1],
      ['Copy.', 'Copy.', 1],
      ['A', '| A ', 2],
      ['c', '| c ', 2],
      ['d', '| [d](e.md) |', 2],
      ['Five.', 'Five.', 2],
      ['Six\n  seven.', 'Six\n  seven.', 2],
    ]);
    expect(document.texts.map(at)).toEqual(document.texts.map(({ text }) => text));
  });

  it('what is inside of its code spans', () => {
    expect(document.codes.map(({ text, block, section }) => [text, at(block), section])).toEqual([
      ['a`b', 'One `` a`b `` *two*.', 0],
      ['it', 'Lock `it`.', 1],
      ['b', '| `b` |', 2],
    ]);
    expect(document.codes.map(at)).toEqual(['a`b', 'it', 'b']);
    expect(documentOf('> `a\n> b` and `` ` ``').codes).toEqual([]);
  });

  it('its paragraphs, of items or not', () => {
    expect(document.paragraphs.map(({ text, section, isItem }) => [text, section, isItem])).toEqual([
      ['One `` a`b `` *two*.', 0, false],
      ['Steps:', 1, false],
      ['Lock `it`.', 1, true],
      ['Quoted.', 1, false],
      ['Copy.', 1, true],
      ['Five.', 2, true],
      ['Six\n  seven.', 2, true],
    ]);
    expect(document.paragraphs.map(at)).toEqual(document.paragraphs.map(({ text }) => text));
  });

  it('its lists, their items and their labels', () => {
    expect(
      document.lists.map(({ items, ...list }) => [
        at(list),
        list.isOrdered,
        list.section,
        list.label,
        items.map((item) => [at(item), at(item.content), item.text, item.isHeavy]),
      ]),
    ).toEqual([
      [
        '1. Lock `it`.\n\n   > Quoted.\n2. Copy.',
        true,
        1,
        'Steps:',
        [
          [
            '1. Lock `it`.\n\n   > Quoted.',
            'Lock `it`.\n\n   > Quoted.',
            'Lock `it`.\n\n   > Quoted.',
            false,
          ],
          ['2. Copy.', 'Copy.', 'Copy.', false],
        ],
      ],
      [
        '- Five.\n- Six\n  seven.',
        false,
        2,
        '',
        [
          ['- Five.', 'Five.', 'Five.', false],
          ['- Six\n  seven.', 'Six\n  seven.', 'Six\n  seven.', false],
        ],
      ],
    ]);
  });

  it.each<[string, string]>([
    ['Steps:\n\n- One.\n', 'Steps:'],
    ['The *steps* are:\n- One.\n', 'The steps are:'],
    ['`Steps: `\n- One.\n', 'Steps:'],
    ['Steps.\n- One.\n', ''],
    ['- One.\n\nSteps:\n', ''],
    ['# Steps:\n\n- One.\n', ''],
    ['Steps:\n\n---\n\n- One.\n', ''],
  ])('the label of a list: %j', (plan, label) => {
    expect(documentOf(plan).lists.map((list) => list.label)).toEqual([label]);
  });

  it('lists in items and quotations, with their labels', () => {
    const { lists } = documentOf('- Do:\n  - One.\n\n> Go:\n> 1. Two.\n');

    expect(lists.map(({ label, isOrdered }) => [label, isOrdered])).toEqual([
      ['', false],
      ['Do:', false],
      ['Go:', true],
    ]);
  });

  it.each<[string, string, boolean]>([
    ['nothing', '-\n', true],
    ['a code block', '- One.\n  ```\n  x\n  ```\n', true],
    ['indented code', '- One.\n\n      x\n', true],
    ['html', '- One.\n\n  <p>x</p>\n', true],
    ['html in a line', '- One <b>x</b>.\n', true],
    ['a table', '- | A |\n  | --- |\n  | b |\n', true],
    ['code further down', '- One.\n  - Two.\n    ```\n    x\n    ```\n', true],
    ['a list', '- One.\n  - Two.\n', false],
    ['a code span', '- `One`.\n', false],
  ])('whether an item is heavy, which holds %s', (_, plan, isHeavy) => {
    expect(documentOf(plan).lists[0]?.items.map((item) => item.isHeavy)).toEqual([isHeavy]);
  });

  it('an item that holds nothing, as it is', () => {
    expect(documentOf('-\n- One.\n').lists[0]?.items[0]).toEqual({
      start: 0,
      end: 1,
      content: { start: 0, end: 1 },
      text: '-',
      isHeavy: true,
    });
  });
});

describe('a mutated plan', () => {
  it.each<[string, string, string]>([
    ['with other words', 'One two.\n', 'One six.\n'],
    ['with a paragraph less', 'One.\n\nTwo.\n', 'One.\n'],
    ['with other code spans', '`One`\n', '`Two`\n'],
    ['with another cell', '| A |\n| --- |\n| b |\n', '| A |\n| --- |\n| c |\n'],
    ['with an item more', '- One.\n', '- One.\n- Two.\n'],
    ['with a kind less', 'One *two*.\n', 'One two.\n'],
  ])('is one still %s', (_, plan, mutated) => {
    expect(soundnessOf(plan)(mutated)).toBe(true);
  });

  it.each<[string, string, string]>([
    ['with other code', '```\none\n```\n', '```\ntwo\n```\n'],
    ['with code gone', 'A\n\n```\none\n```\n', 'A\n'],
    ['with code for html', '<p>\n\n    <p>\n\n<p>\n', '    <p>\n\n<p>\n\n<p>\n'],
    ['with other html', '<p>one</p>\n', '<p>two</p>\n'],
    ['with other front matter', '---\na: 1\n---\n', '---\na: 2\n---\n'],
    ['with other front matter in TOML', '+++\na = 1\n+++\n', '+++\na = 2\n+++\n'],
    ['with another heading', '# One\n', '# Two\n'],
    ['with a heading of another depth', '# One\n', '## One\n'],
    ['with headings in another order', '# One\n\n# Two\n', '# Two\n\n# One\n'],
    ['with a cell less', '| A | B |\n| --- | --- |\n| b | c |\n', '| A | B |\n| --- | --- |\n| b |\n'],
    ['with a row less', '| A |\n| --- |\n| b |\n| c |\n', '| A |\n| --- |\n| b |\n'],
    ['with a kind more', 'One two.\n', 'One *two*.\n'],
    ['with a list that was none', 'One two.\n', '- One two.\n'],
  ])('is none any more %s', (_, plan, mutated) => {
    expect(soundnessOf(plan)(mutated)).toBe(false);
  });
});
