import { words } from '../../lib/text.ts';
import type { Ruling } from '../fact.ts';
import type { Finding } from '../finding.ts';
import type { Arbitration } from './read.ts';
import type { StatedRuling } from './schema.ts';
import { rule } from './truth-table.ts';

/** What an arbitration is applied to; in the order in which the findings were shown. */
export type Arbitrated = Pick<Finding, 'id' | 'severity' | 'fix_kind' | 'cause'>;

/** By the id of a finding, what it may repeat. */
export type Candidates = ReadonlyMap<string, readonly Pick<Finding, 'id' | 'title' | 'anchor'>[]>;

const NO_RULING = 'the arbiter gave no ruling';

/**
 * One ruling for every finding, in the order in which they were shown. One that the arbiter did not rule on stays
 * actionable, just as the reviewer left it. That it repeats another counts only if that one was offered.
 */
export function applyArbitration(
  shown: readonly Arbitrated[],
  { rulings, unruled }: Pick<Arbitration, 'rulings' | 'unruled'>,
  candidates: Candidates,
): Ruling[] {
  const stated = new Map(rulings.map((ruling) => [ruling.index, ruling]));
  const whys = new Map(unruled.map(({ index, why }) => [index, why]));
  return shown.map((finding, at): Ruling => {
    const ruling = stated.get(at + 1);
    if (!ruling) return unchanged(finding, [NO_RULING, whys.get(at + 1)].filter(Boolean).join(': '));
    const { gate, severity } = rule(ruling);
    const repeated = offered(ruling.same_as, candidates.get(finding.id) ?? []);
    return {
      id: finding.id,
      gate,
      severity,
      fix_kind: ruling.fix_kind,
      cause: ruling.cause || finding.cause,
      same_as: gate === 'actionable' ? repeated : null, // what is not real opens nothing again
      reason: reasonOf(ruling),
    };
  });
}

/**
 * Does it leave none of four or more findings actionable? Then it is asked again in another order: an arbiter that refutes
 * every finding of a batch has refuted true ones with the rest (https://github.com/bobmatnyc/trusty-tools/issues/726).
 */
export function refutesEverything(rulings: readonly Ruling[]): boolean {
  return rulings.length >= FEWEST_FOR_ANOTHER_ASKING && rulings.every(({ gate }) => gate !== 'actionable');
}

const FEWEST_FOR_ANOTHER_ASKING = 4;

/** The findings in another order, the same for the same seed (any integer): backwards, from another beginning. */
export function shuffleFor<T>(findings: readonly T[], seed: number): T[] {
  const backwards = findings.toReversed();
  if (findings.length < 3) return backwards; // any further turn would bring the first order back
  const by = Math.abs(seed) % findings.length;
  return [...backwards.slice(by), ...backwards.slice(0, by)];
}

/**
 * What two arbitrations of the same findings come to, in the order of the findings. Where their gates differ, the finding
 * stays actionable: as the one that left it so says, or, if neither did, as the reviewer left it.
 */
export function reconcile(
  findings: readonly Arbitrated[],
  first: readonly Ruling[],
  second: readonly Ruling[],
): Ruling[] {
  return findings.map((finding): Ruling => {
    const a = first.find(({ id }) => id === finding.id);
    const b = second.find(({ id }) => id === finding.id);
    if (!a || !b) return unchanged(finding, NO_RULING);
    if (a.gate === b.gate) return a;
    const reason = `two arbitrations disagree: ${a.gate} (${a.reason}), ${b.gate} (${b.reason})`;
    const actionable = [a, b].find(({ gate }) => gate === 'actionable');
    return actionable ? { ...actionable, reason } : unchanged(finding, reason);
  });
}

function unchanged({ id, severity, fix_kind, cause }: Arbitrated, reason: string): Ruling {
  return { id, gate: 'actionable', severity, fix_kind, cause, same_as: null, reason };
}

function offered(id: string, candidates: readonly { readonly id: string }[]): string | null {
  return candidates.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase())?.id ?? null;
}

function reasonOf(ruling: StatedRuling): string {
  return words(
    ruling.reason || 'The arbiter gave no reason.',
    rule(ruling).gate === 'unlikely' && ruling.likelihood_reason,
    !ruling.quote_supports_claim && '(The quote does not show it.)',
  );
}
