import type { CallResult } from '../../src/ports.ts';
import type { FailureKind } from '../../src/core/failure.ts';

export type Edit = {
  readonly findings: readonly string[];
  readonly old_text: string;
  readonly new_text: string;
};

/** An implementer's answer with these edits. */
export function edits(...given: readonly Edit[]): string {
  return declining({}, ...given);
}

/** An implementer's answer that declines findings, each for a reason. */
export function declining(reasons: Readonly<Record<string, string>>, ...given: readonly Edit[]): string {
  const declined = Object.entries(reasons).map(([finding, reason]) => ({ finding, reason }));
  return JSON.stringify({ summary: 'Closed.', edits: given, declined });
}

/** A reviewer's answer with these findings, each as far as it is given. */
export function review(verdict: 'approve' | 'needs-attention', ...findings: readonly object[]): string {
  return JSON.stringify({ verdict, summary: 'Seen.', findings, next_steps: [] });
}

/** A call that came to nothing. */
export function failing(kind: FailureKind, resetsInMs: number | null = null): Partial<CallResult> {
  const resets_at = resetsInMs === null ? null : new Date(resetsInMs).toISOString();
  return { failure: { kind, message: 'It went wrong.', resets_at, resets_in_ms: resetsInMs } };
}
