import type { Profile } from './likeness.ts';
import { WORD_FOR_WORD } from './likeness.ts';

/** Lines are looked up by so many at once. */
const STRETCH = 64;

/**
 * The share of a title's letters that the same title in other words may lack: what two titles share is at most the whole of
 * either, so that an agreement of `WORD_FOR_WORD` leaves no more. A little is added for what rounding costs.
 */
const MISSING = 1 - WORD_FOR_WORD / (2 - WORD_FOR_WORD) + 0.001;

/**
 * For a finding, the places in a list of those that may be the same: all that `mayBeSame` would take, and few others. Thousands
 * of findings are raised again in one answer; comparing each with each would take minutes.
 */
export function likelyAmong(known: readonly Profile[]): (found: Profile) => Set<number> {
  const [byKey, byStretch, byTerm] = [postings<string>(), postings<number>(), postings<string>()];
  for (const [at, profile] of known.entries()) {
    if (profile.key !== '') byKey.add(profile.key, at);
    for (const stretch of stretchesOf(profile)) byStretch.add(stretch, at);
    for (const term of profile.title.terms) byTerm.add(term, at);
  }
  return (found) =>
    new Set([
      ...byKey.of(found.key),
      ...stretchesOf(found).flatMap((stretch) => byStretch.of(stretch)),
      ...telling(found, (term) => byTerm.of(term).length).flatMap((term) => byTerm.of(term)),
    ]);
}

/** The rarest terms of a title, as many as it takes for a title that has none of them to be another. */
function telling({ title }: Profile, frequency: (term: string) => number): string[] {
  let letters = title.letters * MISSING;
  return [...title.terms]
    .toSorted((a, b) => frequency(a) - frequency(b))
    .filter((term) => {
      if (letters < 0) return false;
      letters -= term.length;
      return true;
    });
}

function stretchesOf({ finding: { anchor } }: Profile): number[] {
  if (!anchor.lines) return [];
  const [first, last] = [Math.floor(anchor.lines.start / STRETCH), Math.floor(anchor.lines.end / STRETCH)];
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, nth) => first + nth);
}

function postings<Key>(): {
  readonly add: (key: Key, at: number) => void;
  readonly of: (key: Key) => readonly number[];
} {
  const all = new Map<Key, number[]>();
  return {
    add: (key, at) => {
      const there = all.get(key);
      if (there) there.push(at);
      else all.set(key, [at]);
    },
    of: (key) => all.get(key) ?? [],
  };
}
