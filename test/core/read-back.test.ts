import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  nat,
  oneof,
  option,
  property,
  record,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';
import { expect, it } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import type { Fact } from '../../src/core/fact.ts';
import { GATES } from '../../src/core/finding.ts';
import { linesIn } from '../../src/core/ledger/entry.ts';
import type { Run } from '../../src/core/run.ts';
import { stopCard } from '../../src/core/stop-card.ts';
import { accepted, editsRead, finding, opened, parsed, runOf, started } from './facts.ts';
import { SHIFT } from './any-shift.ts';
import { applied, arbitrationRead, closed, commitFailed, committed, verificationRead } from './rounds.ts';

/* Journals of any facts, in any order: where each finding stands must not depend on whether the run was read back. */

const ID = integer({ min: 1, max: 12 }).map((n) => `F${n}`);
const IDS = uniqueArray(ID, { maxLength: 4 });

const FOUND = array(
  record({
    id: ID,
    start: option(integer({ min: 1, max: 60 }), { freq: 8 }),
    lines: nat(5),
    gate: constantFrom(...GATES, 'actionable', 'actionable', 'void'),
    generation: nat(2),
    how: constantFrom('exact', 'lines', 'section'),
  }),
  { maxLength: 8 },
).map((all) =>
  all.map(({ id, start, lines: more, gate, generation, how }) => {
    const lines = start === null ? null : { start, end: start + more };
    return finding(id, {
      gate,
      generation,
      anchor: { how: lines ? how : 'void', lines, quote: null, section: [] },
    });
  }),
);

const RULING = record({
  id: ID,
  gate: constantFrom('actionable', 'advisory', 'prose'),
  severity: constantFrom('high', 'low'),
  fix_kind: constantFrom('guard', 'design'),
  cause: constantFrom('', 'a cause'),
  same_as: option(ID),
  reason: constantFrom(''),
});

/** What is recorded next in a round. */
const NEXT: Arbitrary<(round: number) => Fact> = oneof(
  option(SHIFT).map((shift) => (round: number) => ({
    ...opened(round + 1),
    ...(shift === null ? {} : { shift }),
  })),
  FOUND.map((found) => (round: number) => parsed(round, found)),
  tuple(array(RULING, { maxLength: 3 }), IDS).map(
    ([rulings, stacked]) =>
      (round: number) =>
        arbitrationRead(round, rulings, { stacked }),
  ),
  tuple(IDS, boolean(), FOUND).map(([ids, isClosed, findings]) => (round: number) => {
    const checks = ids.map(
      (id) => ({ id, closed: isClosed, verdict: 'fixed', changed: true, why: '' }) as const,
    );
    return verificationRead(round, checks, { findings });
  }),
  tuple(IDS, ID).map(([ids, id]) => (round: number) => {
    const handed = [{ id, because: 'stuck', why: '' } as const];
    return accepted(round, ids, { handed_over: handed });
  }),
  constantFrom('fits', 'unedited').map((result) => (round: number) => editsRead(round, result)),
  tuple(SHIFT, IDS, IDS).map(
    ([shift, ids, gone]) =>
      (round: number) =>
        applied(round, ids, { ...shift, gone }),
  ),
  tuple(SHIFT, boolean()).map(
    ([shift, fails]) =>
      (round: number) =>
        fails ? commitFailed(round, { shift }) : committed(round, { shift, plan_sha256: 'of a hook' }),
  ),
  constantFrom((round: number) => closed(round)),
);

function journal(nexts: readonly ((round: number) => Fact)[]): Fact[] {
  const facts: Fact[] = [started(), opened(1)];
  let round = 1;
  for (const next of nexts) {
    const fact = next(round);
    if (fact.type === 'round.started') round = fact.round;
    facts.push(fact);
  }
  return facts;
}

function told(run: Run): unknown {
  return {
    ledger: [...run.ledger],
    lines: [...run.ledger.keys()].map((id) => linesIn(run.ledger, id)),
    records: run.fixes.records.all,
    births: run.lineage.births,
    frozen: run.frozen,
    card: stopCard(run),
  };
}

it('A run that is read back, up to any fact, goes on as the run that was lived', () => {
  assert(
    property(array(NEXT, { minLength: 3, maxLength: 30 }), nat(), (nexts, at) => {
      const facts = journal(nexts);
      const cut = 1 + (at % facts.length);

      const lived = facts.slice(1).reduce(evolve, runOf(facts.slice(0, 1)));
      const back = facts.slice(cut).reduce(evolve, runOf(facts.slice(0, cut)));

      expect(told(runOf(facts))).toEqual(told(lived));
      expect(told(back)).toEqual(told(lived));
    }),
    { numRuns: 300 },
  );
});
