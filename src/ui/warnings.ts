import type { Fact, FactOf } from '../core/fact.ts';
import type { Run } from '../core/run.ts';

/** Things that went otherwise than usual, and that a person should not have to find out from a file. */
export function warningsOf(fact: Fact, run: Run): string[] {
  switch (fact.type) {
    case 'run.started':
      return isDetached(fact) ? ['HEAD is detached: the commits of this run will belong to no branch.'] : [];
    case 'round.started':
      return fact.round === 1 && fact.sentinels.length === 0 && run.kind === 'refine'
        ? ['No line is marked **load-bearing, so no drift guard runs.']
        : [];
    case 'call.finished':
      return callWarnings(fact);
    case 'review.unreadable':
      return [`The answer of ${fact.call} cannot be read as a review: ${fact.problem}`];
    case 'edits.read':
      return isRefused(fact) ? [`The edits were not accepted: ${fact.problem ?? ''}`] : [];
    case 'drift.checked':
      return fact.handed_over.map(({ id, why }) => `${id} is left to you: ${why}`);
    case 'commit.created':
      return extraPaths(fact);
    case 'commit.skipped':
      return fact.why === 'same-as-head'
        ? ['The plan is the same as in HEAD, so there is nothing to commit.']
        : [];
    case 'last-look.taken':
      return fact.problem === null ? [] : [`The last fix was not reviewed: ${fact.problem}`];
    default:
      return [];
  }
}

function isDetached({ repo, settings }: FactOf<'run.started'>): boolean {
  return Boolean(repo?.state.head) && repo?.state.branch === null && settings.commit;
}

function isRefused({ result }: FactOf<'edits.read'>): boolean {
  return result !== 'fits' && result !== 'declined';
}

function callWarnings({ role, agent, failure, discarded }: FactOf<'call.finished'>): string[] {
  return [
    failure && `The ${role} (${agent}) failed: ${failure.message}`,
    discarded.length > 0 &&
      `The ${role} also wrote ${discarded.join(', ')} in its scratch directory; discarded.`,
  ].filter((text) => typeof text === 'string');
}

function extraPaths({ sha, extra_paths: paths }: FactOf<'commit.created'>): string[] {
  return paths.length > 0
    ? [`A commit hook put other files into ${sha.slice(0, 7)}: ${paths.join(', ')}.`]
    : [];
}
