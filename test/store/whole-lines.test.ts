import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { wholeLines } from '../../src/store/whole-lines.ts';
import { tempDir } from './temp-dir.ts';

const LONG = 'ä'.repeat(400_000); // longer than three windows

it.each([
  ['nothing', '', []],
  ['a torn line', 'one', []],
  ['lines and a torn one', 'one\n\ntwo\nthr', ['one\n', '\n', 'two\n']],
  ['a line longer than the window', `one\n${LONG}\ntwo\n`, ['one\n', `${LONG}\n`, 'two\n']],
  ['a torn line longer than the window', `one\n${LONG}`, ['one\n']],
  [
    'many lines across windows',
    '12345678\n'.repeat(70_000),
    Array.from({ length: 70_000 }, () => '12345678\n'),
  ],
])('reads the whole lines of %s', (_, text, lines) => {
  using dir = tempDir();
  writeFileSync(dir.at('file'), text);

  expect(Array.from(wholeLines(dir.at('file')), (line) => line.toString())).toEqual(lines);
});

it('has nothing to read where there is no file', () => {
  using dir = tempDir();

  expect(() => wholeLines(dir.at('none')).next()).toThrow('ENOENT');
});
