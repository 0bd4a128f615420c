import type { FactOf, HandedOver } from './fact.ts';
import { shifted } from './evolve-shift.ts';
import { mapPlace } from './ledger/line-map.ts';
import { bornIn } from './ledger/provenance.ts';
import { addressFindings, handOver } from './ledger/record.ts';
import { notTakenBack } from './policies/regenerating.ts';
import { isUnedited } from './round-end.ts';
import {
  currentRound,
  withRound,
  type Committing,
  type Position,
  type Proposal,
  type Run,
  type Work,
} from './run.ts';

type EditFact = FactOf<
  | 'edits.read'
  | 'edits.confirmed'
  | 'drift.checked'
  | 'edits.applied'
  | 'commit.created'
  | 'commit.skipped'
  | 'commit.failed'
>;

/** Remembers what became of the implementer's edits, up to the commit. */
export function evolveEdits(run: Run, fact: EditFact): Run {
  switch (fact.type) {
    case 'edits.read':
      return editsRead(run, fact);
    case 'edits.confirmed':
      return seen(run, fact);
    case 'drift.checked':
      return fact.of === 'edits' ? editsChecked(run, fact) : foundChecked(run, fact);
    case 'edits.applied':
      return editsApplied(run, fact);
    case 'commit.created':
      return committed(run, fact);
    case 'commit.skipped':
      return { ...run, draftDue: false, position: afterCommit(fact.kind) };
    case 'commit.failed':
      return commitFailed(run, fact);
  }
}

function editsRead(run: Run, fact: FactOf<'edits.read'>): Run {
  if (run.position.at !== 'implementing') return run;
  const { work } = run.position;
  const read = withRound({ ...run, frozen: [...run.frozen, ...fact.frozen] }, { edits: fact });
  if (isUnedited(fact.result)) {
    return {
      ...read,
      ledger: handOver(run.ledger, declinedBy(fact)),
      position: unedited(work),
    };
  }
  if (fact.result !== 'fits') {
    return { ...read, position: { at: 'refused', work, cause: fact.result, problem: fact.problem ?? '' } };
  }
  const proposal: Proposal = {
    sha256: fact.sha256 ?? '',
    candidate: fact.candidate ?? '',
    placed: fact,
    reverts:
      fact.reverts ??
      work.reverts.map(({ finding, because }) => ({ finding, because: [...because], along: [] })),
  };
  return {
    ...read,
    ledger: handOver(run.ledger, declinedBy(fact)),
    position: { at: 'checking', work, proposal },
  };
}

/** What was declined, with its reason, or passed over without one; of two reasons the last holds, which code gave. */
function declinedBy(fact: FactOf<'edits.read'>): HandedOver[] {
  const declined = fact.declined.map(({ finding, reason }): HandedOver => ({
    id: finding,
    because: 'declined',
    why: reason,
  }));
  const skipped = fact.skipped.map((id): HandedOver => ({
    id,
    because: 'declined',
    why: 'The implementer passed it over without a reason.',
  }));
  return [...declined, ...skipped, ...fact.handed_over];
}

function editsChecked(run: Run, fact: FactOf<'drift.checked'>): Run {
  if (run.position.at !== 'checking') return run;
  const { work, proposal } = run.position;
  const next: Proposal = {
    sha256: fact.sha256,
    candidate: fact.candidate ?? proposal.candidate,
    placed: fact.edits ? { edits: fact.edits } : proposal.placed,
    reverts: fact.reverts ?? proposal.reverts,
  };
  const reverted = work.sentBack.some(({ cause }) => cause === 'drift');
  const position = (): Position => {
    if (!fact.ok) return { at: 'drifted', work, proposal, drift: fact, reverted };
    const isNothing = fact.sha256 === currentRound(run).baseline.sha256;
    return isNothing ? unedited(work) : { at: 'writing', proposal: next };
  };
  return withRound(
    { ...run, ledger: handOver(run.ledger, fact.handed_over), position: position() },
    { drift: fact },
  );
}

/** Nothing is written; where no implementer was asked, no edit is missing either. */
function unedited(work: Work): Position {
  return { at: 'closing', how: work.findings.length > 0 ? 'unedited' : 'reviewed' };
}

/** What a commit left holds: try it again, or, where it went through, go on. */
function foundChecked(run: Run, fact: FactOf<'drift.checked'>): Run {
  const isCommitted = run.position.at === 'rechecking';
  if (!fact.ok) return { ...run, position: { at: 'found-drifted', drift: fact, committed: isCommitted } };
  const expected = { ...run.expected, sha256: fact.sha256 };
  if (isCommitted) return { ...run, expected, position: { at: 'closing', how: 'edited' } };
  if (run.position.at !== 'committing') return run;
  return {
    ...run,
    expected,
    position: { ...run.position, checked: fact.sha256, failed: null, hasTriedFound: true },
  };
}

/** What a person did not want is not written, and its findings are left to them. */
function seen(run: Run, fact: FactOf<'edits.confirmed'>): Run {
  const { position } = run;
  const marked = withRound(run, { seen: fact });
  if (fact.applied || position.at !== 'writing') return marked;
  const dropped = position.proposal.placed.edits.flatMap(({ findings }) => findings);
  const items = [...new Set(dropped)].map((id): HandedOver => ({
    id,
    because: 'dropped',
    why: 'You did not want its edit.',
  }));
  items.push(...notTakenBack(position.proposal.reverts, 'dropped', 'you did not want that'));
  return { ...marked, ledger: handOver(run.ledger, items), position: { at: 'closing', how: 'unedited' } };
}

function editsApplied(run: Run, fact: FactOf<'edits.applied'>): Run {
  const applied = withRound(aged(run, fact), { applied: fact });
  const expected = { ...run.expected, sha256: fact.sha256_after };
  if (!run.settings.commit) return { ...applied, expected, position: { at: 'closing', how: 'edited' } };
  return { ...applied, expected, position: committing('round', fact.sha256_after) };
}

/** What the run knows of its text moves on with it: places, whose line each is, and what was changed for whom. */
function aged(run: Run, fact: FactOf<'edits.applied'>): Run {
  const { round, state_before: before, state_after: state } = fact;
  const states = run.fixes.states.length > 0 ? run.fixes.states : [{ round: 0, state: before }];
  return {
    ...run,
    ledger: addressFindings(run.ledger, fact),
    lineage: run.lineage.after((births) => bornIn(births, fact)),
    fixes: {
      records: run.fixes.records.after(fact, () => fact.changes.map((change) => ({ round, ...change }))),
      states: [...states, { round, state }],
    },
    frozen: run.frozen.map((span) => mapPlace(span, fact)),
    grown: run.grown + fact.growth,
    placedIn: fact.sha256_after,
  };
}

function committed(run: Run, fact: FactOf<'commit.created'>): Run {
  const rewritten = fact.kind === 'round' && fact.plan_sha256 !== run.expected.sha256;
  const now = fact.kind === 'round' ? shifted(run, fact.shift, { ...fact, sha256: fact.plan_sha256 }) : run;
  const next = {
    ...now,
    draftDue: fact.kind === 'draft' ? false : run.draftDue,
    commits: [...run.commits, fact],
    expected: { sha256: fact.plan_sha256, repo: fact.repo },
    position: rewritten ? ({ at: 'rechecking' } as const) : afterCommit(fact.kind),
  };
  return fact.kind === 'round' ? withRound(next, { commit: fact }) : next;
}

function commitFailed(run: Run, fact: FactOf<'commit.failed'>): Run {
  const from = run.position.at === 'committing' ? run.position : committing(fact.kind, run.expected.sha256);
  const expected = { ...run.expected, sha256: fact.plan_sha256 };
  const now = fact.kind === 'round' ? shifted(run, fact.shift, { ...fact, sha256: fact.plan_sha256 }) : run;
  return { ...now, expected, position: { ...from, failed: fact, attempts: from.attempts + 1 } };
}

/** A commit that was not tried yet, of bytes that passed the checks. */
export function committing(kind: 'draft' | 'round', checked: string): Committing {
  return {
    at: 'committing',
    kind,
    checked,
    failed: null,
    attempts: 0,
    hasTriedFound: false,
    foundOnResume: null,
  };
}

function afterCommit(kind: 'draft' | 'round'): Position {
  return kind === 'draft' ? { at: 'between' } : { at: 'closing', how: 'edited' };
}
