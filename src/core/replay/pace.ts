import type { Fact } from '../fact.ts';
import { isUnedited, roundEnd } from '../round-end.ts';

/**
 * How far a replay has come beside its recording. As long as it does what the run did, the world does what it did then:
 * somebody edits the plan, a hook refuses, the program is interrupted. Once it has left the recorded course, nothing but
 * answers carries over.
 */
export type Pace = {
  readonly facts: readonly Fact[];
  /** The recorded facts that the replay has come to as well, by index; all before `at` are among them. */
  readonly done: ReadonlySet<number>;
  readonly at: number;
  readonly isInStep: boolean;
};

/** Before the first fact of a recording. */
export function startPace(facts: readonly Fact[]): Pace {
  return { facts, done: new Set(), at: 0, isInStep: true };
}

/** What the recorded run came to next; undefined at its end, and where the replay goes its own way. */
export function recordedNext({ facts, at, isInStep }: Pace): Fact | undefined {
  return isInStep ? facts[at] : undefined;
}

/** The pace after a fact of the replay. Calls that were made side by side may end in any order. */
export function keepPace(pace: Pace, fact: Fact): Pace {
  const { facts, done, at } = pace;
  if (!pace.isInStep) return pace;
  const marks = marksOf(fact);
  for (let index = at; index < facts.length; index += 1) {
    const recorded = facts[index];
    if (!recorded || done.has(index)) continue;
    if (marksOf(recorded) === marks) return passed(pace, index);
    if (recorded.type !== 'call.started' && recorded.type !== 'call.finished') break;
  }
  return { ...pace, isInStep: false };
}

function passed(pace: Pace, index: number): Pace {
  const done = new Set([...pace.done, index]);
  let { at } = pace;
  while (done.has(at)) at += 1;
  return { ...pace, done, at };
}

/** What makes a fact of a replay the recorded one, as far as the world around the run can tell. */
function marksOf(fact: Fact): string {
  return JSON.stringify([fact.type, 'round' in fact ? fact.round : 0, ...detailsOf(fact)]);
}

function detailsOf(fact: Fact): readonly unknown[] {
  switch (fact.type) {
    case 'round.started':
      return [fact.mode, fact.sha256];
    case 'call.started':
      return [fact.call];
    case 'call.finished':
      return [fact.call, fact.outcome];
    case 'decision':
      return [fact.question, fact.answer];
    case 'findings.confirmed':
      return [fact.dropped.map(({ id }) => id)];
    case 'edits.confirmed':
      return [fact.applied];
    case 'edits.read':
      return [isUnedited(fact.result) ? 'unedited' : fact.result, fact.sha256];
    case 'drift.checked':
      return [fact.of, fact.ok, fact.sha256];
    case 'edits.applied':
      return [fact.sha256_after];
    case 'commit.created':
    case 'commit.skipped':
    case 'commit.failed':
      return [fact.kind];
    case 'plan.changed':
      return [fact.found];
    case 'repo.changed':
      return [fact.what];
    case 'round.finished':
      return [roundEnd(fact)];
    case 'run.finished':
      return [fact.status, fact.reason];
    default:
      return [];
  }
}
