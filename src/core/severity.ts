export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** From which severity on a review fails; none: it never does. */
export const THRESHOLDS = [...SEVERITIES, 'none'] as const;

export type Threshold = (typeof THRESHOLDS)[number];

/** Is this as bad as the threshold, or worse? */
export function reaches(severity: Severity, threshold: Threshold): boolean {
  return threshold !== 'none' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

export type SeverityCounts = Record<Severity, number>;

/** How many of each severity, worst first. */
export function countBySeverity(findings: readonly { readonly severity: Severity }[]): SeverityCounts {
  const counts: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** Worst first; equal ones keep their order. */
export function worstFirst<F extends { readonly severity: Severity }>(findings: readonly F[]): F[] {
  return findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** `1C 2H 0M 1L`, as the summary table has it. */
export function severityLabel(counts: SeverityCounts): string {
  return `${counts.critical}C ${counts.high}H ${counts.medium}M ${counts.low}L`;
}
