import type { HandedOver } from '../fact.ts';
import type { Run } from '../run.ts';
import type { Admission } from '../step.ts';

/** From this generation on, a fix is not fixed again but taken back. */
const LAST_GENERATION = 2;

/**
 * Findings about text that the fix of an induced finding wrote: that fix is taken back, the findings go with its text, and
 * what it was to resolve is left to the user. Otherwise each fix would breed the next finding.
 */
export function regenerating(
  { ledger }: Run,
  open: readonly string[],
): {
  readonly reverts: Admission['reverts'];
  readonly gone: readonly string[];
  readonly handedOver: readonly HandedOver[];
} {
  const gone = open.filter((id) => (ledger.get(id)?.finding.generation ?? 0) >= LAST_GENERATION);
  const byParent = new Map<string, string[]>();
  for (const id of gone) {
    const parent = ledger.get(id)?.finding.parent;
    if (parent != null) byParent.set(parent, [...(byParent.get(parent) ?? []), id]);
  }
  const reverts = [...byParent].map(([finding, because]) => ({ finding, because }));
  return {
    reverts,
    gone,
    handedOver: reverts.map(({ finding, because }) => ({
      id: finding,
      because: 'regenerates',
      why: `The fix for it kept creating defects (${because.join(', ')}), so it was taken back.`,
    })),
  };
}
