import { z } from 'zod';
import { KINDS } from './finding.ts';

/** A finding that the user settled for good, as it is kept beside the plan for everyone who works on it. */
export const Dismissal = z.object({
  title: z.string(),
  body: z.string(),
  quote: z.string().nullable(),
  section: z.array(z.string()),
  kind: z.enum(KINDS),
  /** Why it is no defect, or none to mend. */
  because: z.string(),
  /** When, ISO 8601, UTC. */
  at: z.string(),
  /** The run and the finding it was dismissed from. */
  from: z.object({ run: z.string(), finding: z.string() }),
});

export type Dismissal = z.infer<typeof Dismissal>;
