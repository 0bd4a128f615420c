import type { Draft } from './draft.ts';
import type { Entry, Ledger, Unplaced } from './entry.ts';
import type { Span } from './line-map.ts';
import type { Places } from './places.ts';

/**
 * The ledger of a draft that is done. Where its entries stand is worked out when the first of them is asked for: it costs
 * something after a long run, and many only count them.
 */
export class LateLedger implements Ledger {
  readonly #draft: Draft;
  #places: Places<string> | undefined;
  #done: Ledger | undefined;

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  get size(): number {
    return this.#draft.size;
  }

  has(id: string): boolean {
    return this.#draft.has(id);
  }

  keys(): MapIterator<string> {
    return this.#draft.keys();
  }

  get(id: string): Entry | undefined {
    return this.#placed().get(id);
  }

  values(): MapIterator<Entry> {
    return this.#placed().values();
  }

  entries(): MapIterator<[string, Entry]> {
    return this.#placed().entries();
  }

  [Symbol.iterator](): MapIterator<[string, Entry]> {
    return this.entries();
  }

  forEach(...args: Parameters<Ledger['forEach']>): void {
    this.#placed().forEach(...args);
  }

  get unplaced(): ReadonlyMap<string, Unplaced> {
    return this.#draft;
  }

  lines(id: string): Span | null {
    return this.#standing().at(id) ?? this.#draft.get(id)?.finding.anchor.lines ?? null;
  }

  #placed(): Ledger {
    this.#done ??= this.#draft.done(this.#standing());
    return this.#done;
  }

  #standing(): Places<string> {
    this.#places ??= this.#draft.places();
    return this.#places;
  }
}
