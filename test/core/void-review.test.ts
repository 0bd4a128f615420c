import { expect, it } from 'vitest';
import type { Gate } from '../../src/core/finding.ts';
import { isVoid } from '../../src/core/void-review.ts';
import { finding } from './facts.ts';

it.each<[boolean, string, Gate[]]>([
  [false, 'raises nothing', []],
  [false, 'raises only what is to be acted on', ['actionable']],
  [true, 'raises only what cites nothing', ['void', 'void']],
  [true, 'raises beside that only what is not acted on', ['void', 'filtered']],
  [false, 'raises beside that something to be acted on', ['filtered', 'void', 'actionable']],
])('is none (%s): a review that %s', (isNone, _, gates) => {
  expect(isVoid({ findings: gates.map((gate, index) => finding(`F${index}`, { gate })) })).toBe(isNone);
});
