import type { Entry, Ledger } from './entry.ts';
import type { Span } from './line-map.ts';
import { Places } from './places.ts';

/**
 * A ledger that is being written: changed in place, and its places move only when it is done. Until then an entry's
 * lines are those it was entered with, so nothing may be read off them.
 */
export class Draft extends Map<string, Entry> {
  readonly #open = new Set<string>();
  /** What was entered since the text last changed. */
  readonly #fresh = new Set<string>();
  readonly #places = new Places<object>();
  /** What stands for an entry among the places: another thing each time it is entered anew. */
  readonly #marks = new Map<string, object>();

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
    this.#fresh.add(id);
    this.#keep(id, entry);
  }

  /** Moves every place with the text. */
  move(to: (span: Span) => Span): void {
    for (const id of this.#fresh) {
      const mark = {};
      this.#marks.set(id, mark);
      const lines = this.get(id)?.finding.anchor.lines;
      if (lines) this.#places.add(mark, lines);
    }
    this.#fresh.clear();
    this.#places.move(to);
  }

  /** The ledger that was written. */
  done(): Ledger {
    const places = this.#places.all();
    return new Map(
      [...this].map(([id, entry]) => {
        const lines = this.#fresh.has(id) ? undefined : places.get(this.#marks.get(id) ?? {});
        return [id, lines ? standing(entry, lines) : entry];
      }),
    );
  }

  #keep(id: string, entry: Entry): void {
    if (entry.status === 'open') this.#open.add(id);
    else this.#open.delete(id);
    this.set(id, entry);
  }
}

function standing(entry: Entry, { start, end }: Span): Entry {
  const { anchor } = entry.finding;
  return { ...entry, finding: { ...entry.finding, anchor: { ...anchor, lines: { start, end } } } };
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
