import type { StatedCheck } from '../../src/core/verify/read.ts';

/* Checks with everything filled in that a test does not care about. By themselves they turn the verifier's key. */

export function check(id: string, rest: Partial<StatedCheck> = {}): StatedCheck {
  return { id, verdict: 'fixed', makes_instance_impossible: true, why: `Why of ${id}.`, ...rest };
}

/** A verifier's answer, word for word. */
export function answer(checks: readonly unknown[], findings: readonly unknown[] = []): string {
  return JSON.stringify({ summary: 'Done.', checks, findings });
}
