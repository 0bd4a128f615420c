import { describe, expect, it } from 'vitest';
import { placeFindings } from '../../src/core/place-findings.ts';
import { scanProse } from '../../src/core/prose-scan.ts';
import { readFinding } from '../../src/core/raw-finding.ts';
import { readReview } from '../../src/core/reading.ts';
import { countBySeverity, severityLabel } from '../../src/core/severity.ts';
import { APPROVAL, fenced, FINDING, REVIEW } from './answers.ts';

/*
 * Cases of the agent skill that this program follows on, where the contract has not changed them. It has for an empty
 * answer (the skill calls it empty, we malformed), for prose (we ask for a citation of the plan), and for stuck.
 */

describe('an answer is read as the skill reads it', () => {
  it.each([
    ['structured, approving', JSON.stringify(APPROVAL), 'approve', 0],
    ['structured, with a finding', JSON.stringify(REVIEW), 'needs-attention', 1],
    ['in a json fence', fenced(REVIEW), 'needs-attention', 1],
  ])('%s', (_, text, verdict, count) => {
    const reading = readReview(text);

    expect('problem' in reading ? reading : [reading.verdict, reading.findings.length]).toEqual([
      verdict,
      count,
    ]);
  });

  it('garbage is malformed', () => {
    expect(readReview('%%% garbage %%%')).toHaveProperty('problem');
  });

  it('prose gives a finding at confidence 0.5', () => {
    const reading = scanProse('critical: no bound, `foo.py:99`', { paths: ['foo.py'], lines: 120 });

    expect(
      'problem' in reading
        ? reading
        : reading.findings.map(({ severity, confidence }) => [severity, confidence]),
    ).toEqual([['critical', 0.5]]);
  });
});

describe('a score is read as the skill reads it', () => {
  it.each([
    [undefined, 1],
    [null, 1],
    ['high', 1],
    [0, 0],
    [0.42, 0.42],
  ])('%j is %d', (confidence, score) => {
    expect(readFinding({ ...FINDING, confidence }).confidence).toBe(score);
  });
});

describe('the floor', () => {
  function gates(floor: number): string[] {
    const raw = [0, 0.29, 0.3, 0.75, undefined].map((confidence) =>
      readFinding({ ...FINDING, quote: '', confidence }),
    );
    return placeFindings(raw, {
      plan: 'line\n'.repeat(9),
      ledger: new Map(),
      births: [],
      dismissed: [],
      round: 1,
      floor,
    }).map(({ gate }) => gate);
  }

  it('keeps what reaches it, exactly included, and what has no score', () => {
    expect(gates(0.3)).toEqual(['filtered', 'filtered', 'actionable', 'actionable', 'actionable']);
  });

  it('drops nothing at 0', () => {
    expect(gates(0)).toEqual(Array.from({ length: 5 }, () => 'actionable'));
  });
});

it('severities are counted as in the summary table of the skill', () => {
  const found = (['low', 'high', 'high', 'critical'] as const).map((severity) => ({ severity }));

  expect(severityLabel(countBySeverity(found))).toBe('1C 2H 0M 1L');
});
