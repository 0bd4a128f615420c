import { mapPlace, type FixRecord } from './contested/fix-record.ts';
import { begin, evolve } from './evolve.ts';
import type { Fact, FactOf } from './fact.ts';
import { Draft } from './ledger/draft.ts';
import type { LineMap } from './ledger/line-map.ts';
import { Places } from './ledger/places.ts';
import type { Run } from './run.ts';

/**
 * The run of a whole journal; undefined when there is not even a first fact. It is `evolve`, one fact after the other. The
 * runs on the way there are nobody's, so that their ledger is written in place, and what their fixes changed moves all at
 * once: else each round would cost as much as all before it.
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
    } else if ('shift' in fact && fact.shift) records.move(fact.shift); // a draft has none
  }
  return run && { ...run, ledger: draft.done(), fixes: { ...run.fixes, records: records.all() } };
}

/** What fixes changed, oldest first. */
class Records {
  readonly #records: FixRecord[] = [];
  readonly #places = new Places<FixRecord>();

  /** Adds those of a fix, and moves the older ones with it. */
  add(fact: FactOf<'edits.applied'>, records: readonly FixRecord[]): void {
    this.move(fact);
    for (const record of records) this.#places.add(record, record.lines);
    this.#records.push(...records);
  }

  /** Moves all of them with text that somebody else moved. */
  move(map: LineMap): void {
    this.#places.move((span) => mapPlace(span, map));
  }

  all(): FixRecord[] {
    const places = this.#places.all();
    return this.#records.map((record) => ({ ...record, lines: places.get(record) ?? record.lines }));
  }
}
