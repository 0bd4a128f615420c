import { compare, profileOf, SAME, type Likeness } from './likeness.ts';

/** One look at the plan: the call it was, and what it raised. */
export type Look<F> = { readonly call: string; readonly findings: readonly F[] };

/** One finding as several looks put it: their words, in the order of the looks, and the calls that saw it. */
export type Group<F> = { readonly findings: readonly F[]; readonly calls: readonly string[] };

type Member<F> = { readonly look: number; readonly finding: F };

/**
 * The union of several looks at the same bytes: findings of different looks that are one are a group, and so are those that
 * are one with the same third. Best pairs first; two findings of one look are never one.
 */
export function groupFindings<F extends Likeness>(looks: readonly Look<F>[]): Group<F>[] {
  const members = looks.flatMap(({ findings }, look) =>
    findings.map((finding): Member<F> => ({ look, finding })),
  );
  const profiles = members.map(({ finding }) => profileOf(finding));
  const pairs = profiles
    .flatMap((profile, a) =>
      profiles
        .slice(a + 1)
        .map((other, at) => ({ a, b: a + 1 + at, score: compare(profile, other, true).score })),
    )
    .filter(({ score }) => score >= SAME)
    .toSorted((one, other) => other.score - one.score || one.a - other.a || one.b - other.b);

  const groups = members.map((member) => [member]);
  for (const { a, b } of pairs) {
    const [first, second] = [groups[a] ?? [], groups[b] ?? []];
    if (first.some(({ look }) => second.some((other) => other.look === look))) continue; // one group already, or one look
    const both = [...first, ...second].toSorted((one, other) => one.look - other.look);
    for (const [at, group] of groups.entries()) if (group === first || group === second) groups[at] = both;
  }
  return [...new Set(groups)].map((group) => ({
    findings: group.map(({ finding }) => finding),
    calls: group.map(({ look }) => looks[look]?.call ?? ''),
  }));
}
