import type { FactOf, HandedOver, Undone } from '../fact.ts';
import type { Run } from '../run.ts';
import type { Admission } from '../step.ts';

/** From this generation on, a fix is not fixed again but taken back. */
const LAST_GENERATION = 2;

/**
 * Findings about text that the fix of an induced finding wrote: that fix is to be taken back, and nobody is asked about them
 * or about what it was to resolve: that depends on what comes of it. Otherwise each fix would breed the next finding.
 */
export function regenerating(
  { ledger }: Run,
  open: readonly string[],
): {
  readonly reverts: Admission['reverts'];
  readonly gone: readonly string[];
} {
  const gone = open.filter((id) => (ledger.get(id)?.finding.generation ?? 0) >= LAST_GENERATION);
  const byParent = new Map<string, string[]>();
  for (const id of gone) {
    const parent = ledger.get(id)?.finding.parent;
    if (parent != null) byParent.set(parent, [...(byParent.get(parent) ?? []), id]);
  }
  const reverts = [...byParent].map(([finding, because]) => ({ finding, because }));
  return { reverts, gone: [...gone, ...byParent.keys()] };
}

/** What a fix taken back leaves: findings that went with its text, and those whose own fixes went, for the user. */
export function takenBack(
  undone: readonly Undone[],
): Required<Pick<FactOf<'edits.applied'>, 'reverted' | 'gone' | 'handed_over'>> {
  const reverted = undone.map(({ finding }) => finding);
  const gone = [...new Set(undone.flatMap(({ because }) => because))];
  const handed = undone.flatMap(({ finding, because, along }): HandedOver[] => {
    const bred = `kept creating defects (${because.join(', ')})`;
    const others = along.map((id): HandedOver => ({
      id,
      because: 'regenerates',
      why: `Its fix went with that for ${finding}, which ${bred} and was taken back.`,
    }));
    return [
      ...others,
      { id: finding, because: 'regenerates', why: `The fix for it ${bred}, so it was taken back.` },
    ];
  });
  const byId = new Map(handed.filter(({ id }) => !gone.includes(id)).map((item) => [item.id, item]));
  return { reverted, gone, handed_over: [...byId.values()] };
}

/** Fixes that stand because nobody can tell their text from what later edits made of it. */
export function stands(reverts: Admission['reverts']): HandedOver[] {
  return notTakenBack(reverts, 'regenerates', 'the text cannot be told from later edits any more');
}

/** A fix that stands although it was to be taken back: it and the findings about its text are left to the user. */
export function notTakenBack(
  reverts: Admission['reverts'],
  because: HandedOver['because'],
  reason: string,
): HandedOver[] {
  return reverts.flatMap(({ finding, because: bred }): HandedOver[] => [
    {
      id: finding,
      because,
      why: `The fix for it kept creating defects (${bred.join(', ')}), and was not taken back: ${reason}.`,
    },
    ...bred.map((id): HandedOver => ({
      id,
      because,
      why: `It is about the fix for ${finding}, which was not taken back: ${reason}.`,
    })),
  ]);
}
