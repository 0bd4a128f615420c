/** What one review of frozen bytes came to: the plan it saw, and the ids of what it raised that was admitted. */
export type Hunt = { readonly sha256: string; readonly admitted: readonly string[] };

/** How often each finding was seen by hunts of the same bytes. */
export type Sightings = {
  readonly hunts: number;
  /** Findings of each hunt. */
  readonly each: readonly number[];
  readonly distinct: number;
  /** Findings that exactly one hunt saw, and exactly two. */
  readonly once: number;
  readonly twice: number;
};

/**
 * Counts the sightings of several hunts. Throws when they were not of the same bytes: a fix in between makes another
 * population, and every formula below would be void.
 */
export function sightings(hunts: readonly Hunt[]): Sightings {
  if (new Set(hunts.map(({ sha256 }) => sha256)).size > 1)
    throw new Error('Only reviews of the same bytes can be compared.');
  const seen = new Map<string, number>();
  const each = hunts.map(({ admitted }) => new Set(admitted));
  for (const ids of each) for (const id of ids) seen.set(id, (seen.get(id) ?? 0) + 1);
  const times = [...seen.values()];
  return {
    hunts: hunts.length,
    each: each.map(({ size }) => size),
    distinct: seen.size,
    once: times.filter((n) => n === 1).length,
    twice: times.filter((n) => n === 2).length,
  };
}
