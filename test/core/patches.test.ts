import { expect, it } from 'vitest';
import { planPatch } from '../../src/core/plan-patch.ts';
import { unifiedDiff } from '../../src/core/unified-diff.ts';

const BEFORE = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
const AFTER = BEFORE.replace('5\n', 'five\n');

const HUNK = '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n';

it('a diff for a reader has three lines around a change, and says which side is which', () => {
  const [, , ...lines] = unifiedDiff('a b.md', BEFORE, AFTER).split('\n');

  expect(lines.join('\n')).toBe(`--- a b.md\tbefore\n+++ a b.md\tafter\n${HUNK}`);
});

it('a patch names both sides as git does, and is empty where nothing changed', () => {
  expect(planPatch('docs/a.md', BEFORE, AFTER)).toBe(`--- a/docs/a.md\n+++ b/docs/a.md\n${HUNK}`);
  expect(planPatch('docs/a.md', BEFORE, BEFORE)).toBe('');
});
