import { settledBy } from './dismissal-match.ts';
import type { Dismissal } from './dismissal.ts';
import type { Finding, Gate } from './finding.ts';
import { matchFindings, type Match } from './ledger/identity.ts';
import type { Ledger } from './ledger/entry.ts';
import { locatorOf } from './ledger/locate.ts';
import { birthOf, type Births } from './ledger/provenance.ts';
import type { RawFinding } from './raw-finding.ts';

/** What findings are placed on. */
export type Ground = {
  /** The text they are about. */
  readonly plan: string;
  /** Who wrote its lines. */
  readonly births: Births;
  /** What the run knows, placed in this text. */
  readonly ledger: Ledger;
  /** The confidence below which a finding is not acted on. */
  readonly floor: number;
  readonly round: number;
  /** What the user settled for good, in this run or another. */
  readonly dismissed: readonly Dismissal[];
};

/**
 * Places findings in the plan, recognises those the run knows, traces those about a fix to it, and filters: what a review
 * comes to before it is judged.
 */
export function placeFindings(raw: readonly RawFinding[], ground: Ground): Finding[] {
  const { plan, births, ledger, floor, dismissed } = ground;
  const locate = locatorOf(plan);
  const dismissalOf = settledBy(dismissed, locate);
  const lines = plan.split('\n');
  const anchored = raw.map((finding) => ({ ...finding, anchor: locate(finding) }));
  const matches = matchFindings(anchored, ledger, plan);
  let next = ledger.size + 1;
  return anchored.map(({ lines: _, quote: __, heading: ___, ...finding }, index): Finding => {
    const match = matches[index];
    const entry = ledger.get(match?.id ?? '');
    const known = entry?.finding;
    const mayBeDismissed = entry === undefined || entry.status === 'dismissed';
    return {
      ...finding,
      id: known?.id ?? `F${next++}`,
      coerced: [...finding.coerced],
      gate: gateOf(finding, {
        match,
        floor,
        isDismissed: mayBeDismissed && dismissalOf(finding) !== undefined,
      }),
      ...(known ? descentOf(known) : traced(finding, { births, ledger, lines })),
    };
  });
}

type Descent = Pick<Finding, 'generation' | 'parent'>;

function descentOf({ generation, parent }: Finding): Descent {
  return { generation, parent };
}

/** A finding about text that a fix wrote descends from the finding the fix was for. */
function traced(
  { anchor }: Pick<Finding, 'anchor'>,
  { births, ledger, lines }: { births: Births; ledger: Ledger; lines: readonly string[] },
): Descent {
  const birth = anchor.lines && anchor.how !== 'section' ? birthOf(anchor.lines, births, lines) : null;
  if (!birth) return { generation: 0, parent: null };
  return { generation: (ledger.get(birth.finding)?.finding.generation ?? 0) + 1, parent: birth.finding };
}

function gateOf(
  {
    confidence,
    anchor,
    kind,
    materialization,
  }: Pick<Finding, 'confidence' | 'anchor' | 'kind' | 'materialization'>,
  known: { match: Match | undefined; floor: number; isDismissed: boolean },
): Gate {
  if (confidence < known.floor) return 'filtered';
  if (anchor.how === 'void' || anchor.how === 'section') return 'void';
  if (known.isDismissed) return 'dismissed';
  if (known.match?.suppresses) return 'settled';
  // Two places that cannot both be followed will be met by whoever builds the plan, however likely a reviewer thinks it.
  return materialization < UNLIKELY && kind !== 'contradiction' ? 'unlikely' : 'actionable';
}

/** Below this, a failure takes several rare things at once, or a scale that is never reached. */
const UNLIKELY = 0.3;
