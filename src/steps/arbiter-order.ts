import { shuffleFor, type Candidates } from '../core/arbiter/arbitrate.ts';
import type { Finding } from '../core/finding.ts';
import { candidatesFor } from '../core/ledger/identity.ts';
import { unjudgedFindings } from '../core/ledger/open.ts';
import type { Status } from '../core/ledger/entry.ts';
import { currentRound, type Run } from '../core/run.ts';

/** The findings as an arbiter is shown them, in their order; asked a second time, in another one. */
export function shownTo(run: Run, asking: 'first' | 'second'): Finding[] {
  const round = currentRound(run);
  const open = unjudgedFindings(run, round).flatMap((id) => run.ledger.get(id)?.finding ?? []);
  return asking === 'first' ? open : shuffleFor(open, round.number);
}

/**
 * For each finding, what it may repeat: entries too like it to be sure, and too unlike it to be taken for the same. Only what
 * is open, was fixed or was left to the user: what is real cannot be settled by what was never acted on.
 */
export function candidatesOf({ ledger }: Run, shown: readonly Finding[]): Candidates {
  const ids = new Set(shown.map(({ id }) => id));
  const others = new Map(
    [...ledger].filter(([id, { status }]) => !ids.has(id) && REPEATABLE.includes(status)),
  );
  return new Map(
    shown.map((finding) => [
      finding.id,
      candidatesFor(finding, others).flatMap((id) => ledger.get(id)?.finding ?? []),
    ]),
  );
}

const REPEATABLE: readonly Status[] = ['open', 'addressed', 'closed', 'lapsed', 'handed-over', 'dismissed'];
