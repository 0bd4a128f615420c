import { mapLine, shiftBelow, type Hunk } from './line-map.ts';

type Place = { start: number; end: number };

/**
 * Where each line of a text stands after edits that moved nothing, as the first and as the last line of a span. It is put
 * together from the last edit to the first, so that many spans cost no more than the lines they stand on.
 */
export class LinesAhead {
  #first: Int32Array;
  #last: Int32Array;
  #spare: [Int32Array, Int32Array];

  /** After no edit, of a text in which no place is below a line. */
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
    const keep = (end: number): void => {
      for (; line < end && line <= lines; line += 1) {
        const to = Math.max(1, line + by);
        first[line] = this.#first[to] ?? to;
        last[line] = this.#last[to] ?? to;
      }
    };
    for (const hunk of hunks) {
      keep(hunk[0]);
      for (; line < hunk[0] + hunk[1] && line <= lines; line += 1) {
        const [from, to] = [mapLine(line, hunk, 'first'), mapLine(line, hunk, 'last')];
        first[line] = this.#first[from] ?? from;
        last[line] = this.#last[to] ?? to;
      }
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
