import type { LineMap } from '../ledger/line-map.ts';
import { Places } from '../ledger/places.ts';
import type { FixRecord } from './fix-record.ts';

type Edit = { readonly map: LineMap; readonly added: () => readonly FixRecord[] };

/**
 * What fixes changed, oldest first, each placed in the plan as it is now: worked out when it is first asked for, because most
 * who look at a run never ask, and a long run has many.
 */
export class FixRecords {
  static readonly none = new FixRecords([]);

  #all: readonly FixRecord[] | undefined;
  #before: FixRecords | undefined;
  readonly #edit: Edit | undefined;

  private constructor(all: readonly FixRecord[] | undefined, before?: FixRecords, edit?: Edit) {
    this.#all = all;
    this.#before = before;
    this.#edit = edit;
  }

  /** The same after one more edit: older records move with their lines. */
  after(map: LineMap, added: Edit['added'] = () => []): FixRecords {
    return new FixRecords(undefined, this, { map, added });
  }

  get all(): readonly FixRecord[] {
    this.#all ??= this.#placed();
    this.#before = undefined; // nobody asks it any more
    return this.#all;
  }

  #placed(): FixRecord[] {
    const edits: Edit[] = [];
    let at: FixRecords | undefined = this; // oxlint-disable-line typescript/no-this-alias -- the first of a chain
    for (; at && !at.#all; at = at.#before) if (at.#edit) edits.push(at.#edit);
    const records = [...((at && at.#all) ?? [])];
    const places = new Places<FixRecord>();
    for (const record of records) places.add(record, record.lines);
    for (const { map, added } of edits.toReversed()) {
      places.move(map);
      for (const record of added()) {
        places.add(record, record.lines);
        records.push(record);
      }
    }
    return records.map((record) => ({ ...record, lines: places.at(record) ?? record.lines }));
  }
}
