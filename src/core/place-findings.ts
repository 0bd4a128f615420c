import type { Finding, Gate } from './finding.ts';
import { matchFindings } from './ledger/identity.ts';
import type { Ledger } from './ledger/entry.ts';
import { locate } from './ledger/locate.ts';
import type { RawFinding } from './raw-finding.ts';

/** Places findings in the plan, recognises those the run knows, and filters: what a review comes to before it is judged. */
export function placeFindings(
  raw: readonly RawFinding[],
  { plan, ledger, floor }: { plan: string; ledger: Ledger; floor: number },
): Finding[] {
  const anchored = raw.map((finding) => ({ ...finding, anchor: locate(finding, plan) }));
  const known = matchFindings(anchored, ledger);
  let next = ledger.size + 1;
  return anchored.map(({ lines: _, quote: __, heading: ___, ...finding }, index): Finding => {
    const match = known[index] ?? null;
    const entry = match === null ? undefined : ledger.get(match);
    const id = match ?? `F${next++}`;
    return {
      ...finding,
      id,
      coerced: [...finding.coerced],
      gate: gateOf(finding, entry?.status === 'handed-over', floor),
      generation: 0,
      parent: null,
    };
  });
}

function gateOf(finding: Pick<Finding, 'confidence' | 'anchor'>, isSettled: boolean, floor: number): Gate {
  if (finding.confidence < floor) return 'filtered';
  if (finding.anchor.how === 'void') return 'void';
  return isSettled ? 'settled' : 'actionable';
}
