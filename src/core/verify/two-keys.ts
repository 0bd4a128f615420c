import { words } from '../../lib/text.ts';
import type { FactOf } from '../fact.ts';
import type { StatedCheck } from './read.ts';

/** What a check comes to, as it is recorded. */
export type Checked = FactOf<'verification.read'>['checks'][number];

/**
 * Does a check close its finding? It takes two keys: the verifier says that the failure is impossible now, and bytes of
 * the finding's block changed. One without the other is how a finding gets closed that nobody fixed.
 */
export function closes(
  { verdict, makes_instance_impossible: isImpossible }: StatedCheck,
  changed: boolean,
): boolean {
  return verdict === 'fixed' && isImpossible && changed;
}

/**
 * A check with what it comes to. `changed`: did bytes change in the finding's block, or one its fix declared?
 * `raisedAgain`: does the same answer raise the finding once more? Then it is not closed, whatever else it says.
 */
export function checked(
  check: StatedCheck,
  { changed, raisedAgain = false }: { readonly changed: boolean; readonly raisedAgain?: boolean },
): Checked {
  const { id, verdict, why } = check;
  const closed = closes(check, changed) && !raisedAgain;
  if (closed || verdict !== 'fixed') return { id, closed, verdict, changed, why };
  const because = [
    !changed && 'no edit',
    !check.makes_instance_impossible && 'the failure stays possible',
    raisedAgain && 'the same answer raises it again',
  ].filter((reason) => reason !== false);
  return {
    id,
    closed,
    verdict,
    changed,
    why: words(`fixed, but ${because.join(', ')}:`, why || 'no reason given'),
  };
}
