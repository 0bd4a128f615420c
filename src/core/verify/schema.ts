import { z } from 'zod';
import { WireFinding } from '../review-schema.ts';

/* What a verifier is asked for. Strict-mode safe, as a review is; it is read leniently (read.ts). */

export const VERDICTS = ['fixed', 'not_fixed', 'cannot_tell'] as const;

/** The answer of a verifier: what became of each finding it was shown, and what the fix has broken. */
export const VerificationAnswer = z.strictObject({
  summary: z.string(),
  checks: z.array(
    z.strictObject({
      id: z.string().describe('Id of a finding that was shown, such as F1; each exactly once.'),
      verdict: z.enum(VERDICTS).describe('Does the change resolve the finding? In doubt, not_fixed.'),
      makes_instance_impossible: z
        .boolean()
        .describe(
          'Can the run that the finding describes no longer happen if the plan is built as it is now?',
        ),
      why: z.string().describe('What makes it impossible, or how it still happens, in one sentence.'),
    }),
  ),
  findings: z.array(WireFinding).describe('Defects that the changed lines bring in.'),
});
