import type { Entry, Ledger } from './entry.ts';
import type { LineMap, Span } from './line-map.ts';
import { Places } from './places.ts';

/**
 * A ledger that is being written: changed in place, while the lines of an entry stay those it was entered with, so that
 * nothing may be read off them. Where each stands is worked out when it is asked for.
 */
export class Draft extends Map<string, Entry> {
  readonly #open = new Set<string>();
  readonly #edits: LineMap[] = [];
  /** What was entered before each edit, and since the last one. */
  readonly #entered: string[][] = [[]];
  /** For what was entered more than once, how many edits there had been the last time: only there it is placed. */
  readonly #again = new Map<string, number>();

  /** The ids of what is open. */
  open(): string[] {
    return [...this.#open];
  }

  /** Changes entries that are there; where they stand is left alone. */
  change(ids: readonly string[], to: (entry: Entry) => Entry): void {
    for (const id of new Set(ids)) {
      const entry = this.get(id);
      if (entry) this.#keep(id, to(entry));
    }
  }

  /** Enters something at the lines it has, whether it was there before or not. */
  enter(id: string, entry: Entry): void {
    if (this.has(id)) this.#again.set(id, this.#edits.length);
    this.#entered.at(-1)?.push(id);
    this.#keep(id, entry);
  }

  /** Moves every place with the text. */
  move(map: LineMap): void {
    this.#edits.push(map);
    this.#entered.push([]);
  }

  /** The ledger that was written, its entries where they stand now. */
  done(places = this.places()): Ledger {
    return new Map(
      [...this].map(([id, entry]) => {
        const lines = places.at(id);
        return [id, lines ? standing(entry, lines) : entry];
      }),
    );
  }

  /** Where each entry stands now that has a place, but for those that stand at the lines they have. */
  places(): Places<string> {
    const places = new Places<string>();
    for (const [at, map] of this.#edits.entries()) {
      for (const id of this.#entered[at] ?? []) {
        const lines = this.get(id)?.finding.anchor.lines;
        if (lines && (this.#again.get(id) ?? at) === at) places.add(id, lines);
      }
      places.move(map);
    }
    return places;
  }

  #keep(id: string, entry: Entry): void {
    if (entry.status === 'open') this.#open.add(id);
    else this.#open.delete(id);
    this.set(id, entry);
  }
}

function standing(entry: Entry, lines: Span): Entry {
  const { anchor } = entry.finding;
  return { ...entry, finding: { ...entry.finding, anchor: { ...anchor, lines } } };
}

/** Changes a ledger: a copy of it, or, where it is a draft, the draft itself. */
export function edit(ledger: Ledger, write: (draft: Draft) => void): Ledger {
  if (ledger instanceof Draft) {
    write(ledger);
    return ledger;
  }
  const draft = new Draft();
  for (const [id, entry] of ledger) draft.enter(id, entry);
  write(draft);
  return draft.done();
}
