import { array, assert, constantFrom, integer, option, property, record, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longRun } from '../bench/long-run.ts';
import { begin, evolve } from '../../src/core/evolve.ts';
import { replay } from '../../src/core/evolve-all.ts';
import { linesIn, unplaced, type Unplaced } from '../../src/core/ledger/entry.ts';
import type { Fact } from '../../src/core/fact.ts';
import { nextStep } from '../../src/core/next-step.ts';
import type { Run } from '../../src/core/run.ts';
import { accepted, finding, reviewed, started } from './facts.ts';
import { NAMES, POSITIONS } from './positions.ts';
import { applied as edited, closed } from './rounds.ts';

/** Each fact remembered on its own, as while the run is on, and asked every time what its fixes changed. */
function oneByOne([first, ...rest]: readonly Fact[]): Run | undefined {
  if (first?.type !== 'run.started') return undefined;
  let run = begin('run-1', first);
  for (const fact of rest) {
    run = evolve(run, fact);
    expect(run.fixes.records.all).toHaveLength(changesUpTo(run));
  }
  return run;
}

function changesUpTo({ rounds }: Run): number {
  return rounds.flatMap(({ applied }) => applied?.changes ?? []).length;
}

/** The run read back whole, and the run that was lived, with the order of their findings. */
function both(facts: readonly Fact[]): unknown[] {
  return [replay('run-1', facts), oneByOne(facts)].map((run) => [
    { ...run, ledger: null },
    run && [...unplaced(run.ledger).values()].map(withoutPlace),
    run && [...run.ledger.keys()].map((id) => linesIn(run.ledger, id)),
    [...(run?.ledger ?? [])],
    run?.fixes.records.all,
    run?.lineage.births,
    run?.rounds.map(({ lineage }) => lineage.births),
  ]);
}

function withoutPlace({ finding: { id, ...rest }, ...entry }: Unplaced): unknown {
  return { ...entry, finding: { ...rest, id, anchor: null } };
}

const PLAN = { path: '/repo/plan.md', relative: 'plan.md', slug: 'plan' };

/** A round that raises findings at lines, and whose fix puts lines in or takes them out somewhere. */
const ROUND = record({
  raised: array(
    record({
      id: integer({ min: 1, max: 8 }),
      start: option(integer({ min: 1, max: 40 })),
      lines: integer({ min: 0, max: 5 }),
      gate: constantFrom('actionable', 'void', 'filtered'),
    }),
    { maxLength: 5 },
  ),
  at: integer({ min: 1, max: 40 }),
  out: integer({ min: 0, max: 4 }),
  put: integer({ min: 0, max: 4 }),
  from: constantFrom(null, 3, 20),
});

type Given = typeof ROUND extends Arbitrary<infer Value> ? Value : never;

function roundOf(round: number, { raised, at, out, put, from }: Given): Fact[] {
  const found = raised.map(({ id, start, lines, gate }) =>
    finding(`F${id}`, {
      gate,
      anchor: {
        how: 'lines',
        lines: start === null ? null : { start, end: start + lines },
        quote: null,
        section: [],
      },
    }),
  );
  const ids = [...new Set(found.map(({ id }) => id))];
  const edit = edited(round, ids, {
    hunks: [[at, out, at, put]],
    moves: from === null || put === 0 ? [] : [[from, at, Math.min(put, 2)]],
    changes: [{ findings: ids, removed: 'old', added: 'new', lines: { start: at, end: at + put - 1 } }],
  });
  return [...reviewed(round, found), accepted(round, ids), edit, closed(round, 'edited')];
}

describe('a run that is read back whole', () => {
  it.each(NAMES)('is the run that remembered each fact as it came: about to %s', (name) => {
    const [whole, lived] = both(POSITIONS[name]);

    expect(whole).toStrictEqual(lived);
  });

  it('is so wherever its findings stood, and however they moved', () => {
    assert(
      property(array(ROUND, { minLength: 1, maxLength: 6 }), (rounds) => {
        const [whole, lived] = both([started(), ...rounds.flatMap((given, nth) => roundOf(nth + 1, given))]);

        expect(whole).toStrictEqual(lived);
      }),
      { numRuns: 200 },
    );
  });

  it('is so over many rounds, and after any fact of them it knows what comes next', () => {
    const { facts } = longRun({ rounds: 6, perRound: 20, plan: PLAN, repo: null });

    const [whole, lived] = both(facts);

    expect(whole).toStrictEqual(lived);
    for (const count of facts.keys()) {
      const run = replay('run-1', facts.slice(0, count + 1));
      expect(() => run && nextStep(run)).not.toThrow();
    }
  });
});
