import type { Entry, Ledger } from './entry.ts';
import type { LineMap, Span } from './line-map.ts';
import { Places } from './places.ts';

/**
 * A ledger that is being written: changed in place, and its places move only when it is done. Until then an entry's
 * lines are those it was entered with, so nothing may be read off them.
 */
export class Draft extends Map<string, Entry> {
  readonly #open = new Set<string>();
  /** What was entered more than once: it stands where it was entered last. */
  readonly #again = new Set<string>();
  /** What was entered since the text last changed. */
  #fresh: string[] = [];
  readonly #edits: { readonly entered: readonly string[]; readonly map: LineMap }[] = [];

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
    this.#fresh.push(id);
    if (this.has(id)) this.#again.add(id);
    this.#keep(id, entry);
  }

  /** Moves every place with the text. */
  move(map: LineMap): void {
    this.#edits.push({ entered: this.#fresh, map });
    this.#fresh = [];
  }

  /** The ledger that was written. */
  done(): Ledger {
    const places = this.places();
    return new Map(
      [...this].map(([id, entry]) => {
        const lines = places.at(id);
        return [id, lines ? standing(entry, lines) : entry];
      }),
    );
  }

  /** Where each entry stands that has a place and was not entered since the last edit. */
  places(): Places<string> {
    const places = new Places<string>();
    const last = this.#lastEntered();
    for (const [at, { entered, map }] of this.#edits.entries()) {
      for (const id of entered) {
        const lines = (last.get(id) ?? at) === at && this.get(id)?.finding.anchor.lines;
        if (lines) places.add(id, lines);
      }
      places.move(map);
    }
    return places;
  }

  /** The edit that was the next after the last time that something was entered, for what was entered more than once. */
  #lastEntered(): Map<string, number> {
    const last = new Map<string, number>();
    if (this.#again.size === 0) return last;
    for (const [at, entered] of [...this.#edits.map((edit) => edit.entered), this.#fresh].entries())
      for (const id of entered) if (this.#again.has(id)) last.set(id, at);
    return last;
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
