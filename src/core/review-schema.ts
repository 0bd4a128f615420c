import { z } from 'zod';
import { FIX_KINDS, KINDS } from './finding.ts';
import { SEVERITIES } from './severity.ts';

/*
 * What reviewers are asked for. Strict-mode safe: every key required, no extras, no optional, no union, no range
 * keyword; ranges are checked when the answer is read (reading.ts), and there leniently.
 */

/** A finding as an agent writes it down. */
export const WireFinding = z.strictObject({
  severity: z.enum(SEVERITIES),
  title: z.string().describe('The defect in one line.'),
  body: z.string().describe('What goes wrong for whoever builds the plan as written, and when.'),
  file: z.string().describe('The path of the file the finding is about.'),
  line_start: z.number().int().describe('First line, 1-based.'),
  line_end: z.number().int().describe('Last line, 1-based.'),
  quote: z.string().describe('Verbatim text of the plan that the finding is about, at most 300 characters.'),
  section: z.string().describe('The heading the place stands under.'),
  kind: z.enum(KINDS).describe('What sort of defect it is.'),
  instance: z
    .string()
    .describe('One concrete run that ends badly: what happens in which order, with real values.'),
  cause: z.string().describe('The decision of the plan that makes it possible; empty where there is none.'),
  fix_kind: z
    .enum(FIX_KINDS)
    .describe(
      'guard: the fix adds a check, a retry or a step. design: it changes a decision the plan has made.',
    ),
  materialization: z
    .number()
    .describe(
      'From 0 to 1: how likely it happens if the plan is built as written; 1 if the plan does not say.',
    ),
  materialization_reason: z.string().describe('What has to happen for it, in one sentence.'),
  confidence: z.number().describe('From 0 to 1: how sure you are that the finding is true.'),
  recommendation: z.string().describe('The smallest change that would resolve it.'),
});

/** The answer of a reviewer, and of the last look at a fix. */
export const ReviewAnswer = z.strictObject({
  verdict: z.enum(['approve', 'needs-attention']),
  summary: z.string(),
  findings: z.array(WireFinding),
  next_steps: z.array(z.string()),
});

export type Verdict = z.infer<typeof ReviewAnswer>['verdict'];
