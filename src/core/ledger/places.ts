import type { Span } from './line-map.ts';

/** Places of things in a text, which move with it. Equal ones move as one: a plan has few lines, and a long run many findings. */
export class Places<Thing> {
  #spots = new Map<string, Spot<Thing>>();

  add(thing: Thing, span: Span): void {
    gather(this.#spots, { span, things: [thing] });
  }

  move(to: (span: Span) => Span): void {
    const moved = new Map<string, Spot<Thing>>();
    for (const { span, things } of this.#spots.values()) gather(moved, { span: to(span), things });
    this.#spots = moved;
  }

  /** Where each thing is now. */
  all(): Map<Thing, Span> {
    const all = new Map<Thing, Span>();
    for (const { span, things } of this.#spots.values()) for (const thing of things) all.set(thing, span);
    return all;
  }
}

type Spot<Thing> = { readonly span: Span; readonly things: Thing[] };

/** The fewer go to the more, so that nothing goes along often. */
function gather<Thing>(spots: Map<string, Spot<Thing>>, { span, things }: Spot<Thing>): void {
  const key = `${span.start}-${span.end}`;
  const there = spots.get(key)?.things ?? [];
  const [more, fewer] = there.length < things.length ? [things, there] : [there, things];
  for (const thing of fewer) more.push(thing);
  spots.set(key, { span, things: more });
}
