import type { Stamped } from '../core/fact.ts';
import type { ReportSource } from './source.ts';

/** One change of the plan in the course of a run, with its bytes where they were kept. */
export type PlanChange = {
  readonly round: number;
  /** fixes: the edits of a round. commit: what a commit hook, or somebody at the same moment, made of them. elsewhere: an edit of somebody else. */
  readonly by: 'fixes' | 'commit' | 'elsewhere';
  readonly findings: readonly string[];
  readonly takenBack: readonly string[];
  readonly commit: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** Bytes of the plan after it. */
  readonly bytes: number;
};

/** Every change of the plan, in order. */
export function planChanges({ run, facts, texts }: ReportSource): PlanChange[] {
  let [now, bytes] = [run.started.sha256, run.started.bytes];
  const changes: PlanChange[] = [];
  const change = (
    round: number,
    to: string,
    told: Partial<PlanChange> & Pick<PlanChange, 'by'>,
    grown = 0,
  ): void => {
    if (to === now) return;
    const [before, after] = [texts.get(now) ?? null, texts.get(to) ?? null];
    bytes = after === null ? bytes + grown : new TextEncoder().encode(after).length;
    changes.push({ round, findings: [], takenBack: [], commit: null, before, after, bytes, ...told });
    now = to;
  };
  for (const fact of facts) {
    if (fact.type === 'round.started') change(fact.round, fact.sha256, { by: 'elsewhere' });
    if (fact.type === 'edits.applied') {
      const { findings, reverted: takenBack, growth } = fact;
      const commit = commitOf(facts, fact.round);
      change(fact.round, fact.sha256_after, { by: 'fixes', findings, takenBack, commit }, growth);
    }
    if (fact.type === 'commit.created' && fact.kind === 'round')
      change(fact.round, fact.plan_sha256, { by: 'commit', commit: fact.sha });
  }
  return changes;
}

function commitOf(facts: readonly Stamped[], round: number): string | null {
  for (const fact of facts)
    if (fact.type === 'commit.created' && fact.kind === 'round' && fact.round === round) return fact.sha;
  return null;
}
