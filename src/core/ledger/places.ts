import type { Span } from './line-map.ts';

/** Places of things in a text, which move with it. Equal ones move as one: a plan has few lines, and a long run many findings. */
export class Places<Thing> {
  #spots: Spot<Thing>[] = [];
  /** Spots at the last time that equal ones were made one. */
  #apart = 0;

  add(thing: Thing, span: Span): void {
    this.#spots.push({ span, things: [thing] });
  }

  move(to: (span: Span) => Span): void {
    for (const spot of this.#spots) spot.span = to(spot.span);
    if (this.#spots.length > 2 * this.#apart) this.#gather();
  }

  /** Where each thing is now. */
  all(): Map<Thing, Span> {
    const all = new Map<Thing, Span>();
    for (const { span, things } of this.#spots) for (const thing of things) all.set(thing, span);
    return all;
  }

  /** The fewer go to the more, so that nothing goes along often. */
  #gather(): void {
    const spots = new Map<number, Spot<Thing>>();
    for (const spot of this.#spots) {
      const key = spot.span.start * MOST_LINES + spot.span.end;
      const there = spots.get(key) ?? spot;
      const [more, fewer] = there.things.length < spot.things.length ? [spot, there] : [there, spot];
      if (more !== fewer) for (const thing of fewer.things) more.things.push(thing);
      spots.set(key, more);
    }
    this.#spots = [...spots.values()].toSorted((a, b) => a.span.start - b.span.start); // so that moving them is cheap
    this.#apart = this.#spots.length;
  }
}

/** No text has more lines. */
const MOST_LINES = 2 ** 26;

type Spot<Thing> = { span: Span; readonly things: Thing[] };
