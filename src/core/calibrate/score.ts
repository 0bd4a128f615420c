import { meet } from '../changes.ts';
import { betaQuantile } from '../estimate/beta.ts';
import type { Interval } from '../estimate/quantile.ts';
import type { Finding } from '../finding.ts';
import type { Mutation } from './mutations.ts';
import { says } from './telling.ts';

/** A finding of a review of the copy, placed in the copy. */
export type Sighting = Pick<Finding, 'id' | 'title' | 'body' | 'recommendation' | 'instance' | 'anchor'>;

/**
 * The finding that found a defect: one whose place shares a line with the defect's, and whose own words name it. Two findings
 * that have one half each found nothing. Null where there is none.
 */
export function scored(
  { span, cues }: Pick<Mutation, 'span' | 'cues'>,
  findings: readonly Sighting[],
): string | null {
  const found = findings.find(({ anchor, ...finding }) => {
    const words = [finding.title, finding.body, finding.recommendation, finding.instance].join('\n');
    return anchor.lines !== null && meet(anchor.lines, span) && cues.some((cue) => says(words, cue));
  });
  return found?.id ?? null;
}

/** How many seeded defects a review found; a finding counts for one of them only. */
export function score(
  seeds: readonly Pick<Mutation, 'span' | 'cues'>[],
  findings: readonly Sighting[],
): Score {
  const used = new Set<string>();
  for (const one of seeds) {
    const id = scored(
      one,
      findings.filter((finding) => !used.has(finding.id)),
    );
    if (id !== null) used.add(id);
  }
  return { found: used.size, seeded: seeds.length };
}

export type Score = { readonly found: number; readonly seeded: number };

export type Recall = Interval & { readonly mean: number };

/**
 * The chance that a review sees a defect, with its middle 80 %: Beta(1 + found, 1 + missed), from a uniform prior. Seeded
 * defects are easier to see than those that grew with the plan, so this is optimistic.
 */
export function recall({ found, seeded }: Score): Recall {
  const [a, b] = [1 + found, 1 + seeded - found];
  return { mean: a / (a + b), low: betaQuantile(0.1, { a, b }), high: betaQuantile(0.9, { a, b }) };
}
