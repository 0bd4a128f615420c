import { assert, constantFrom, array, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftIn, hasDrifted, sentinelsOf } from '../../src/core/sentinels.ts';

function plan(...lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function strings(text: string): string[] {
  return sentinelsOf(text).strings.map((sentinel) => sentinel.text);
}

describe('the sentinels of a plan', () => {
  it('are none without a marker', () => {
    expect(sentinelsOf(plan('# Plan', 'Use `RETRY_MAX`.', 'load-bearing `x`'))).toEqual({
      strings: [],
      markerLines: 0,
    });
  });

  it('are the code spans of the marker line', () => {
    expect(sentinelsOf(plan('# Plan', '', '**Load-bearing:** `a.py:42` sets `BAR_CONST`.'))).toEqual({
      strings: [
        { text: 'a.py:42', line: 3 },
        { text: 'BAR_CONST', line: 3 },
      ],
      markerLines: 1,
    });
  });

  it('are the code spans of the lines just above and below as well, and of no others', () => {
    const text = plan('`FAR_ABOVE`', '`ABOVE`', '**load-bearing**', '`BELOW`', '`FAR_BELOW`');

    expect(strings(text)).toEqual(['ABOVE', 'BELOW']);
  });

  it('stand there once, at their first line, however many markers they are near', () => {
    const text = plan('`ONE` `TWO`', '**load-bearing** `TWO`', '**LOAD-BEARING** `ONE` `THREE`');

    expect(sentinelsOf(text)).toEqual({
      strings: [
        { text: 'ONE', line: 1 },
        { text: 'TWO', line: 1 },
        { text: 'THREE', line: 3 },
      ],
      markerLines: 2,
    });
  });

  it.each([
    ['**Load-Bearing (see below)** `x`', ['x']],
    ['> - **load-bearing**: `x`', ['x']],
    ['| **load-bearing** | `a` | `b` |', ['a', 'b']],
    ['__load-bearing__ `x`', []],
    ['** load-bearing** `x`', []],
    ['**load-bearing** ``a `quoted` b`` and `c`', ['a `quoted` b', 'c']],
    ['**load-bearing** `` ` ``', ['`']],
    ['**load-bearing** `  padded  `', ['padded']],
    ['**load-bearing** ` ` and ``', []],
    ['**load-bearing** `open', []],
    ['**load-bearing** `a``b` c', ['a``b']],
    ['**load-bearing** ```not closed``', []],
  ])('of the line %j are %j', (line, expected) => {
    expect(strings(plan(line))).toEqual(expected);
  });

  it('are the same with other line ends, and without a last one', () => {
    const text = plan('`ABOVE`', '**load-bearing** `X`', '`BELOW`');

    expect(sentinelsOf(text.replaceAll('\n', '\r\n'))).toEqual(sentinelsOf(text));
    expect(sentinelsOf(text.trimEnd())).toEqual(sentinelsOf(text));
  });
});

describe('an edit', () => {
  const before = plan('# Plan', '**Load-bearing:** `retry_max` is read by `a.py:42`.', '', 'The end.');

  function drift(after: string): unknown {
    const found = driftIn(after, sentinelsOf(before));
    return hasDrifted(found) ? [found.lost, found.markersAfter - found.markersBefore] : 'none';
  }

  it.each([
    ['that changes nothing', before],
    ['elsewhere', before.replace('The end.', 'The very end.')],
    [
      'that moves the line',
      plan('# Plan', '', 'The end.', '**Load-bearing:** `retry_max` is read by `a.py:42`.'),
    ],
    ['that moves a string away from its marker', plan('`retry_max`', '', '', '**Load-bearing:** `a.py:42`')],
    ['that takes the string out of its code span', before.replace('`retry_max`', 'retry_max')],
    ['that adds a marker', before + '**load-bearing** `new`\n'],
    ['with a text that holds the string between other signs', before.replace('`retry_max`', '("retry_max")')],
  ])('is no drift: %s', (_, after) => {
    expect(drift(after)).toBe('none');
  });

  it.each([
    ['that deletes a string', before.replace(' is read by `a.py:42`', ''), [['a.py:42'], 0]],
    ['that renames it', before.replace('retry_max', 'retry_limit'), [['retry_max'], 0]],
    ['that makes it part of a longer word', before.replace('retry_max', 'retry_maximum'), [['retry_max'], 0]],
    ['that puts a word in front of it', before.replace('retry_max', 'http_retry_max'), [['retry_max'], 0]],
    [
      'that joins it to a letter of another script',
      before.replace('retry_max', 'retry_maxß'),
      [['retry_max'], 0],
    ],
    ['that changes its case', before.replace('retry_max', 'RETRY_MAX'), [['retry_max'], 0]],
    ['that lengthens a line number', before.replace('a.py:42', 'a.py:421'), [['a.py:42'], 0]],
    ['that takes the mark away and leaves the strings', before.replace('**Load-bearing:** ', ''), [[], -1]],
    ['that deletes everything', '', [['retry_max', 'a.py:42'], -1]],
  ])('is drift: %s', (_, after, expected) => {
    expect(drift(after)).toEqual(expected);
  });

  it('is drift where a string that is no word is joined to one', () => {
    const dotted = plan('**load-bearing** `.env`');

    expect(driftIn(plan('**load-bearing** `prod.env`'), sentinelsOf(dotted)).lost).toEqual(['.env']);
  });
});

describe('any plan', () => {
  const line = constantFrom(
    'text',
    '**load-bearing** `x`',
    '`a` `b.c`',
    '``d`e``',
    '**Load-bearing**',
    'é`é`é',
    '`` ` ``',
    '',
  );

  it('has not drifted from itself, nor when lines are added at its ends', () => {
    assert(
      property(array(line), array(line), (lines, more) => {
        const text = lines.join('\n');

        const after = [...more, text, ...more].join('\n');

        expect(hasDrifted(driftIn(text, sentinelsOf(text)))).toBe(false);
        expect(hasDrifted(driftIn(after, sentinelsOf(text)))).toBe(false);
      }),
    );
  });
});
