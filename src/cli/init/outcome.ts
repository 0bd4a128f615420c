import type { Target } from './targets.ts';

/** What became of a file that `init` may write. */
export type Outcome =
  | { readonly kind: 'written' | 'replaced'; readonly text: string }
  | { readonly kind: 'unchanged' | 'declined' }
  /** Nobody is there to ask: nothing is there, or something else than would be written. */
  | { readonly kind: 'unasked' | 'differs' }
  | { readonly kind: 'in-the-way'; readonly what: string };

/** The same as a sentence, with what to do next. */
export function toldOutcome(
  outcome: Outcome,
  { path, target }: { readonly path: string; readonly target: Target },
): string {
  const command = `refine-plan init --${target.flag}`;
  switch (outcome.kind) {
    case 'written':
    case 'replaced':
      return `${path} is ${outcome.kind}. ${target.next(outcome.text)}`;
    case 'unchanged':
      return target.isKept
        ? `${path} is there already, so nothing was changed. See what it sets with: refine-plan config show`
        : `${path} is there already, and is unchanged.`;
    case 'declined':
      return `${path} was not written.`;
    case 'unasked':
      return `${path} was not written, because nobody is there to ask. Write it with: ${command}`;
    case 'differs':
      return `${path} differs from what init writes, and was left alone. Replace it with: ${command} --yes`;
    case 'in-the-way':
      return `${path} was not written, because ${outcome.what}. Move that away, then: ${command}`;
  }
}
