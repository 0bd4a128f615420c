import { z } from 'zod';

/** The ways a call can fail before there is an answer to read. None of them is a verdict. */
export const FAILURE_KINDS = [
  'missing',
  'too-old',
  'auth',
  'usage-limit',
  'quota',
  'unknown-model',
  'context-too-long',
  'too-large',
  'refused',
  'bad-request',
  'overloaded',
  'disconnected',
  'timeout',
  'idle-timeout',
  'crashed',
] as const;

export const Failure = z.object({
  kind: z.enum(FAILURE_KINDS),
  /** One sentence, cleaned, in the agent's own words where it had any. */
  message: z.string(),
  /** When a usage limit resets, UTC, where the agent said so. */
  resets_at: z.string().nullable(),
  /** The same, in milliseconds from the failure on. */
  resets_in_ms: z.number().nullable(),
});

export type Failure = z.infer<typeof Failure>;
export type FailureKind = Failure['kind'];
