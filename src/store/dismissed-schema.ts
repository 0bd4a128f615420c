import { z } from 'zod';
import { Dismissal } from '../core/dismissal.ts';

/** What was dismissed of a plan, as it is kept. What somebody wrote into an entry beside what we know stays there. */
export const KeptDismissals = z.array(Dismissal.loose());
