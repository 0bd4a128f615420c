import type { FactOf } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { reviewed } from './told-run.ts';

type Ruling = FactOf<'arbitration.read'>['rulings'][number];

/** An arbitration by what it makes of each finding. */
export function arbitrated(
  round: number,
  gates: Readonly<Record<string, Ruling['gate']>>,
  change: Partial<FactOf<'arbitration.read'>> = {},
): FactOf<'arbitration.read'> {
  return {
    type: 'arbitration.read',
    round,
    call: 'arbitrate-1',
    result: 'ruled',
    problem: null,
    rulings: Object.entries(gates).map(([id, gate]) => ruling(id, gate)),
    stacked: [],
    ...change,
  };
}

export function ruling(id: string, gate: Ruling['gate'], change: Partial<Ruling> = {}): Ruling {
  const facts = { severity: 'low', fix_kind: 'guard', cause: '', same_as: null } as const;
  return { id, gate, ...facts, reason: `As is plain from ${id}.`, ...change };
}

/** A verification by which findings it closes. */
export function verified(
  round: number,
  closes: Readonly<Record<string, boolean>>,
  ...findings: Finding[]
): FactOf<'verification.read'> {
  return {
    type: 'verification.read',
    round,
    call: 'verify-1',
    result: 'read',
    problem: null,
    checks: Object.entries(closes).map(([id, isClosed]) => ({
      id,
      closed: isClosed,
      verdict: isClosed ? 'fixed' : 'not_fixed',
      changed: true,
      why: '',
    })),
    findings,
  };
}

/** The union of two hunts, both of which saw everything. */
export function hunted(round: number, ...findings: Finding[]): FactOf<'review.parsed'> {
  const review = reviewed(round, ...findings);
  const looks = ['hunt-1', 'hunt-2'].flatMap((call) => review.looks.map((look) => ({ ...look, call })));
  return { ...review, call: 'hunt-1+hunt-2', looks };
}
