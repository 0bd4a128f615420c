import type { HandedOver } from '../fact.ts';
import { stacked } from '../arbiter/guard-stacking.ts';
import type { Round, Run } from '../run.ts';

/** What is to become of the findings that only a change of a decision would resolve. */
export type Design = {
  readonly ids: readonly string[];
  /** Nobody has decided about them yet. */
  readonly isAsked: boolean;
  readonly handedOver: readonly HandedOver[];
  readonly apply: readonly string[];
  readonly guard: readonly string[];
};

/** A matter of design never reaches the implementer by itself: somebody, or a flag, decides in every round that has one. */
export function designOf({ ledger }: Run, round: Round, open: readonly string[]): Design {
  const findings = open.flatMap((id) => ledger.get(id)?.finding ?? []);
  const piled = stacked(findings, ledger);
  const ids = findings
    .filter(({ id, fix_kind: kind }) => kind === 'design' || piled.includes(id))
    .map(({ id }) => id);
  const answer = round.design?.answer;
  const on = (wanted: string): readonly string[] => (answer === wanted ? ids : []);
  return {
    ids,
    isAsked: ids.length > 0 && answer === undefined,
    handedOver: on('handoff').map((id) => ({
      id,
      because: 'design',
      why: whyOf(ledger.get(id)?.finding.cause ?? ''),
    })),
    apply: on('apply'),
    guard: on('guard'),
  };
}

function whyOf(cause: string): string {
  return cause === ''
    ? 'Resolving it means changing a decision of the plan.'
    : `Resolving it means changing a decision of the plan: ${cause}`;
}
