import { assertNever } from '../../lib/assert-never.ts';
import type { Ruling } from '../fact.ts';
import type { Severity } from '../severity.ts';
import type { StatedRuling } from './schema.ts';

/** The facts that decide. */
export type Stated = Pick<StatedRuling, 'real' | 'quote_supports_claim' | 'consequence' | 'likelihood'>;

/**
 * What the stated facts make of a finding. The arbiter is never asked for a score: one that is asked "how bad is it" says
 * "high" of wording too. A poor quote alone lowers nothing, for the claim may be right all the same. What the plan does
 * not say counts as plausible, and a plan that contradicts itself is to be mended however unlikely the failure is.
 */
export function rule({ real, consequence, likelihood }: Stated): Pick<Ruling, 'gate' | 'severity'> {
  if (!real) return { gate: 'prose', severity: 'low' };
  switch (consequence) {
    case 'none':
      return { gate: 'prose', severity: 'low' };
    case 'rework':
      return { gate: 'advisory', severity: 'low' };
    case 'contradiction':
      return { gate: 'actionable', severity: severityBy(likelihood) };
    case 'lost-data':
      return likelihood === 'unlikely'
        ? { gate: 'unlikely', severity: 'low' }
        : { gate: 'actionable', severity: likelihood === 'normal-path' ? 'critical' : 'high' };
    case 'wrong-build':
    case 'unbuildable':
      return {
        gate: likelihood === 'unlikely' ? 'unlikely' : 'actionable',
        severity: severityBy(likelihood),
      };
    default:
      return assertNever(consequence);
  }
}

function severityBy(likelihood: Stated['likelihood']): Severity {
  if (likelihood === 'unlikely') return 'low';
  return likelihood === 'plausible' ? 'medium' : 'high';
}
