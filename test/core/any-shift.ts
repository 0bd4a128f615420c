import { array, integer, nat, option, record, tuple, type Arbitrary } from 'fast-check';
import type { FactOf } from '../../src/core/fact.ts';

type Shift = Pick<FactOf<'edits.applied'>, 'hunks' | 'moves'> & { readonly growth: number };

/** Hunks in order, with lines between them, and at times lines that moved. */
export const SHIFT: Arbitrary<Shift> = record({
  cuts: array(tuple(nat(20), nat(4), nat(4)), { maxLength: 4 }),
  move: option(
    tuple(integer({ min: 1, max: 30 }), integer({ min: 1, max: 40 }), integer({ min: 1, max: 4 })),
    { freq: 2 },
  ),
}).map(({ cuts, move }) => {
  let [old, now] = [1, 1];
  const hunks = cuts.map(([between, out, put]): [number, number, number, number] => {
    old += between;
    now += between;
    const hunk: [number, number, number, number] = [old, out, now, put];
    old += out + 1;
    now += put + 1;
    return hunk;
  });
  return { hunks, moves: move ? [move] : [], growth: 1 };
});
