import { array, assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { firstIndex } from '../../src/lib/first-index.ts';

it('the first index from which on something holds is found by halves as one by one', () => {
  assert(
    property(array(integer({ min: 0, max: 20 })), integer({ min: -1, max: 21 }), (numbers, limit) => {
      const sorted = numbers.toSorted((a, b) => a - b);
      const found = sorted.findIndex((number) => number >= limit);

      expect(firstIndex(sorted.length, (index) => (sorted[index] ?? Infinity) >= limit)).toBe(
        found === -1 ? sorted.length : found,
      );
    }),
  );
});
