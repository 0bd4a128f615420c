import { describe, expect, it } from 'vitest';
import {
  countBySeverity,
  reaches,
  SEVERITIES,
  severityLabel,
  THRESHOLDS,
  worstFirst,
  type Severity,
} from '../../src/core/severity.ts';

const found = (...severities: Severity[]): { id: number; severity: Severity }[] =>
  severities.map((severity, id) => ({ id, severity }));

describe('a review', () => {
  it.each([
    ['critical', ['critical']],
    ['high', ['critical', 'high']],
    ['medium', ['critical', 'high', 'medium']],
    ['low', ['critical', 'high', 'medium', 'low']],
    ['none', []],
  ] as const)('with a threshold of %s fails on these', (threshold, failing) => {
    expect(SEVERITIES.filter((severity) => reaches(severity, threshold))).toEqual(failing);
    expect(THRESHOLDS).toContain(threshold);
  });
});

describe('findings', () => {
  it('are counted by severity, worst first, and nothing is left out', () => {
    const counts = countBySeverity(found('low', 'critical', 'low', 'high', 'low'));

    expect(Object.entries(counts)).toEqual([
      ['critical', 1],
      ['high', 1],
      ['medium', 0],
      ['low', 3],
    ]);
    expect(severityLabel(counts)).toBe('1C 1H 0M 3L');
    expect(severityLabel(countBySeverity([]))).toBe('0C 0H 0M 0L');
  });

  it('stand worst first, and equal ones in the order they came', () => {
    expect(worstFirst(found('low', 'high', 'critical', 'high', 'medium')).map(({ id }) => id)).toEqual([
      2, 1, 3, 4, 0,
    ]);
  });
});
