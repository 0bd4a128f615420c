import { expect, it } from 'vitest';
import { shellWord } from '../../src/lib/shell-word.ts';

it.each([
  ['docs/plans/foo.md', 'docs/plans/foo.md'],
  ['my plan.md', "'my plan.md'"],
  ["it's.md", String.raw`'it'\''s.md'`],
  ['$(id).md', "'$(id).md'"],
  ['-x.md', './-x.md'],
  ['größe.md', "'größe.md'"],
  ['a\u001b[31mb\n.md', "'ab\n.md'"],
  ['', "''"],
])('writes %j so that a shell reads it as one word', (path, word) => {
  expect(shellWord(path)).toBe(word);
});
