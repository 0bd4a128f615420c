import { ArbitrationAnswer } from '../core/arbiter/schema.ts';
import { EditsAnswer } from '../core/edits-schema.ts';
import type { Purpose } from '../core/fact.ts';
import { ReviewAnswer } from '../core/review-schema.ts';
import { VerificationAnswer } from '../core/verify/schema.ts';
import { wireSchema, type JsonSchema } from '../core/wire-schema.ts';

/** What the answer to a call has to look like; made once for each purpose. */
export function answerSchema(purpose: Purpose): JsonSchema {
  const known = MADE.get(purpose);
  if (known) return known;
  const made = wireSchema(answerOf(purpose));
  MADE.set(purpose, made);
  return made;
}

const MADE = new Map<Purpose, JsonSchema>();

function answerOf(purpose: Purpose) {
  switch (purpose) {
    case 'fix':
      return EditsAnswer;
    case 'arbitrate':
      return ArbitrationAnswer;
    case 'verify':
      return VerificationAnswer;
    default:
      return ReviewAnswer;
  }
}
