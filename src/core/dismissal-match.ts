import type { Dismissal } from './dismissal.ts';
import type { Finding } from './finding.ts';
import { BEYOND_DOUBT, isNewEvidence } from './ledger/identity.ts';
import { compare, profileOf, TELLING_QUOTE, type Likeness, type Profile } from './ledger/likeness.ts';
import { locatorOf, type Citation } from './ledger/locate.ts';
import { wordsOf } from './ledger/words.ts';

/** What is known of a finding that may have been dismissed. */
export type Raised = Likeness & Pick<Finding, 'severity'>;

/** From this many words on, title and body together say what a finding is about wherever it stands. */
const TELLING_WORDS = 5;

/**
 * Least agreement of the words of two findings about the same text: of one kind, and of two. A sentence of a plan may be
 * wrong in several ways, and a dismissal outlives its run: the place alone is never enough to withhold a finding.
 */
const SAME_SUBJECT = { ofKind: 0.35, otherwise: 0.5 };

/** The dismissal that settles a finding of this plan, beyond doubt; see `settledBy`, which is cheaper for several. */
export function dismissalFor(
  finding: Raised,
  dismissals: readonly Dismissal[],
  plan: string,
): Dismissal | undefined {
  return settledBy(dismissals, locatorOf(plan))(finding);
}

/**
 * Finds the dismissal that settles a finding. To list a finding twice costs a line; to withhold one that nobody has judged
 * hides a defect. So it takes the same telling quote and words that are alike, or the very same words, or a likeness beyond
 * doubt at a place that is still there; and what is graver and happens another way is new, whatever it looks like.
 */
export function settledBy(
  dismissals: readonly Dismissal[],
  locate: Locate,
): (finding: Raised) => Dismissal | undefined {
  const known = dismissals.map((dismissal): Known => {
    const { instance = '', severity = 'critical' } = dismissal;
    const anchor = placeOf(dismissal, locate);
    const stands = anchor.how === 'exact' || anchor.how === 'folded' || anchor.how === 'fuzzy';
    return { dismissal, severity, profile: profileOf({ ...dismissal, instance, anchor }), stands };
  });
  return (finding) => {
    if (known.length === 0) return undefined;
    const found = profileOf(finding);
    const isNew = ({ severity, profile }: Known): boolean =>
      isNewEvidence(finding, { severity, instance: profile.finding.instance });
    return known.find((it) => isSettled(found, it) && !isNew(it))?.dismissal;
  };
}

type Locate = (citation: Citation) => Finding['anchor'];

/** Of several places with its quote, the one under all of its headings; where they have changed, under the last of them. */
function placeOf({ quote, section }: Dismissal, locate: Locate): Finding['anchor'] {
  const under = (heading: string): Finding['anchor'] => locate({ quote, lines: null, heading });
  const place = under(section.join(' > '));
  return place.section.join('\n') === section.join('\n') ? place : under(section.at(-1) ?? '');
}

type Known = {
  readonly dismissal: Dismissal;
  readonly severity: Finding['severity'];
  readonly profile: Profile;
  readonly stands: boolean;
};

function isSettled(found: Profile, { profile, stands }: Known): boolean {
  const { score, text } = compare(found, profile, stands);
  const isOneSubject = text >= (isOfKind(found, profile) ? SAME_SUBJECT.ofKind : SAME_SUBJECT.otherwise);
  const isSameQuote = found.key === profile.key && profile.key.length >= TELLING_QUOTE;
  if (isOneSubject && (isSameQuote || (stands && score >= BEYOND_DOUBT))) return true;
  const isApart = stands && found.key !== '' && found.key !== profile.key;
  return !isApart && isWordForWord(found.finding, profile.finding);
}

/** A kind that nobody named says nothing. */
function isOfKind({ finding: { kind } }: Profile, known: Profile): boolean {
  return kind !== 'other' && kind === known.finding.kind;
}

/** The same words in the same order, in title and body. */
function isWordForWord(found: Likeness, known: Likeness): boolean {
  const words = ({ title, body }: Likeness): string[] => [title, body].map((text) => spoken(text).join(' '));
  const isTelling = spoken(known.title).length + spoken(known.body).length >= TELLING_WORDS;
  return isTelling && words(found).join('\n') === words(known).join('\n');
}

function spoken(text: string): string[] {
  return wordsOf(text.normalize('NFKC').toLowerCase(), 1);
}
