import { describe, expect, it } from 'vitest';
import type { FixRecord } from '../../src/core/contested/fix-record.ts';
import { takesBack } from '../../src/core/contested/takes-back.ts';

function fix(round: number, removed: string, added: string): FixRecord {
  return { round, findings: [`F${round}`], removed, added, lines: { start: 4, end: 4 } };
}

/** The round of the fix that a recommendation takes back, if any. */
function roundTakenBack(
  recommendation: string,
  records: readonly FixRecord[],
  round = 3,
): number | undefined {
  return takesBack({ kind: 'scope', recommendation }, records, round)?.round;
}

describe('a finding takes a fix back', () => {
  const once = [fix(2, '', 'Retry at most once, at most 2x, and stop.')];

  it.each([
    ['Remove "at most once".', 2, 'twelve characters are told by'],
    ['Remove "at most 2x".', undefined, 'fewer stand in any text'],
    ['Remove “at most once”.', 2, 'quotes may be curly'],
    ['Remove `at most once`.', 2, 'or those of code'],
    ['Remove "at most\n  once".', 2, 'and wrapped'],
    ['Remove "the whole of it" or "at most once".', 2, 'one quote of several is enough'],
    ['Remove it.', undefined, 'a quote there must be'],
  ])('by %j: round %s, for %s', (recommendation, round, _) => {
    expect(roundTakenBack(recommendation, once)).toBe(round);
  });

  it('of an earlier round, not of its own or a later one', () => {
    const asks = 'Remove "at most once".';

    expect(roundTakenBack(asks, once, 1)).toBeUndefined();
    expect(roundTakenBack(asks, once, 2)).toBeUndefined();
    expect(roundTakenBack(asks, once, 3)).toBe(2);
  });

  it('that put in again what the fix before it had taken out', () => {
    const [out, back] = [fix(1, 'Retry at most once.', 'Retry.'), fix(2, 'Retry.', 'Retry at most once.')];

    expect(roundTakenBack('Remove "at most once".', [out, back])).toBe(2);
  });

  it('that put together what stood apart', () => {
    const parts = [
      fix(2, 'Stop, and call', 'Stop.'),
      fix(2, 'the engineer on duty.', 'Go on.'),
      fix(2, '', 'Stop, and call the engineer on duty.'),
    ];

    expect(roundTakenBack('Drop "call the engineer".', parts)).toBe(2);
  });
});
