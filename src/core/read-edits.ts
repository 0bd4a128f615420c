import { z } from 'zod';
import { EditsAnswer } from './edits-schema.ts';
import { balancedObjects, onlyFence, parseJson } from './json-objects.ts';
import { LONGEST_ANSWER, OVERLONG } from './reading.ts';

/**
 * Reads an implementer's answer: plain JSON, one fence, or the one object that fits, cut out of prose. It is never
 * repaired: a repair could change the text of an edit unseen.
 */
export function readEdits(text: string): EditsAnswer | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'The answer is empty.' };
  if (text.length > LONGEST_ANSWER || text === OVERLONG) return { problem: OVERLONG };
  const whole = parseJson(text.replace(/^\ufeff/, '')) ?? parseJson(onlyFence(text) ?? '');
  if (whole) return check(whole.value);
  const fitting = balancedObjects(text).flatMap((object) => {
    const parsed = parseJson(object);
    const edits = parsed && Lenient.safeParse(parsed.value);
    return edits?.success ? [edits.data] : [];
  });
  const [first] = fitting;
  if (!first) return { problem: 'The answer is not the JSON object that was asked for.' };
  return fitting.length === 1 ? first : { problem: 'The answer holds several objects with edits.' };
}

const Lenient = z.object({
  summary: z.string().default(''),
  edits: EditsAnswer.shape.edits,
  declined: EditsAnswer.shape.declined.default([]),
});

function check(value: unknown): EditsAnswer | { readonly problem: string } {
  const read = Lenient.safeParse(value);
  return read.success
    ? read.data
    : { problem: `The answer does not fit what was asked for.\n${z.prettifyError(read.error)}` };
}
