import { describe, expect, it } from 'vitest';
import { mapSpan, type Move } from '../../src/core/ledger/line-map.ts';
import { mapOf, mappedLine } from './mapped-line.ts';

describe('lines that were moved', () => {
  const BLOCK = ['### Rollback', 'Drop the new column.', 'Then tell the owner.'];
  const REST = ['# Plan', '', 'Some text.', 'More of it.', '', 'A third paragraph.', 'And a fourth.'];

  it('map to where they stand now, the block as a whole', () => {
    const [before, after] = [
      ['# Plan', ...BLOCK, ...REST.slice(1)],
      [...REST, ...BLOCK],
    ];

    expect([2, 3, 4].map((line) => mappedLine(line, before, after))).toEqual(['8-8', '9-9', '10-10']);
    expect([1, 7, 10].map((line) => mappedLine(line, before, after))).toEqual(['1-1', '4-4', '7-7']);
  });

  it('are one line if it is long and unique, and none if it is short or there twice', () => {
    const long = 'Drop the new column when all writers have stopped.';

    expect(mappedLine(1, [long, ...REST], [...REST, long])).toBe('8-8');
    expect(mappedLine(1, ['Drop it.', ...REST], [...REST, 'Drop it.'])).toBe('1-1');
    expect(mappedLine(1, [long, ...REST], [...REST, long, 'x', long])).toBe('1-1');
    expect(mappedLine(1, ['---', '```', ...REST], [...REST, '---', '```'])).toBe('1-1');
  });

  it('are known by several in a row, also with a blank line between them', () => {
    const two = ['Drop the column.', '', 'Tell the owner.'];

    expect([1, 2, 3].map((line) => mappedLine(line, [...two, ...REST], [...REST, ...two]))).toEqual([
      '8-8',
      '9-9',
      '10-10',
    ]);
    expect(mappedLine(1, ['Drop the column.', 'x', ...REST], [...REST, 'Drop the column.', 'y'])).toBe('1-1');
  });

  it('go with the longest row of lines that stand as they did, and with the nearest of these', () => {
    const three = ['Drop the column.', 'Tell the owner.', 'Close the task.'];
    const places = (after: readonly string[]): string[] =>
      [1, 2, 3].map((line) => mappedLine(line, [...three, ...REST], [...REST, ...after]));

    expect(places([...three.slice(0, 2), 'New.', ...three])).toEqual(['11-11', '12-12', '13-13']);
    expect(places([...three, 'New.', ...three])).toEqual(['8-8', '9-9', '10-10']);
  });

  it('are each moved once, and nothing is moved to where something went', () => {
    const two = ['Drop the column.', 'Tell the owner.'];
    const moves = (before: readonly string[], after: readonly string[]): readonly Move[] =>
      mapOf(before, after).moves;

    expect(moves([...two, 'Old.', ...two, ...REST], [...REST, ...two])).toEqual([[4, 8, 2]]);
    expect(
      moves(
        [...two, ...REST, 'Old.', ...two, 'Other.'],
        ['Before.', 'And.', ...REST.slice(0, 3), ...two, ...REST.slice(3), 'Different.'],
      ),
    ).toEqual([[1, 6, 2]]);
    expect(
      moves(
        ['Close the task.', ...two, ...REST],
        [...REST, ...two, 'x', 'Close the task.', 'Drop the column.'],
      ),
    ).toEqual([[2, 8, 2]]);
  });

  it.each([
    ['two lines of four letters', ['ab cd', 'ef gh'], [[1, 8, 2]]],
    ['two lines of three', ['ab c', 'ef g'], []],
    ['one line of eighteen', ['abcdefghijklmnopqr'], [[1, 8, 1]]],
    ['one line of seventeen', ['abcdefghijklmnopq'], []],
  ])('are known from so many letters on: %s', (_, lines, moves) => {
    const [before, after] = [
      [...lines, ...REST],
      [...REST, ...lines],
    ];

    expect(mapOf(before, after).moves).toEqual(moves);
  });

  it('are one line of few characters where each is a word', () => {
    expect(mappedLine(1, ['先读取整个文件吧', ...REST], [...REST, '先读取整个文件吧'])).toBe('8-8');
    expect(mappedLine(1, ['先读取', ...REST], [...REST, '先读取'])).toBe('1-1');
  });

  it('may be numbered otherwise', () => {
    const step = 'Drop the new column when all have stopped.';

    expect(mappedLine(1, [`9.  ${step}`, ...REST], [...REST, `10) [ ]  ${step}`])).toBe('8-8');
    expect(mappedLine(1, [`In 9. ${step}`, ...REST], [...REST, `In 10. ${step}`])).toBe('1-1');
  });

  it('may be ticked, or set as another list', () => {
    const [before, after] = [
      ['- [ ] drop the new column', '- [ ] tell the owner', ...REST],
      [...REST, '  1. [x] drop the new column', '  2. [x] tell the owner'],
    ];

    expect([1, 2].map((line) => mappedLine(line, before, after))).toEqual(['8-8', '9-9']);
  });

  it('take with them the larger part of a span', () => {
    const moves: Move[] = [[3, 30, 2]];

    expect(mapSpan({ start: 3, end: 4 }, [], moves)).toEqual({ start: 30, end: 31 });
    expect(mapSpan({ start: 2, end: 4 }, [], moves)).toEqual({ start: 30, end: 31 });
    expect(mapSpan({ start: 1, end: 7 }, [], moves)).toEqual({ start: 5, end: 7 });
    expect(mapSpan({ start: 4, end: 4 }, [], moves)).toEqual({ start: 31, end: 31 });
    expect(mapSpan({ start: 1, end: 4 }, [], moves)).toEqual({ start: 1, end: 2 });
    expect(mapSpan({ start: 3, end: 7 }, [], [...moves, [5, 40, 3]])).toEqual({ start: 40, end: 42 });
    expect(mapSpan({ start: 4, end: 6 }, [], [...moves, [7, 40, 3]])).toEqual({ start: 5, end: 6 });
  });
});
