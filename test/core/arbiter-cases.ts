import type { Arbitration } from '../../src/core/arbiter/read.ts';
import type { StatedRuling } from '../../src/core/arbiter/schema.ts';

/* Rulings with everything filled in that a test does not care about. By themselves they leave a finding actionable. */

export function stated(index: number, rest: Partial<StatedRuling> = {}): StatedRuling {
  return {
    index,
    real: true,
    quote_supports_claim: true,
    consequence: 'wrong-build',
    likelihood: 'plausible',
    fix_kind: 'guard',
    cause: '',
    same_as: '',
    reason: `Reason ${index}.`,
    likelihood_reason: '',
    ...rest,
  };
}

export function refuted(index: number): StatedRuling {
  return stated(index, { real: false, consequence: 'none' });
}

export function arbitration(...rulings: readonly StatedRuling[]): Arbitration {
  return { summary: '', rulings, unruled: [] };
}

/** An arbiter's answer, word for word. */
export function answer(rulings: readonly unknown[]): string {
  return JSON.stringify({ summary: 'Done.', rulings });
}
