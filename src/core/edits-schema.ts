import { z } from 'zod';

/** The answer of an implementer in patch mode: edits as data, each naming the findings it resolves. */
export const EditsAnswer = z.strictObject({
  summary: z.string().describe('One paragraph: the findings addressed, and file:line of each edit.'),
  edits: z.array(
    z.strictObject({
      findings: z.array(z.string()).describe('Ids of the findings this edit resolves, such as F1.'),
      old_text: z.string().describe('Text of the plan, copied exactly; it must occur exactly once.'),
      new_text: z.string().describe('What replaces it. Empty deletes it.'),
    }),
  ),
  declined: z.array(
    z.strictObject({
      finding: z.string().describe('Id of a finding that should not be acted on.'),
      reason: z.string().describe('Why.'),
    }),
  ),
});

export type EditsAnswer = z.infer<typeof EditsAnswer>;
export type Edit = EditsAnswer['edits'][number];
