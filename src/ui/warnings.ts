import { count } from '../lib/text.ts';
import type { Fact, FactOf, HandedOver } from '../core/fact.ts';
import { isUnedited } from '../core/round-end.ts';
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
    case 'review.parsed':
      return fact.looks.flatMap(({ call, problem }) =>
        problem === null ? [] : [`Nothing came of ${call}: ${problem}`],
      );
    case 'calibration.scored':
      return fact.problem === null ? [] : [`The reviewer's recall was not measured: ${fact.problem}`];
    case 'arbitration.read':
      return arbiterWarnings(fact);
    case 'verification.read':
      return verifierWarnings(fact);
    case 'findings.accepted':
      return leftToUser(fact.handed_over.filter(({ because }) => !SAID_BEFORE.has(because)));
    case 'edits.read':
      return [
        ...(isRefused(fact) ? [`The edits were not accepted: ${fact.problem ?? ''}`] : outsideText(fact)),
        ...leftToUser(fact.handed_over),
      ];
    case 'drift.checked':
      return [...(fact.of === 'hook' && fact.ok ? [CHANGED_MEANWHILE] : []), ...leftToUser(fact.handed_over)];
    case 'commit.created':
      return extraPaths(fact);
    case 'commit.skipped':
      return ['The plan is the same as in HEAD, so there is nothing to commit.'];
    case 'last-look.taken':
      return fact.problem === null ? [] : [`The last fix was not reviewed: ${fact.problem}`];
    default:
      return [];
  }
}

/** What the decision that a person or a policy took just before says already. */
const SAID_BEFORE: ReadonlySet<string> = new Set<HandedOver['because']>(['stuck', 'dropped']);

/** Findings with the same reason are one line; of a reason that goes on and on, its first. */
const CHANGED_MEANWHILE =
  'The plan was changed while it was committed, by a hook or somebody else; the commit holds that.';

function leftToUser(handedOver: readonly HandedOver[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, why } of handedOver) byReason.set(why, [...(byReason.get(why) ?? []), id]);
  return [...byReason].map(
    ([why, ids]) =>
      `${ids.join(', ')} ${ids.length === 1 ? 'is' : 'are'} left to you: ${why.split('\n', 1)[0] ?? ''}`,
  );
}

function outsideText({ outside }: FactOf<'edits.read'>): string[] {
  if (outside.length === 0) return [];
  const places = outside.map(({ lines }) => `:${lines.start}`).join(' ');
  return [
    `${count(outside.length, 'edit was', 'edits were')} not applied, being outside of what the findings are about: ${places}`,
  ];
}

function arbiterWarnings({ call, result, problem, stacked }: FactOf<'arbitration.read'>): string[] {
  switch (result) {
    case 'unreadable':
      return [`The answer of ${call ?? 'the arbiter'} cannot be read as an arbitration: ${problem ?? ''}`];
    case 'refutes-all':
      return ['The arbiter ruled out every finding; it is asked once more, in another order.'];
    case 'void':
      return [`The arbiter came to no ruling, so every finding stays as it was: ${problem ?? ''}`];
    case 'ruled':
      return stacked.length > 0
        ? [
            `Guards pile up on one cause, so ${stacked.join(', ')} ${stacked.length === 1 ? 'is' : 'are'} a matter of design.`,
          ]
        : [];
  }
}

function verifierWarnings({ call, result, problem }: FactOf<'verification.read'>): string[] {
  if (result === 'unreadable')
    return [`The answer of ${call} cannot be read as a verification: ${problem ?? ''}`];
  return result === 'void' ? [`The fix was not verified, so everything stays open: ${problem ?? ''}`] : [];
}

function isDetached({ repo, settings }: FactOf<'run.started'>): boolean {
  return Boolean(repo?.state.head) && repo?.state.branch === null && settings.commit;
}

function isRefused({ result }: FactOf<'edits.read'>): boolean {
  return result !== 'fits' && !isUnedited(result);
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
