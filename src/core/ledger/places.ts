import { mapSpan, moveSpans, type LineMap, type Span } from './line-map.ts';
import { LinesAhead } from './lines-ahead.ts';

/**
 * Places of things in a text, which move with it. A plan has few lines, and a long run many findings and edits: edits are
 * gathered while they move no lines about, and equal places move as one.
 */
export class Places<Thing> {
  #spots: Spot[] = [];
  readonly #spotOf = new Map<Thing, Spot>();
  /** Spots at the last time that equal ones were made one. */
  #apart = 0;
  /** Edits that were not made yet, and what was added before each and after the last. */
  #edits: LineMap[] = [];
  #added: Spot[][] = [[]];

  add(thing: Thing, { start, end }: Span): void {
    const spot = { start, end, now: null };
    this.#added.at(-1)?.push(spot);
    this.#spotOf.set(thing, spot);
  }

  move(map: LineMap): void {
    if (map.moves.length > 0) {
      this.#settle();
      if (this.#spots.length > 2 * this.#apart) this.#gather();
      moveSpans(this.#spots, map);
    } else {
      this.#edits.push(map);
      this.#added.push([]);
    }
  }

  /** Where a thing is now. */
  at(thing: Thing): Span | undefined {
    this.#settle();
    let spot = this.#spotOf.get(thing);
    while (spot?.now) spot = spot.now;
    return spot && { start: spot.start, end: spot.end };
  }

  /** Makes the edits, the last one first: each place is taken through all that followed at once. */
  #settle(): void {
    const [edits, [before = [], ...after]] = [this.#edits, this.#added];
    if (edits.length === 0 && before.length === 0) return;
    const turns = [[...this.#spots, ...before], ...after];
    const reach: number[] = [];
    for (const [turn, spots] of turns.entries()) {
      const last = reach.at(-1) ?? 0;
      const { end } = mapSpan({ start: last, end: last }, edits[turn - 1]?.hunks ?? []);
      reach.push(spots.reduce((most, spot) => Math.max(most, spot.start, spot.end), end));
    }
    const ahead = new LinesAhead(reach.reduce((most, line) => Math.max(most, line), 0));
    for (const [turn, { hunks }] of [...edits.entries()].toReversed()) {
      ahead.before(hunks, reach[turn] ?? 0);
      for (const spot of turns[turn] ?? []) ahead.move(spot);
    }
    this.#spots = turns.flat();
    this.#edits = [];
    this.#added = [[]];
  }

  #gather(): void {
    const spots = new Map<number, Spot>();
    for (const spot of this.#spots) {
      const key = spot.start * MOST_LINES + spot.end;
      const there = spots.get(key);
      if (there) spot.now = there;
      else spots.set(key, spot);
    }
    this.#spots = [...spots.values()].toSorted((a, b) => a.start - b.start); // so that moving them is cheap
    this.#apart = this.#spots.length;
  }
}

/** No text has more lines. */
const MOST_LINES = 2 ** 26;

/** `now`: the spot that moves for this one since both were equal. */
type Spot = { start: number; end: number; now: Spot | null };
