import type { Finding } from '../finding.ts';
import { SEVERITIES } from '../severity.ts';
import type { Entry, Ledger, Status } from './entry.ts';
import { likelyAmong } from './likely-pairs.ts';
import {
  dice,
  isSameSection,
  compare,
  mayBeSame,
  profileOf,
  SAME,
  standsIn,
  type Alike,
  type Likeness,
  type Profile,
} from './likeness.ts';

/** What is known of a finding once it is placed. */
export type Located = Likeness & Pick<Finding, 'severity'>;

/** Which finding of the ledger a new one is. */
export type Match = {
  /** The finding it repeats; null for a new one. */
  readonly id: string | null;
  /** How much it is like that one, from 0 to 1; 0 for a new one. */
  readonly score: number;
  /** It repeats what was settled, beyond doubt, and brings nothing new: it may be withheld. */
  readonly suppresses: boolean;
};

/** To take one for two costs a duplicate; to withhold one that was never seen hides a defect. */
export const BEYOND_DOUBT = 0.9;

/** From this likeness on, or from this agreement of the words alone, a finding may be another one in other words. */
const AMBIGUOUS = 0.35;
const MOST_CANDIDATES = 5;

/** Below this agreement, two instances are not the same run of events. */
const SAME_INSTANCE = 0.5;

/**
 * Least agreement of the words of a new finding with one that was settled about the same text: a sentence may be wrong in
 * several ways, and what was decided about one of them decides nothing about the others.
 */
const SAME_SUBJECT = 0.35;

/** What was addressed or closed and comes back is a regression, and is never withheld. */
const SETTLED: readonly Status[] = ['handed-over', 'dismissed', 'ruled-out'];

/**
 * Pairs each new finding with the ledger entry it repeats, best pairs first, one to one. The entries' anchors must stand
 * in the plan the findings were raised on (mapped across every edit since).
 */
export function matchFindings(found: readonly Located[], ledger: Ledger, plan = ''): Match[] {
  const entries = [...ledger.values()];
  const known = profilesOf(entries, plan);
  const likely = likelyAmong(known.map(({ profile }) => profile));
  const pairs = found
    .flatMap((finding, index) => samePairs(profileOf(finding), { known, likely }, index))
    .toSorted((a, b) => b.score - a.score || a.index - b.index || a.at - b.at);
  const matches = new Map<number, (typeof pairs)[number]>();
  const taken = new Set<number>();
  for (const pair of pairs) {
    if (matches.has(pair.index) || taken.has(pair.at)) continue;
    matches.set(pair.index, pair);
    taken.add(pair.at);
  }
  return found.map((finding, index): Match => {
    const match = matches.get(index);
    const entry = match && entries[match.at];
    if (match && entry) {
      const suppresses =
        match.score >= BEYOND_DOUBT && isSettled(entry) && !isNewEvidence(finding, entry.finding);
      return { id: entry.finding.id, score: match.score, suppresses };
    }
    return { id: null, score: 0, suppresses: false };
  });
}

/** Findings of the ledger that a finding may repeat in other words, best first. */
export function candidatesFor(finding: Likeness, ledger: Ledger, plan = ''): string[] {
  const profile = profileOf(finding);
  return mostLike(
    profilesOf([...ledger.values()], plan).map((other) => ({
      ...compare(profile, other.profile, other.stands),
      id: other.id,
      isNear: isSameSection(profile, other.profile),
    })),
  );
}

type Known = {
  readonly profile: Profile;
  readonly id: string;
  readonly stands: boolean;
  readonly isSettled: boolean;
};

function profilesOf(entries: readonly Entry[], plan: string): Known[] {
  const stands = standsIn(plan);
  return entries.map((entry) => {
    const profile = profileOf(entry.finding);
    return { profile, id: entry.finding.id, stands: stands(profile), isSettled: isSettled(entry) };
  });
}

type Pair = { readonly index: number; readonly at: number; readonly score: number };

/** The entries that a finding repeats, it and its likeness to each. */
function samePairs(
  found: Profile,
  { known, likely }: { readonly known: readonly Known[]; readonly likely: ReturnType<typeof likelyAmong> },
  index: number,
): Pair[] {
  return [...likely(found)].flatMap((at): Pair[] => {
    const entry = known[at];
    if (!entry || !mayBeSame(found, entry.profile)) return [];
    const { score, text } = compare(found, entry.profile, entry.stands);
    return score >= SAME && (text >= SAME_SUBJECT || !entry.isSettled) ? [{ index, at, score }] : [];
  });
}

type Compared = Alike & { readonly id: string; readonly isNear: boolean };

/** Those that are like it, those in its section, and those that say the like, wherever they stand. */
function mostLike(known: readonly Compared[]): string[] {
  return known
    .filter(({ score, text, isNear }) => score >= AMBIGUOUS || text >= AMBIGUOUS || isNear)
    .toSorted((a, b) => b.score + b.text - (a.score + a.text))
    .slice(0, MOST_CANDIDATES)
    .map(({ id }) => id);
}

function isSettled({ status }: Entry): boolean {
  return SETTLED.includes(status);
}

/** Worse than what was settled, and about another run of events. */
export function isNewEvidence(
  found: Pick<Located, 'severity' | 'instance'>,
  known: Pick<Located, 'severity' | 'instance'>,
): boolean {
  const isWorse = SEVERITIES.indexOf(found.severity) < SEVERITIES.indexOf(known.severity);
  return isWorse && found.instance !== '' && dice(found.instance, known.instance) < SAME_INSTANCE;
}
