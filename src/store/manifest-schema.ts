import { z } from 'zod';
import { REASONS, STATUSES, StopCard } from '../core/fact.ts';

const phase = (name: string): Record<string, z.ZodType> => ({
  [`${name}_started_at`]: z.iso.datetime().optional(),
  [`${name}_ended_at`]: z.iso.datetime().optional(),
  [`${name}_elapsed_seconds`]: z.number().optional(),
  [`${name}_tokens`]: z.number().optional(),
  [`${name}_tool_uses`]: z.number().optional(),
});

/** `manifest.json`: the run at a glance. Times are UTC, whole seconds; further fields may stand beside these. */
export const Manifest = z.looseObject({
  schema_version: z.literal(1),
  kind: z.enum(['refine', 'review']),
  plan_path: z.string(),
  plan_slug: z.string(),
  run_id: z.string(),
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime().optional(),
  initial_plan_sha256: z.string(),
  status: z.enum(['in_progress', ...STATUSES]),
  reason: z.enum(REASONS).nullable().optional(),
  card: StopCard.optional(),
  current_round: z.number(),
  rounds: z.array(
    z.looseObject({ round: z.number(), ...phase('codex'), ...phase('implementer'), ...phase('arbiter') }),
  ),
});
