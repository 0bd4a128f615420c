import type { Dismissal } from '../dismissal.ts';
import type { Anchor } from '../finding.ts';
import { BEYOND_DOUBT } from './identity.ts';
import { likenessOf, profileOf, textOf, type Likeness } from './likeness.ts';
import type { Citation } from './locate.ts';

/** A dismissal outlives its run, so that the place alone, whatever is said of it, is not enough to be one with it. */
const SAME_SUBJECT = 0.35;

/** Tells whether a finding is beyond doubt one that the user dismissed. */
export function dismissedIn(
  dismissals: readonly Dismissal[],
  locate: (citation: Citation) => Anchor,
): (finding: Likeness) => boolean {
  const known = dismissals.map(({ title, body, quote, section, kind }) => {
    const anchor = locate({ quote, lines: null, heading: section.at(-1) ?? '' });
    return {
      profile: profileOf({ title, body, kind, instance: '', anchor }),
      stands: anchor.how === 'exact',
    };
  });
  return (finding) => {
    const found = profileOf(finding);
    return known.some(
      ({ profile, stands }) =>
        likenessOf(found, profile, stands) >= BEYOND_DOUBT && textOf(found, profile) >= SAME_SUBJECT,
    );
  };
}
