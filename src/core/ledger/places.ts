import { mapPlace, mapSpan, type LineMap, type Span } from './line-map.ts';
import { LinesAhead } from './lines-ahead.ts';

/**
 * Places of things in a text, which move with it. A plan has few lines, and a long run many findings and edits: edits that move
 * no lines about wait, and are made together; before any other, equal places become one.
 */
export class Places<Thing> {
  /** What was added before each edit that waits, and after the last. */
  #turns: Spot[][] = [[]];
  #edits: LineMap[] = [];
  /** Spots at the last time that equal ones became one. */
  #apart = 0;
  readonly #spotOf = new Map<Thing, Spot>();

  add(thing: Thing, { start, end }: Span): void {
    const spot = { start, end, now: null };
    this.#turns.at(-1)?.push(spot);
    this.#spotOf.set(thing, spot);
  }

  move(map: LineMap): void {
    if (map.moves.length > 0) {
      let spots = this.#settled();
      if (spots.length > 2 * this.#apart) {
        spots = united(spots);
        this.#apart = spots.length;
      }
      for (const spot of spots) Object.assign(spot, mapPlace(spot, map));
      this.#turns = [spots];
    } else {
      this.#edits.push(map);
      this.#turns.push([]);
    }
  }

  /** Where a thing is now. */
  at(thing: Thing): Span | undefined {
    this.#settled();
    let spot = this.#spotOf.get(thing);
    while (spot?.now) spot = spot.now;
    return spot && { start: spot.start, end: spot.end };
  }

  /** Makes the edits that wait, the last one first: each place is taken through all that followed at once. */
  #settled(): Spot[] {
    const [edits, turns] = [this.#edits, this.#turns];
    if (edits.length === 0) return turns[0] ?? [];
    const reach: number[] = [];
    for (const [turn, spots] of turns.entries()) {
      const last = reach.at(-1) ?? 0;
      const { end } = mapSpan({ start: last, end: last }, edits[turn - 1]?.hunks ?? []);
      reach.push(spots.reduce((most, spot) => Math.max(most, spot.start, spot.end), end));
    }
    const spots = turns.flat();
    const lines = Math.max(...reach);
    if (lines > LINES_A_PLACE * spots.length) followEach(turns, edits);
    else {
      const ahead = new LinesAhead(lines);
      for (const [turn, { hunks }] of [...edits.entries()].toReversed()) {
        ahead.before(hunks, reach[turn] ?? 0);
        for (const spot of turns[turn] ?? []) ahead.move(spot);
      }
    }
    this.#turns = [spots];
    this.#edits = [];
    return spots;
  }
}

/** So many lines of a table cost as much as one place that is followed by itself. */
const LINES_A_PLACE = 15;

function followEach(turns: readonly Spot[][], edits: readonly LineMap[]): void {
  for (const [turn, spots] of turns.entries())
    for (const spot of spots) for (const edit of edits.slice(turn)) Object.assign(spot, mapPlace(spot, edit));
}

/** Makes equal spots one, of which the rest know. */
function united(spots: readonly Spot[]): Spot[] {
  const first = new Map<number, Spot>();
  for (const spot of spots) {
    const key = spot.start * MOST_LINES + spot.end;
    const there = first.get(key);
    if (there) spot.now = there;
    else first.set(key, spot);
  }
  return [...first.values()];
}

/** No text has more lines. */
const MOST_LINES = 2 ** 26;

/** `now`: the spot that moves for this one since both were equal. */
type Spot = { start: number; end: number; now: Spot | null };
