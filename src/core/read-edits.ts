import { z } from 'zod';
import { NOT_ASKED_FOR, plainJson, type Unreadable } from './answer-object.ts';
import { EditsAnswer } from './edits-schema.ts';
import { balancedObjects, parseJson } from './json-objects.ts';

/**
 * Reads an implementer's answer: plain JSON, one fence, or the one object that fits, cut out of prose. It is never
 * repaired: a repair could change the text of an edit unseen.
 */
export function readEdits(text: string): EditsAnswer | Unreadable {
  const plain = plainJson(text);
  if (plain) return 'problem' in plain ? plain : check(plain.value);
  const fitting = balancedObjects(text).flatMap((object) => {
    const parsed = parseJson(object);
    const edits = parsed && Lenient.safeParse(parsed.value);
    return edits?.success ? [edits.data] : [];
  });
  const [first] = fitting;
  if (!first) return { problem: NOT_ASKED_FOR };
  return fitting.length === 1 ? first : { problem: 'The answer holds several objects with edits.' };
}

const Lenient = z.object({
  summary: z.string().default(''),
  edits: EditsAnswer.shape.edits,
  declined: EditsAnswer.shape.declined.default([]),
});

function check(value: unknown): EditsAnswer | Unreadable {
  const read = Lenient.safeParse(value);
  return read.success
    ? read.data
    : { problem: `The answer does not fit what was asked for.\n${z.prettifyError(read.error)}` };
}
