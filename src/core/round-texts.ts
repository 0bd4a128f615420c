import { files } from './paths.ts';
import type { Run } from './run.ts';

/** A text of the plan in the run directory, and the digests that it may have. */
export type KeptText = { readonly name: string; readonly sha256: readonly string[] };

/** What a round made of the plan. */
export type RoundTexts = { readonly round: number; readonly before: KeptText; readonly after: KeptText };

/** The rounds that wrote to the plan, in their order. */
export function roundTexts({ rounds, expected }: Pick<Run, 'rounds' | 'expected'>): RoundTexts[] {
  return rounds.flatMap(({ number, baseline, applied, commit }) => {
    if (!applied) return [];
    // A hook may have rewritten what was written, and a commit that failed may have left something else again.
    const after = [applied.sha256_after, ...(commit ? [commit.plan_sha256] : [expected.sha256])];
    return [
      {
        round: number,
        before: { name: files.baseline(number), sha256: [baseline.sha256] },
        after: { name: files.candidate(number), sha256: after },
      },
    ];
  });
}
