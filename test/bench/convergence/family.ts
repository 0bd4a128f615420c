/**
 * A kind of defect: the sentence that has it, in several wordings, the sound sentence in its place, and what reviewers say of
 * it. `{it}` is the token by which the answer key knows the defect again, `{who}` a part of the planned system.
 */
export type Family = {
  readonly kind: 'contradiction' | 'missing-case' | 'wrong-fact' | 'ambiguity' | 'untestable' | 'scope';
  readonly defective: readonly string[];
  readonly sound: string;
  readonly titles: readonly string[];
  /** What happens, and what it comes to: a body takes one of each. */
  readonly happens: readonly string[];
  readonly costs: readonly string[];
  readonly recommendation: string;
};
