import { describe, expect, it } from 'vitest';
import { CONSEQUENCES, LIKELIHOODS } from '../../src/core/arbiter/schema.ts';
import { rule, type Stated } from '../../src/core/arbiter/truth-table.ts';

/* Written out by hand, and not derived from the rules: what each pair of facts comes to when the claim is true. */
const EXPECTED = `
  contradiction  normal-path   actionable  high
  contradiction  plausible     actionable  medium
  contradiction  unlikely      actionable  low
  contradiction  plan-silent   actionable  high
  wrong-build    normal-path   actionable  high
  wrong-build    plausible     actionable  medium
  wrong-build    unlikely      unlikely    low
  wrong-build    plan-silent   actionable  high
  lost-data      normal-path   actionable  critical
  lost-data      plausible     actionable  high
  lost-data      unlikely      unlikely    low
  lost-data      plan-silent   actionable  high
  unbuildable    normal-path   actionable  high
  unbuildable    plausible     actionable  medium
  unbuildable    unlikely      unlikely    low
  unbuildable    plan-silent   actionable  high
  rework         normal-path   advisory    low
  rework         plausible     advisory    low
  rework         unlikely      advisory    low
  rework         plan-silent   advisory    low
  none           normal-path   prose       low
  none           plausible     prose       low
  none           unlikely      prose       low
  none           plan-silent   prose       low
`;

const TABLE = new Map(
  EXPECTED.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([consequence, likelihood, gate, severity]) => [`${consequence} ${likelihood}`, { gate, severity }]),
);

function combinations(): Stated[] {
  return [true, false].flatMap((real) =>
    [true, false].flatMap((quote_supports_claim) =>
      CONSEQUENCES.flatMap((consequence) =>
        LIKELIHOODS.map((likelihood) => ({ real, quote_supports_claim, consequence, likelihood })),
      ),
    ),
  );
}

describe('the facts of a finding', () => {
  it('are 2 × 2 × 6 × 4 combinations, and the table has every pair', () => {
    expect(combinations()).toHaveLength(96);
    expect(TABLE.size).toBe(24);
  });

  it.each(combinations())(
    'come to what the table says: $real $quote_supports_claim $consequence $likelihood',
    (stated) => {
      const expected = stated.real
        ? TABLE.get(`${stated.consequence} ${stated.likelihood}`)
        : { gate: 'prose', severity: 'low' };

      expect(rule(stated)).toEqual(expected);
    },
  );
});
