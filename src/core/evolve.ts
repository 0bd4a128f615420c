import { assertNever } from '../lib/assert-never.ts';
import { FixRecords } from './contested/fix-records.ts';
import { evolveAssessment } from './evolve-assessment.ts';
import { evolveCall } from './evolve-call.ts';
import { evolveDecision } from './evolve-decision.ts';
import { evolveEdits } from './evolve-edits.ts';
import { resume } from './evolve-resume.ts';
import type { Fact, FactOf } from './fact.ts';
import { Lineage } from './ledger/lineage.ts';
import { roundEnd } from './round-end.ts';
import { withRound, type Run } from './run.ts';

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
    lineage: Lineage.author,
    fixes: { records: FixRecords.none, states: [] },
    frozen: [],
    grown: 0,
    grownBeside: 0,
    placedIn: started.sha256,
    expected: { sha256: started.sha256, repo: started.repo?.state ?? null },
    disturbance: null,
    paused: null,
    draftDue: false,
    commits: [],
    lastLook: null,
    calibration: null,
    decisions: [],
    spent: { calls: 0, ms: 0, tokens: null, waitedMs: 0 },
  };
}

/** Remembers a fact. It judges nothing: what was judged is itself a fact. */
export function evolve(run: Run, fact: Fact): Run {
  switch (fact.type) {
    case 'run.started':
      return run;
    case 'run.resumed':
      return resume(run, fact);
    case 'call.started':
    case 'call.finished':
    case 'limit.waited':
      return evolveCall(run, fact);
    case 'plan.changed':
    case 'repo.changed':
      return { ...run, disturbance: fact };
    case 'decision':
      return evolveDecision(run, fact);
    case 'round.started':
    case 'calibration.scored':
    case 'review.unreadable':
    case 'review.parsed':
    case 'arbitration.read':
    case 'verification.read':
    case 'findings.confirmed':
    case 'findings.accepted':
      return evolveAssessment(run, fact);
    case 'edits.read':
    case 'edits.confirmed':
    case 'drift.checked':
    case 'edits.applied':
    case 'commit.created':
    case 'commit.skipped':
    case 'commit.failed':
      return evolveEdits(run, fact);
    case 'last-look.taken':
      return { ...run, lastLook: fact, position: { at: 'looked' } };
    case 'round.finished':
      return withRound({ ...run, position: { at: 'between' } }, { how: roundEnd(fact) });
    case 'run.finished':
      return { ...run, position: { at: 'finished', outcome: fact, before: run.position } };
    default:
      return assertNever(fact);
  }
}
