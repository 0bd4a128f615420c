import { moveSpans, type LineMap, type Span } from './line-map.ts';

/** Places of things in a text, which move with it. Equal ones move as one: a plan has few lines, and a long run many findings. */
export class Places<Thing> {
  #spots: Spot[] = [];
  readonly #spotOf = new Map<Thing, Spot>();
  /** Spots at the last time that equal ones were made one. */
  #apart = 0;

  add(thing: Thing, { start, end }: Span): void {
    const spot = { start, end, now: null };
    this.#spots.push(spot);
    this.#spotOf.set(thing, spot);
  }

  move(map: LineMap): void {
    moveSpans(this.#spots, map);
    if (this.#spots.length > 2 * this.#apart) this.#gather();
  }

  /** Where a thing is now. */
  at(thing: Thing): Span | undefined {
    let spot = this.#spotOf.get(thing);
    while (spot?.now) spot = spot.now;
    return spot && { start: spot.start, end: spot.end };
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
