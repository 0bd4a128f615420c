/** The largest plan that is worked on, in bytes. */
export const LARGEST_PLAN = 10 * 1024 * 1024;

const WHY_NOT = {
  blank: 'Nothing but blank space would be left of the plan.',
  binary: 'The plan would have a NUL byte in it, and be a text no more.',
  'ill-formed': 'The plan would have half of a character in it (a lone surrogate), which UTF-8 cannot hold.',
  'too-large': `The plan would be larger than ${LARGEST_PLAN} bytes.`,
} as const;

export type Unfit = keyof typeof WHY_NOT;

/** What keeps bytes on disk from being a plan. */
export const UNFIT_BYTES = ['blank', 'binary', 'not-utf8', 'too-large'] as const;

export type UnfitBytes = (typeof UNFIT_BYTES)[number];

/** What keeps a text from being a plan, be it one that a user named or one that an implementer made; null: it may be one. */
export function unfitAsPlan(text: string): Unfit | null {
  if (text.trim() === '') return 'blank';
  if (text.includes('\0')) return 'binary';
  if (/\p{Surrogate}/u.test(text)) return 'ill-formed';
  return new TextEncoder().encode(text).length > LARGEST_PLAN ? 'too-large' : null;
}

/** The same as a sentence about a proposal, for whoever made it. */
export function whyUnfit(text: string): string | null {
  const unfit = unfitAsPlan(text);
  return unfit && WHY_NOT[unfit];
}

/** The same of bytes: text that was decoded from them, or null where they are no UTF-8. */
export function unfitBytes(text: string | null): UnfitBytes | null {
  const unfit = text === null ? 'not-utf8' : unfitAsPlan(text);
  return unfit === 'ill-formed' ? 'not-utf8' : unfit;
}
