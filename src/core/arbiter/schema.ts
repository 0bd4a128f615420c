import { z } from 'zod';
import { FIX_KINDS } from '../finding.ts';

/*
 * What an arbiter is asked for: facts, from which gate and severity are derived (truth-table.ts). Strict-mode safe: every
 * key required, no extras, no optional, no union, no range keyword; it is read leniently (read.ts).
 */

/** What comes of it for somebody who builds the plan exactly as it is written. */
export const CONSEQUENCES = [
  'contradiction',
  'wrong-build',
  'lost-data',
  'unbuildable',
  'rework',
  'none',
] as const;

/** How likely it is that the failure happens. plan-silent: the plan does not say enough to tell. */
export const LIKELIHOODS = ['normal-path', 'plausible', 'unlikely', 'plan-silent'] as const;

const WireRuling = z.strictObject({
  index: z.number().int().describe('The number of the finding, from 1.'),
  real: z.boolean().describe('Is what the finding claims true of this plan?'),
  quote_supports_claim: z.boolean().describe('Does the quoted text show what is claimed?'),
  consequence: z.enum(CONSEQUENCES).describe('What comes of it if the plan is built as written.'),
  likelihood: z.enum(LIKELIHOODS).describe('Where that happens.'),
  fix_kind: z
    .enum(FIX_KINDS)
    .describe('guard: a fix adds a check, a retry, a step. design: it changes a decision of the plan.'),
  cause: z.string().describe('The decision of the plan that makes it possible; empty where there is none.'),
  same_as: z.string().describe('Id of the finding offered with it that it repeats; empty for none.'),
  reason: z.string().describe('Why, in one sentence.'),
  likelihood_reason: z.string().describe('What has to happen for it, in one sentence.'),
});

/** The answer of an arbiter. */
export const ArbitrationAnswer = z.strictObject({
  summary: z.string(),
  rulings: z.array(WireRuling),
});

/** What an arbiter says about one finding, each part as it was asked for. */
export type StatedRuling = Readonly<z.infer<typeof WireRuling>>;
