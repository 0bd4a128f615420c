import { z } from 'zod';
import { SEVERITIES } from './severity.ts';

/**
 * Where a finding stands in the plan.
 * exact: its quote occurs there. folded: it occurs when white space is folded. lines: no quote, but lines the plan has.
 * void: its quote is nowhere in the plan. none: neither quote nor usable lines.
 */
export const Anchor = z.object({
  how: z.enum(['exact', 'folded', 'lines', 'void', 'none']),
  /** First and last line, 1-based, in the plan as it is now; null where there is no place. */
  lines: z.object({ start: z.number(), end: z.number() }).nullable(),
  quote: z.string().nullable(),
});

/**
 * What the filter says of a finding. actionable: to be fixed. filtered: below the floor. void: its quote is not in the
 * plan. settled: raised again after it was handed over or declined.
 */
export const GATES = ['actionable', 'filtered', 'void', 'settled'] as const;

/** A finding: one defect a reviewer claims, with an id that lasts for the run. */
export const Finding = z.object({
  id: z.string(),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  body: z.string(),
  file: z.string(),
  confidence: z.number(),
  recommendation: z.string(),
  instance: z.string(),
  coerced: z.array(z.string()),
  anchor: Anchor,
  gate: z.enum(GATES),
});

export type Anchor = z.infer<typeof Anchor>;
export type Finding = z.infer<typeof Finding>;
export type Gate = Finding['gate'];
