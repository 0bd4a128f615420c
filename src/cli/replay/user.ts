import type { Fact, FactOf } from '../../core/fact.ts';
import type { Finding } from '../../core/finding.ts';
import type { Recording } from '../../core/replay/recording.ts';
import type { Policies } from '../../core/settings.ts';
import type { Question } from '../../core/step.ts';
import type { Answer, Triage, User } from '../../ports.ts';
import { policyUser } from '../../ui/user.ts';

type Given = {
  readonly recording: Recording;
  /** As they are asked for in the replay. */
  readonly policies: Policies;
  /** The questions that the command line answers, whatever was answered then. */
  readonly overridden: ReadonlySet<string>;
  /** What the recorded run came to next, while the replay does what it did. */
  readonly next: () => Fact | undefined;
};

/**
 * Whoever answered in the recording. A question that came up then gets the answer it got, unless the command line has
 * another; a new one is answered by the policies.
 */
export function recordedUser({ recording, policies, overridden, next }: Given): User {
  const left = [...recording.decisions];
  const otherwise = policyUser(policies);
  return {
    ask: async (question, signal): Promise<Answer> => {
      const at = left.findIndex((decision) => isSame(decision, question));
      const [recorded] = at === -1 ? [] : left.splice(at, 1);
      if (!recorded || overridden.has(question.name)) return otherwise.ask(question, signal);
      const { answer, by, reason, flag } = recorded;
      return { answer, by, reason, flag };
    },
    triage: async (findings): Promise<Triage> => {
      const fact = next();
      const { by, dropped, notes } =
        fact?.type === 'findings.confirmed' ? fact : triaged(findings, recording);
      return { by, dropped, notes };
    },
    approve: async (diff, signal) => {
      const fact = next();
      return fact?.type === 'edits.confirmed'
        ? { by: fact.by, applied: fact.applied }
        : otherwise.approve(diff, signal);
    },
  };
}

function isSame({ question, about, answer }: FactOf<'decision'>, asked: Question): boolean {
  const ids = [...about].toSorted().join('\n');
  return (
    question === asked.name &&
    asked.options.includes(answer) &&
    ids === [...asked.about].toSorted().join('\n')
  );
}

/** What was said of these findings whenever they were gone over; of one that has only the id of another, nothing. */
function triaged(findings: readonly Finding[], { facts, run }: Recording): Triage {
  const known = new Set(
    findings.filter(({ id, title }) => run.ledger.get(id)?.finding.title === title).map(({ id }) => id),
  );
  const confirmed = facts.filter((fact) => fact.type === 'findings.confirmed');
  return {
    by: 'policy',
    dropped: confirmed.flatMap(({ dropped }) => dropped).filter(({ id }) => known.has(id)),
    notes: confirmed.flatMap(({ notes }) => notes).filter(({ id }) => known.has(id)),
  };
}
