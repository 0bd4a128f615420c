import { z } from 'zod';
import { SEVERITIES } from './severity.ts';

/**
 * Where a finding stands in the plan.
 * exact: its quote occurs there. folded: it occurs when white space is folded. fuzzy: something very like it occurs there
 * and nowhere else. lines: no quote, but lines the plan has. section: its quote is not there, but the section it names is.
 * void: its quote is nowhere in the plan. none: neither quote nor usable lines.
 */
export const Anchor = z.object({
  how: z.enum(['exact', 'folded', 'fuzzy', 'lines', 'section', 'void', 'none']),
  /** First and last line, 1-based, in the plan as it is now; null where there is no place. */
  lines: z.object({ start: z.number(), end: z.number() }).nullable(),
  quote: z.string().nullable(),
  /** The headings above the place, outermost first. */
  section: z.array(z.string()),
});

/** What sort of defect a finding claims, in the reviewer's words. */
export const KINDS = [
  'contradiction',
  'missing-case',
  'wrong-fact',
  'ambiguity',
  'untestable',
  'scope',
  'prose',
  'other',
] as const;

/** guard: the fix adds a check, a retry, a step. design: it changes a decision the plan has made. */
export const FIX_KINDS = ['guard', 'design'] as const;

/**
 * What the gates say of a finding. actionable: to be fixed. filtered: below the confidence floor. void: its quote is not
 * in the plan. settled: raised again after it was handed over. dismissed: the user settled it for good. unlikely: real,
 * and what it needs to go wrong will hardly happen. advisory: real, and nothing that must be mended before the plan is
 * built. prose: no behaviour would differ. parked: noticed by a verifier outside of the fix it was shown.
 */
export const GATES = [
  'actionable',
  'filtered',
  'void',
  'settled',
  'dismissed',
  'unlikely',
  'advisory',
  'prose',
  'parked',
] as const;

/** A finding: one defect a reviewer claims, with an id that lasts for the run. */
export const Finding = z.object({
  id: z.string(),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  body: z.string(),
  file: z.string(),
  confidence: z.number(),
  recommendation: z.string(),
  /** One concrete run that ends badly. */
  instance: z.string(),
  kind: z.enum(KINDS),
  /** How likely the failure is if the plan is built as written, from 0 to 1; 1 where nobody can tell. */
  materialization: z.number(),
  materialization_reason: z.string(),
  /** The decision of the plan that makes the failure possible. */
  cause: z.string(),
  fix_kind: z.enum(FIX_KINDS),
  coerced: z.array(z.string()),
  anchor: Anchor,
  gate: z.enum(GATES),
  /** 0: it is about text older than the run. n: about text that a fix of a finding of generation n - 1 wrote. */
  generation: z.number(),
  /** The finding whose fix wrote the text it is about; null for the author's text. */
  parent: z.string().nullable(),
});

export type Anchor = z.infer<typeof Anchor>;
export type Finding = z.infer<typeof Finding>;
export type Gate = Finding['gate'];
