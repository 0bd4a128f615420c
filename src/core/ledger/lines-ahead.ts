import { mapLine, shiftBelow, type Hunk } from './line-map.ts';

type Place = { start: number; end: number };

/**
 * Where each line of a text stands after edits that moved no lines about, as the first and as the last line of a span. It is
 * put together from the last edit to the first. An edit costs the lines of the text, a span two look-ups.
 */
export class LinesAhead {
  #first: Int32Array;
  #last: Int32Array;
  #spare: [Int32Array, Int32Array];

  /** After no edit, for places that are at no time below this line. */
  constructor(lines: number) {
    this.#first = Int32Array.from({ length: lines + 1 }, (_, line) => line);
    this.#last = this.#first.slice();
    this.#spare = [new Int32Array(lines + 1), new Int32Array(lines + 1)];
  }

  /** Puts an edit before all that are there. In the text that it is made to, no place is below `lines`. */
  before(hunks: readonly Hunk[], lines: number): void {
    const [first, last] = this.#spare;
    let line = 1;
    let by = 0;
    const put = (from: number, to: number): void => {
      first[line] = this.#first[from] ?? from;
      last[line] = this.#last[to] ?? to;
      line += 1;
    };
    const keep = (end: number): void => {
      while (line < end && line <= lines) put(Math.max(1, line + by), Math.max(1, line + by)); // most lines: no hunk is looked at
    };
    for (const hunk of hunks) {
      keep(hunk[0]);
      while (line < hunk[0] + hunk[1] && line <= lines)
        put(mapLine(line, hunk, 'first'), mapLine(line, hunk, 'last'));
      by = shiftBelow(hunk);
    }
    keep(Infinity);
    this.#spare = [this.#first, this.#last];
    [this.#first, this.#last] = [first, last];
  }

  /** Moves a place in the text before the edits to where it stands after them. */
  move(place: Place): void {
    const isEmpty = place.end < place.start;
    const start = this.#first[place.start] ?? place.start;
    place.end = isEmpty ? start - 1 : Math.max(start, this.#last[place.end] ?? start);
    place.start = start;
  }
}
