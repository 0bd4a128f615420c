import { notAsked } from './conversation.ts';
import { unread } from './evolve-call.ts';
import { shifted } from './evolve-shift.ts';
import type { FactOf, Mode } from './fact.ts';
import { admit, recordFindings, recordRulings, recordVerification } from './ledger/record.ts';
import type { Lineage } from './ledger/lineage.ts';
import { looksOf } from './policies/strategy.ts';
import { withRound, type Asking, type Position, type Round, type Run } from './run.ts';

type AssessmentFact = FactOf<
  | 'round.started'
  | 'calibration.scored'
  | 'review.unreadable'
  | 'review.parsed'
  | 'arbitration.read'
  | 'verification.read'
  | 'findings.confirmed'
  | 'findings.accepted'
>;

/** Remembers what a round begins with: looks at the plan, rulings on what they raised, and what is admitted. */
export function evolveAssessment(run: Run, fact: AssessmentFact): Run {
  switch (fact.type) {
    case 'round.started':
      return opened(shifted(run, fact.shift, fact), fact);
    case 'calibration.scored':
      return { ...run, calibration: fact, position: calibrated(run) };
    case 'review.unreadable':
      return { ...run, position: unread(run.position, fact) };
    case 'review.parsed':
      return withRound(
        { ...run, position: judging(run.position), ledger: recordFindings(run, fact) },
        { review: fact, arbitration: null },
      );
    case 'arbitration.read':
      return arbitrated(run, fact);
    case 'verification.read':
      return verified(run, fact);
    case 'findings.confirmed':
      return withRound(run, { confirmed: fact });
    case 'findings.accepted':
      return accepted(run, fact);
  }
}

function opened(run: Run, fact: FactOf<'round.started'>): Run {
  return { ...run, rounds: [...run.rounds, openRound(fact, run.lineage)], position: assessing(run, fact) };
}

function openRound(baseline: FactOf<'round.started'>, lineage: Lineage): Round {
  return {
    number: baseline.round,
    baseline,
    lineage,
    calls: [],
    looks: 1,
    review: null,
    arbitration: null,
    verification: null,
    confirmed: null,
    accepted: null,
    stuck: null,
    design: null,
    edits: null,
    seen: null,
    drift: null,
    applied: null,
    commit: null,
    how: null,
  };
}

function assessing(run: Run, { mode }: FactOf<'round.started'>): Position {
  if (mode === 'verify') return { at: 'verifying', asking: notAsked('verifier', 'verify') };
  if (run.settings.calibrate && !run.calibration)
    return { at: 'calibrating', asking: notAsked('reviewer', 'calibrate') };
  return looking(run, mode);
}

/** One that was known beforehand comes before the first round. */
function calibrated(run: Run): Position {
  const round = run.rounds.at(-1);
  return round ? looking(run, round.baseline.mode) : run.position;
}

/** Every look that a round of this mode begins with, none of them taken. */
export function looking(run: Run, mode: Mode): Position {
  const looks = Array.from({ length: looksOf(run, mode) }, (_, seat): Asking =>
    notAsked('reviewer', mode === 'verify' ? 'review' : mode, seat),
  );
  return { at: 'reviewing', looks };
}

/** Looks that came to an answer are kept: a further one may be taken beside them. */
function judging(position: Position): Position {
  const looks = 'looks' in position ? position.looks : [];
  return { at: 'judging', looks: looks.filter(({ answered }) => answered !== null) };
}

function arbitrated(run: Run, fact: FactOf<'arbitration.read'>): Run {
  const { position } = run;
  if (position.at !== 'arbitrating') return run;
  if (fact.result === 'unreadable')
    return {
      ...run,
      position: unread(position, { call: fact.call ?? '', problem: fact.problem ?? '', excerpt: '' }),
    };
  if (fact.result === 'refutes-all') {
    const asking = { ...notAsked('arbiter', 'arbitrate'), unreadable: position.asking.unreadable };
    return { ...run, position: { ...position, asking, refuted: fact.call } };
  }
  const ledger = recordRulings(run.ledger, fact);
  return withRound({ ...run, ledger, position: judging(position) }, { arbitration: fact });
}

function verified(run: Run, fact: FactOf<'verification.read'>): Run {
  if (fact.result === 'unreadable')
    return {
      ...run,
      position: unread(run.position, { call: fact.call, problem: fact.problem ?? '', excerpt: '' }),
    };
  const ledger = recordVerification(run.ledger, fact);
  return withRound({ ...run, ledger, position: { at: 'judging', looks: [] } }, { verification: fact });
}

/** With nothing to do for an implementer, the round is as good as over. */
function accepted(run: Run, fact: FactOf<'findings.accepted'>): Run {
  const { findings, expanded, design, guard, reverts } = fact;
  const isNothing = findings.length === 0 && reverts.length === 0;
  const work = { findings, expanded, design, guard, reverts, sentBack: [] };
  return withRound(
    {
      ...run,
      ledger: admit(run.ledger, fact),
      position: isNothing ? { at: 'closing', how: 'reviewed' } : { at: 'implementing', work, asking: null },
    },
    { accepted: fact },
  );
}
