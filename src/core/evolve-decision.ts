import { committing } from './evolve-edits.ts';
import type { FactOf } from './fact.ts';
import { waive } from './ledger/record.ts';
import { withRound, type Committing, type Run } from './run.ts';

/** Remembers an answer, and moves the run where the answer says. */
export function evolveDecision(run: Run, decision: FactOf<'decision'>): Run {
  const decided = { ...run, decisions: [...run.decisions, decision] };
  switch (decision.question) {
    case 'dirty':
      return decision.answer === 'baseline'
        ? { ...decided, draftDue: true }
        : { ...decided, paused: decision };
    case 'stuck':
      return onStuck(decided, decision);
    case 'design':
      return withRound(decided, { design: decision });
    case 'drift':
      return onDrift(decided, decision);
    case 'commit_failure':
      return onCommitFailure(decided, decision);
    case 'external_edit':
      return decision.answer === 'take' ? take(decided) : { ...decided, paused: decision };
    case 'repo_change':
      return decision.answer === 'continue' ? goOn(decided) : { ...decided, paused: decision };
    default:
      return decided;
  }
}

function onStuck(run: Run, decision: FactOf<'decision'>): Run {
  const ledger = decision.answer === 'continue' ? waive(run.ledger, decision.about) : run.ledger;
  return withRound({ ...run, ledger }, { stuck: decision });
}

function onDrift(run: Run, { answer }: FactOf<'decision'>): Run {
  const { position } = run;
  if (position.at !== 'drifted' && position.at !== 'found-drifted') return run;
  const { drift } = position;
  if (answer === 'abort') return { ...run, position: { at: 'abandoned', lost: drift.lost } };
  if (position.at === 'drifted') {
    if (answer === 'accept') return { ...run, position: { at: 'writing', proposal: position.proposal } };
    return {
      ...run,
      position: { at: 'refused', work: position.work, cause: 'drift', problem: drift.lost.join('\n') },
    };
  }
  const expected = { ...run.expected, sha256: drift.sha256 };
  if (position.committed) return { ...run, expected, position: { at: 'closing', how: 'edited' } };
  return {
    ...run,
    expected,
    position: { ...committing('round', drift.sha256), hasTriedFound: true },
  };
}

function onCommitFailure(run: Run, { answer }: FactOf<'decision'>): Run {
  if (run.position.at !== 'committing') return run;
  if (answer === 'retry') return { ...run, position: tryAgain(run.position) };
  return {
    ...run,
    position: { at: 'uncommitted', output: run.position.failed?.output ?? '', commit: run.position },
  };
}

/** The commit is due again; bytes that the failed one left, and nobody checked, are checked first. */
export function tryAgain(commit: Committing): Committing {
  const isRewritten = commit.failed !== null && commit.failed.plan_sha256 !== commit.checked;
  return isRewritten ? { ...commit, hasTriedFound: false } : { ...commit, failed: null };
}

/**
 * The changed bytes are the plan now. A round in the middle of its work is dropped, and so is a verdict on other bytes; the
 * next round reviews them.
 */
function take(run: Run): Run {
  const found = run.disturbance?.type === 'plan.changed' ? run.disturbance.found : null;
  const taken = {
    ...run,
    disturbance: null,
    expected: { ...run.expected, sha256: found ?? run.expected.sha256 },
    draftDue: run.settings.commit,
  };
  const { at } = run.position;
  if (at === 'opening' || at === 'looking' || at === 'looked') return taken;
  if (at === 'between')
    return run.rounds.at(-1)?.how === 'reviewed' ? withRound(taken, { how: 'dropped' }) : taken;
  if (at === 'closing' && run.position.how !== 'reviewed') return taken;
  if (at === 'committing' && run.position.kind === 'draft') return { ...taken, position: { at: 'between' } };
  return { ...taken, position: { at: 'closing', how: 'dropped' } };
}

function goOn(run: Run): Run {
  const to = run.disturbance?.type === 'repo.changed' ? run.disturbance.to : run.expected.repo;
  return { ...run, disturbance: null, expected: { ...run.expected, repo: to } };
}
