import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  property,
  record,
  shuffledSubarray,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyArbitration,
  reconcile,
  refutesEverything,
  shuffleFor,
  type Candidates,
} from '../../src/core/arbiter/arbitrate.ts';
import { readArbitration } from '../../src/core/arbiter/read.ts';
import { CONSEQUENCES, LIKELIHOODS, type StatedRuling } from '../../src/core/arbiter/schema.ts';
import type { Ruling } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { answer, arbitration, refuted, stated } from './arbiter-cases.ts';
import { finding } from './facts.ts';

const NO_CANDIDATES: Candidates = new Map();

function findings(count: number): Finding[] {
  return Array.from({ length: count }, (_, at) => finding(`F${at + 1}`, { cause: `cause ${at + 1}` }));
}

function gates(rulings: readonly Ruling[]): Record<string, string> {
  return Object.fromEntries(rulings.map(({ id, gate }) => [id, gate]));
}

describe('an arbitration', () => {
  it('is a ruling for every finding, by its place in the order shown', () => {
    const rulings = applyArbitration(
      [finding('F7'), finding('F2')],
      arbitration(
        stated(2, {
          consequence: 'lost-data',
          likelihood: 'normal-path',
          fix_kind: 'design',
          cause: 'one copy',
        }),
        refuted(1),
      ),
      NO_CANDIDATES,
    );

    expect(rulings).toEqual([
      {
        id: 'F7',
        gate: 'prose',
        severity: 'low',
        fix_kind: 'guard',
        cause: '',
        same_as: null,
        reason: 'Reason 1.',
      },
      {
        id: 'F2',
        gate: 'actionable',
        severity: 'critical',
        fix_kind: 'design',
        cause: 'one copy',
        same_as: null,
        reason: 'Reason 2.',
      },
    ]);
  });

  it('leaves a finding without a ruling as the reviewer left it', () => {
    const left = finding('F1', { severity: 'low', fix_kind: 'design', cause: 'one copy' });
    const unchanged = {
      id: 'F1',
      gate: 'actionable',
      severity: 'low',
      fix_kind: 'design',
      cause: 'one copy',
      same_as: null,
    };

    expect(applyArbitration([left], arbitration(), NO_CANDIDATES)).toEqual([
      { ...unchanged, reason: 'the arbiter gave no ruling' },
    ]);
    expect(
      applyArbitration(
        [left],
        { rulings: [], unruled: [{ index: 1, why: 'its real is "yes"' }] },
        NO_CANDIDATES,
      ),
    ).toEqual([{ ...unchanged, reason: 'the arbiter gave no ruling: its real is "yes"' }]);
  });

  it('keeps the cause the reviewer named where the arbiter names none', () => {
    expect(applyArbitration(findings(1), arbitration(stated(1)), NO_CANDIDATES)).toMatchObject([
      { cause: 'cause 1' },
    ]);
  });

  it('says why in full', () => {
    const rulings = applyArbitration(
      findings(3),
      arbitration(
        stated(1, { likelihood: 'unlikely', likelihood_reason: 'Two disks must fail.' }),
        stated(2, { quote_supports_claim: false, likelihood_reason: 'It always happens.' }),
        stated(3, { reason: '' }),
      ),
      NO_CANDIDATES,
    );

    expect(rulings.map(({ gate, reason }) => [gate, reason])).toEqual([
      ['unlikely', 'Reason 1. Two disks must fail.'],
      ['actionable', 'Reason 2. (The quote does not show it.)'],
      ['actionable', 'The arbiter gave no reason.'],
    ]);
  });

  it('lets a finding repeat only what was offered with it', () => {
    const candidates = new Map([
      ['F1', [finding('F8'), finding('F9')]],
      ['F2', [finding('F7')]],
    ]);
    const rulings = applyArbitration(
      findings(4),
      arbitration(
        stated(1, { same_as: 'f9' }),
        stated(2, { same_as: 'F9' }),
        stated(3, { same_as: 'F1' }),
        stated(4, { same_as: '' }),
      ),
      candidates,
    );

    expect(rulings.map((ruling) => ruling.same_as)).toEqual(['F9', null, null, null]);
  });

  it('repeats no other finding where it is not real: that would open the other one again', () => {
    const candidates: Candidates = new Map([['F1', [finding('F9')]]]);
    const ruled = arbitration({ ...refuted(1), same_as: 'F9' });

    expect(applyArbitration(findings(1), ruled, candidates)).toMatchObject([
      { gate: 'prose', same_as: null },
    ]);
  });
});

describe('an arbiter that refutes everything', () => {
  function refutes(...stated: readonly StatedRuling[]): boolean {
    return refutesEverything(
      applyArbitration(findings(stated.length), arbitration(...stated), NO_CANDIDATES),
    );
  }

  it('is asked again when there were four findings or more', () => {
    expect(refutes(refuted(1), refuted(2), refuted(3))).toBe(false);
    expect(refutes(refuted(1), refuted(2), refuted(3), refuted(4))).toBe(true);
    expect(refutes(refuted(1), refuted(2), refuted(3), stated(4, { consequence: 'rework' }))).toBe(true);
    expect(refutes(refuted(1), refuted(2), refuted(3), stated(4))).toBe(false);
  });

  it('has not refuted what it passed over', () => {
    const passedOver = arbitration(refuted(1), refuted(2), refuted(3));

    expect(refutesEverything(applyArbitration(findings(4), passedOver, NO_CANDIDATES))).toBe(false);
  });

  it('is shown the findings in another order, the same for the same seed', () => {
    expect(shuffleFor(['a', 'b', 'c', 'd'], 0)).toEqual(['d', 'c', 'b', 'a']);
    expect(shuffleFor(['a', 'b', 'c', 'd'], 1)).toEqual(['c', 'b', 'a', 'd']);
    expect(shuffleFor(['a', 'b', 'c'], 1)).toEqual(['b', 'a', 'c']);
    expect(shuffleFor(['a', 'b'], 1)).toEqual(['b', 'a']);
    expect(shuffleFor([], 1)).toEqual([]);
    assert(
      property(integer({ min: 2, max: 12 }), integer(), (count, seed) => {
        const all = findings(count).map(({ id }) => id);
        const shuffled = shuffleFor(all, seed);

        expect(shuffled).not.toEqual(all);
        expect(new Set(shuffled)).toEqual(new Set(all));
        expect(shuffled).toHaveLength(count);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

describe('two arbitrations of the same findings', () => {
  function both(first: StatedRuling, second: StatedRuling): Ruling[] {
    const one = applyArbitration(findings(1), arbitration(first), NO_CANDIDATES);
    return reconcile(findings(1), one, applyArbitration(findings(1), arbitration(second), NO_CANDIDATES));
  }

  it('hold where they agree', () => {
    expect(both(refuted(1), refuted(1))).toMatchObject([{ gate: 'prose', reason: 'Reason 1.' }]);
  });

  it('leave a finding actionable where they differ', () => {
    expect(both(refuted(1), stated(1, { reason: 'It is so.' }))).toMatchObject([
      {
        gate: 'actionable',
        severity: 'medium',
        reason: 'two arbitrations disagree: prose (Reason 1.), actionable (It is so.)',
      },
    ]);
    expect(both(refuted(1), stated(1, { consequence: 'rework' }))).toMatchObject([
      { gate: 'actionable', severity: 'high', cause: 'cause 1' },
    ]);
  });

  it('leave a finding actionable that either has no ruling on', () => {
    const one = applyArbitration(findings(2), arbitration(refuted(1), refuted(2)), NO_CANDIDATES);

    expect(gates(reconcile(findings(2), one, one.slice(0, 1)))).toEqual({ F1: 'prose', F2: 'actionable' });
    expect(gates(reconcile(findings(2), one, one.toReversed()))).toEqual({ F1: 'prose', F2: 'prose' });
  });
});

const ANY_FACTS = record({
  real: boolean(),
  quote_supports_claim: boolean(),
  consequence: constantFrom(...CONSEQUENCES, 'cosmetic'),
  likelihood: constantFrom(...LIKELIHOODS, ''),
});

/** What an answer, as it stands, leaves actionable; everything where it cannot be read. */
function actionable(shown: readonly Finding[], rulings: readonly unknown[], frame = answer): Set<string> {
  const read = readArbitration(frame(rulings), { count: shown.length });
  const ruled = 'problem' in read ? [] : applyArbitration(shown, read, NO_CANDIDATES);
  const lowered = new Set(ruled.filter(({ gate }) => gate !== 'actionable').map(({ id }) => id));
  return new Set(shown.map(({ id }) => id).filter((id) => !lowered.has(id)));
}

describe('whatever an arbiter says', () => {
  it('silence never lowers: with any ruling left out, no finding is less blocking', () => {
    assert(
      property(array(ANY_FACTS, { minLength: 1, maxLength: 7 }), integer({ min: 0, max: 6 }), (facts, at) => {
        const shown = findings(facts.length);
        const rulings = facts.map((given, index): unknown => ({ ...stated(index + 1), ...given }));
        const fewer = rulings.toSpliced(at % rulings.length, 1);

        expect(actionable(shown, fewer)).toEqual(
          new Set([...actionable(shown, fewer), ...actionable(shown, rulings)]),
        );
      }),
      { seed: 6, numRuns: 500 },
    );
  });

  it('prose around it never lowers', () => {
    const amongProse = (rulings: readonly unknown[]): string => `So:\n${answer(rulings)}`;
    assert(
      property(array(ANY_FACTS, { minLength: 1, maxLength: 7 }), (facts) => {
        const shown = findings(facts.length);
        const rulings = facts.map((given, index): unknown => ({ ...stated(index + 1), ...given }));

        expect(actionable(shown, rulings, amongProse)).toEqual(new Set(shown.map(({ id }) => id)));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('the order of the findings does not matter, if it judges each by itself', () => {
    const all = findings(6);
    assert(
      property(
        array(ANY_FACTS, { minLength: 6, maxLength: 6 }),
        shuffledSubarray(all, { minLength: 6, maxLength: 6 }),
        (facts, shown) => {
          const script = new Map(all.map(({ id }, index) => [id, facts[index]]));
          const rulingsOn = (order: readonly Finding[]): unknown[] =>
            order.map(({ id }, at): unknown => ({ ...stated(at + 1), ...script.get(id) }));

          expect(actionable(shown, rulingsOn(shown))).toEqual(actionable(all, rulingsOn(all)));
        },
      ),
      { seed: 8, numRuns: 300 },
    );
  });
});
