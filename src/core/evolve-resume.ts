import { notAsked } from './conversation.ts';
import { looking } from './evolve-assessment.ts';
import { tryAgain } from './evolve-decision.ts';
import { withAskings } from './evolve-call.ts';
import type { FactOf } from './fact.ts';
import { withRound, type Position, type Run } from './run.ts';

/**
 * A resumed run forgets why it rested, and is told what it finds: changed bytes are a disturbance like any other. One that
 * was interrupted goes on as if it had not been; one that had ended by an abort tries afresh.
 */
export function resume(run: Run, fact: FactOf<'run.resumed'>): Run {
  const position = run.position.at === 'finished' ? run.position.before : run.position;
  const goesOn =
    run.position.at === 'finished' ? reopen({ ...run, settings: fact.settings }, run.position.before) : run;
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

/** What went wrong before does not count against a reopened run: a review that could not count is taken anew in its round. */
function reopen(run: Run, before: Position): Run {
  const round = run.rounds.at(-1);
  if (before.at !== 'between' || round?.how !== 'reviewed') return { ...run, position: afresh(before) };
  const position = looking(run, round.baseline.mode);
  return withRound({ ...run, position }, { how: null, looks: 1, review: null });
}

function afresh(position: Position): Position {
  switch (position.at) {
    case 'refused':
      return { at: 'implementing', work: { ...position.work, sentBack: [] }, asking: null };
    case 'uncommitted':
      return { ...tryAgain(position.commit), attempts: 0 };
    default:
      return withAskings(position, (asking) => ({
        ...notAsked(asking.role, asking.purpose, asking.seat),
        answered: asking.answered,
        pending: asking.pending,
      }));
  }
}

/** Between a write and its fact the power may fail; then the bytes on disk are the proposal's. */
export function mayFind(run: Run, position: Position = run.position): Set<string> {
  const expected = [run.expected.sha256];
  if (position.at === 'writing') expected.push(position.proposal.sha256);
  return new Set(expected);
}
