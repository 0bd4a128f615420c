import { array, assert, integer, nat, property, record, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { mapPlace } from '../../src/core/ledger/line-map.ts';
import { Places } from '../../src/core/ledger/places.ts';
import { SHIFT } from './any-shift.ts';

const PLACE = record({ start: integer({ min: 1, max: 60 }), lines: nat(4) });

it('places go through any edits as each would by itself, whenever it is added and asked for', () => {
  assert(
    property(
      array(tuple(array(PLACE, { maxLength: 4 }), SHIFT, nat(3)), { maxLength: 8 }),
      array(PLACE, { maxLength: 2 }),
      (turns, late) => {
        const places = new Places<number>();
        const byItself: { start: number; end: number }[] = [];
        const add = ({ start, lines }: { start: number; lines: number }): void => {
          places.add(byItself.length, { start, end: start + lines - 1 });
          byItself.push({ start, end: start + lines - 1 });
        };
        for (const [added, map, asks] of turns) {
          added.forEach(add);
          places.move(map);
          for (const [at, place] of byItself.entries()) byItself[at] = mapPlace(place, map);
          if (asks === 0) places.at(0);
        }

        late.forEach(add);

        expect(byItself.map((_, thing) => places.at(thing))).toEqual(byItself);
      },
    ),
    { numRuns: 2000 },
  );
});
