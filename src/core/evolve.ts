import { assertNever } from '../lib/assert-never.ts';
import { evolveCall } from './evolve-call.ts';
import { evolveEdits } from './evolve-edits.ts';
import { evolveDecision, tryAgain } from './evolve-decision.ts';
import type { Fact, FactOf } from './fact.ts';
import { acceptFindings, recordFindings } from './ledger/record.ts';
import { withRound, type Position, type Round, type Run } from './run.ts';

/** The run of a first fact. */
export function begin(id: string, started: FactOf<'run.started'>): Run {
  return {
    id,
    kind: started.kind,
    started,
    settings: started.settings,
    position: { at: 'opening' },
    rounds: [],
    ledger: new Map(),
    expected: { sha256: started.sha256, repo: started.repo?.state ?? null },
    disturbance: null,
    paused: null,
    draftDue: false,
    commits: [],
    lastLook: null,
    decisions: [],
    spent: { calls: 0, ms: 0, tokens: null, waitedMs: 0 },
  };
}

/** The run of a whole journal; undefined when there is not even a first fact. */
export function replay(id: string, facts: Iterable<Fact>): Run | undefined {
  let run: Run | undefined;
  for (const fact of facts) {
    if (run) run = evolve(run, fact);
    else if (fact.type === 'run.started') run = begin(id, fact);
  }
  return run;
}

/** Remembers a fact. It judges nothing: what was judged is itself a fact. */
export function evolve(run: Run, fact: Fact): Run {
  switch (fact.type) {
    case 'run.started':
      return run;
    case 'run.resumed':
      return resume(run, fact);
    case 'round.started':
      return {
        ...run,
        rounds: [...run.rounds, openRound(fact)],
        position: { at: 'reviewing', asking: NOT_ASKED, unreadable: [] },
      };
    case 'call.started':
    case 'call.finished':
    case 'limit.waited':
      return evolveCall(run, fact);
    case 'plan.changed':
    case 'repo.changed':
      return { ...run, disturbance: fact };
    case 'decision':
      return evolveDecision(run, fact);
    case 'review.unreadable':
      return { ...run, position: unreadable(run.position, fact) };
    case 'review.parsed':
      return withRound(
        { ...run, position: { at: 'judging' }, ledger: recordFindings(run, fact) },
        { review: fact },
      );
    case 'findings.accepted':
      return {
        ...run,
        ledger: acceptFindings(run.ledger, fact),
        position: {
          at: 'implementing',
          work: { findings: fact.findings, expanded: fact.expanded, sentBack: [] },
          asking: null,
        },
      };
    case 'edits.read':
    case 'drift.checked':
    case 'edits.applied':
    case 'commit.created':
    case 'commit.skipped':
    case 'commit.failed':
      return evolveEdits(run, fact);
    case 'last-look.taken':
      return { ...run, lastLook: fact, position: { at: 'looked' } };
    case 'round.finished':
      return withRound({ ...run, position: { at: 'between' } }, { how: fact.how });
    case 'run.finished':
      return { ...run, position: { at: 'finished', outcome: fact, before: run.position } };
    default:
      return assertNever(fact);
  }
}

const NOT_ASKED = {
  role: 'reviewer',
  purpose: 'review',
  pending: null,
  answered: null,
  failures: [],
} as const;

function openRound(baseline: FactOf<'round.started'>): Round {
  return {
    number: baseline.round,
    baseline,
    calls: [],
    looks: 1,
    review: null,
    stuck: null,
    edits: null,
    drift: null,
    applied: null,
    commit: null,
    how: null,
  };
}

function unreadable(position: Position, { call, problem, excerpt }: FactOf<'review.unreadable'>): Position {
  if (position.at !== 'reviewing') return position;
  return {
    at: 'unreadable',
    problems: [...position.unreadable, { call, problem, excerpt }],
    purpose: position.asking.purpose,
  };
}

/**
 * A resumed run forgets why it rested, and is told what it finds: changed bytes are a disturbance like any other. One that
 * was interrupted goes on as if it had not been; one that had ended by an abort tries afresh.
 */
function resume(run: Run, fact: FactOf<'run.resumed'>): Run {
  const position = run.position.at === 'finished' ? run.position.before : run.position;
  const goesOn = run.position.at === 'finished' ? reopen(run, run.position.before) : run;
  const resumed = {
    ...goesOn,
    settings: fact.settings,
    paused: null,
    disturbance: null,
    position: foundBy(fact, goesOn.position),
  };
  const round = run.rounds.length;
  const { repo, sha256: expected } = run.expected;
  if (repo && fact.repo && fact.moved) {
    return {
      ...resumed,
      disturbance: {
        type: 'repo.changed',
        round,
        what: fact.moved,
        from: repo,
        to: fact.repo,
        when: 'on-resume',
      },
    };
  }
  const there = { ...resumed, expected: { ...run.expected, repo: fact.repo ?? repo } };
  if (fact.sha256 !== null && mayFind(run, position).has(fact.sha256)) return there;
  // A commit may have been under way, and a hook of it at work: it looks for itself, unless it is known to have failed.
  if (position.at === 'committing' && !position.failed && fact.sha256 !== null) return there;
  return {
    ...there,
    disturbance: { type: 'plan.changed', round, expected, found: fact.sha256, when: 'on-resume' },
  };
}

/** A commit that finds bytes it does not expect has to know whether they were there before it. */
function foundBy({ sha256 }: FactOf<'run.resumed'>, position: Position): Position {
  return position.at === 'committing' ? { ...position, foundOnResume: sha256 } : position;
}

/** What went wrong before does not count against a reopened run; a review that could not count is not judged again. */
function reopen(run: Run, before: Position): Run {
  const reopened = { ...run, position: afresh(before) };
  const isJudged = before.at === 'between' && run.rounds.at(-1)?.how === 'reviewed';
  return isJudged ? withRound(reopened, { how: 'dropped' }) : reopened;
}

function afresh(position: Position): Position {
  switch (position.at) {
    case 'reviewing':
    case 'looking':
      return { ...position, asking: { ...position.asking, failures: [] } };
    case 'implementing':
      return { ...position, asking: position.asking && { ...position.asking, failures: [] } };
    case 'unreadable':
      return { at: 'reviewing', asking: { ...NOT_ASKED, purpose: position.purpose }, unreadable: [] };
    case 'refused':
      return { at: 'implementing', work: { ...position.work, sentBack: [] }, asking: null };
    case 'uncommitted':
      return { ...tryAgain(position.commit), attempts: 0 };
    default:
      return position;
  }
}

/** Between a write and its fact the power may fail; then the bytes on disk are the proposal's, or the baseline again. */
export function mayFind(run: Run, position: Position = run.position): Set<string> {
  const expected = [run.expected.sha256];
  if (position.at === 'writing') expected.push(position.proposal.sha256);
  if (position.at === 'abandoned')
    expected.push(...run.rounds.slice(-1).map(({ baseline }) => baseline.sha256));
  return new Set(expected);
}
