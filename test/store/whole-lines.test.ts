import { appendFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
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

it('throws where there is no file', () => {
  using dir = tempDir();

  expect(() => wholeLines(dir.at('none')).next()).toThrow('ENOENT');
});

it('reads nothing that came after it was opened, and glues nothing to a line that was torn', () => {
  using dir = tempDir();
  writeFileSync(dir.at('file'), 'one\ntwo, torn');

  const lines: string[] = [];
  for (const line of wholeLines(dir.at('file'))) {
    lines.push(line.toString());
    truncateSync(dir.at('file'), 4);
    appendFileSync(dir.at('file'), 'two, and it is longer now\nthree\n');
  }

  expect(lines).toEqual(['one\n']);
});

it.skipIf(process.platform !== 'linux')('closes the file, also where it is left early', () => {
  using dir = tempDir();
  writeFileSync(dir.at('file'), 'one\ntwo\n');
  const open = (): number => readdirSync('/proc/self/fd').length;

  const before = open();
  for (let at = 0; at < 20; at += 1) for (const _ of wholeLines(dir.at('file'))) break;

  expect(open()).toBe(before);
});
