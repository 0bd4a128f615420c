import { mapPlace, type FixRecord } from './contested/fix-record.ts';
import { begin, evolve } from './evolve.ts';
import type { Fact } from './fact.ts';
import { Draft } from './ledger/draft.ts';
import type { LineMap } from './ledger/line-map.ts';
import { Places } from './ledger/places.ts';
import type { Run } from './run.ts';

/**
 * The run of a whole journal; undefined when there is not even a first fact. It is `evolve`, one fact after the other. The
 * runs on the way there are nobody's, so that their ledger is written in place, and what their fixes changed moves only when
 * somebody asks where it is: else each round would cost as much as all before it.
 */
export function replay(id: string, facts: Iterable<Fact>): Run | undefined {
  let run: Run | undefined;
  const draft = new Draft();
  const records = new Records();
  for (const fact of facts) {
    if (!run) {
      if (fact.type === 'run.started') run = { ...begin(id, fact), ledger: draft };
      continue;
    }
    run = evolve(run, fact);
    if (fact.type === 'edits.applied') {
      records.add(fact, run.fixes.records);
      run = { ...run, fixes: { ...run.fixes, records: [] } };
    } else if ('shift' in fact && fact.shift) records.add(fact.shift, []); // a draft has none
  }
  if (!run) return undefined;
  const { states } = run.fixes;
  const fixes = {
    states,
    get records() {
      return records.all();
    },
  };
  return { ...run, ledger: draft.done(), fixes };
}

/** What fixes changed, oldest first. */
class Records {
  readonly #edits: { readonly map: LineMap; readonly records: readonly FixRecord[] }[] = [];
  #all: readonly FixRecord[] | undefined;

  /** Adds those of an edit, with which the older ones move. */
  add(map: LineMap, records: readonly FixRecord[]): void {
    this.#edits.push({ map, records });
  }

  all(): readonly FixRecord[] {
    return (this.#all ??= this.#moved());
  }

  #moved(): FixRecord[] {
    const places = new Places<FixRecord>();
    for (const { map, records } of this.#edits) {
      places.move((span) => mapPlace(span, map));
      for (const record of records) places.add(record, record.lines);
    }
    const lines = places.all();
    return this.#edits.flatMap(({ records }) =>
      records.map((record) => ({ ...record, lines: lines.get(record) ?? record.lines })),
    );
  }
}
