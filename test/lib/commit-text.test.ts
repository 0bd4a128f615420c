import { expect, it } from 'vitest';
import { inert } from '../../src/lib/commit-text.ts';

it.each([
  [
    '[skip ci] [ci skip] [No CI] [skip actions] [CF-Pages-Skip]',
    '(skip ci) (ci skip) (No CI) (skip actions) (CF-Pages-Skip)',
  ],
  ['***NO_CI***', '* * *NO_CI* * *'],
  ['closes #1, o/r#2, GH-3 and PLAN-4 #close', 'closes # 1, o/r# 2, GH 3 and PLAN-4 # close'],
  [
    'closes GL-1, [issue:o/r/2] and [Work_item:3]; fixes [epic:4]',
    'closes GL 1, (issue:o/r/2) and (Work_item:3); fixes (epic:4)',
  ],
  ['Fixes PLAN-4; resolved: PLAN-5', 'Fixes PLAN 4; resolved: PLAN 5'],
  ['fixes https://e.example/o/r/issues/1', 'fixes https:// e.example/o/r/issues/1'],
  ['@you', '@ you'],
])('%j does nothing in a commit message', (text, expected) => {
  expect(inert(text)).toBe(expected);
  expect(inert(expected)).toBe(expected);
});

it('leaves other words as they are', () => {
  const plain =
    'the list [1, 2] # of retries, a @ b, C# and 50 %: see docs/plan.md, PLAN-4 and the fix of UTF-8';

  expect(inert(plain)).toBe(plain);
});
