import { z } from 'zod';
import { KINDS, type Finding } from './finding.ts';
import { SEVERITIES } from './severity.ts';

/** A finding that the user settled for good, as it is kept beside the plan for everyone who works on it. */
export const Dismissal = z.object({
  title: z.string(),
  body: z.string(),
  quote: z.string().nullable(),
  section: z.array(z.string()),
  kind: z.enum(KINDS),
  /** How grave it was held to be; nothing is graver where an entry written by hand does not say. */
  severity: z.enum(SEVERITIES).optional(),
  /** The concrete run that was held to end badly. */
  instance: z.string().optional(),
  /** Why it is no defect, or none to mend. */
  because: z.string(),
  /** When, ISO 8601, UTC. */
  at: z.string(),
  /** The run and the finding it was dismissed from. */
  from: z.object({ run: z.string(), finding: z.string() }),
});

export type Dismissal = z.infer<typeof Dismissal>;

/** A finding as it is dismissed. */
export function dismissalOf(
  { id, title, body, anchor, kind, severity, instance }: Finding,
  { because, at, run }: { readonly because: string; readonly at: string; readonly run: string },
): Dismissal {
  const { quote, section } = anchor;
  return { title, body, quote, section, kind, severity, instance, because, at, from: { run, finding: id } };
}
