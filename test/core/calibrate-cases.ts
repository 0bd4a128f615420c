import { documentOf } from '../../src/core/calibrate/document.ts';
import type { Propose, Random } from '../../src/core/calibrate/mutation.ts';
import { spliced } from '../../src/core/calibrate/splice.ts';

/** Takes the first of several. */
export const first: Random = () => 0;

/** What a plan becomes by each candidate of an operator. */
export function outcomes(plan: string, propose: Propose, random: Random = first): string[] {
  return propose(documentOf(plan), random).map(({ splices }) => spliced(plan, splices));
}
