import { clean } from '../lib/text.ts';
import type { QuestionName } from '../core/question-names.ts';
import type { Policies } from '../core/settings.ts';
import type { Question } from '../core/step.ts';
import type { User } from '../ports.ts';
import { choose } from './choose.ts';
import { triageAt } from './triage.ts';
import type { Theme } from './theme.ts';
import { decidedByFlag, flagFor } from './user.ts';

const MEANING: Readonly<Record<QuestionName, Readonly<Record<string, string>>>> = {
  resume: {
    resume: 'go on where it stopped',
    fresh: 'mark it superseded and start anew',
    fail: 'leave everything as it is',
  },
  dirty: { baseline: 'commit it first, on its own', fail: 'stop here; nothing is touched' },
  stuck: {
    retry: 'once more; what was fixed twice already is left to me',
    terminate: 'leave these to me; end the run if nothing else is left',
    continue: 'try again, and do not ask again for these',
    expand: 'this round, let the implementer edit any block of the plan for these',
  },
  drift: {
    revert: 'drop the edit and ask once more, naming the lost strings',
    abort: 'end the run; the plan stays as it was',
    accept: 'the strings may go',
  },
  commit_failure: {
    abort: 'end the run; the checked edit stays, uncommitted',
    retry: 'try the commit again',
  },
  design: {
    handoff: 'leave these to me',
    apply: 'let the implementer change the decision',
    guard: 'keep the decision, and add what is missing around it',
    ignore: 'treat them like any other finding',
  },
  divergence: {
    verify: 'look for nothing new; fix and verify what is open, then report',
    stop: 'end the run here, with what is open left to me',
    continue: 'go on as before, and do not ask again',
  },
  external_edit: {
    abort: 'rest here; nothing is lost, and the run can be resumed',
    take: 'review the new bytes in the next round',
  },
  repo_change: {
    abort: 'rest here; nothing is lost, and the run can be resumed',
    continue: 'go on where the repository is now',
  },
};

type Prompting = {
  readonly terminal: Parameters<typeof choose>[1];
  readonly theme: Theme;
  /** What a closed prompt is thrown as. */
  readonly interrupted: () => Error;
  /** Hears that somebody is about to be asked, and about what. */
  readonly waits?: (message: string) => void;
};

/** Asks the person at the terminal, unless a flag decided already. Ctrl-C and a closed terminal interrupt the run. */
export function promptingUser(
  policies: Policies,
  { terminal, theme, interrupted, waits = () => undefined }: Prompting,
): User {
  const closing = <T>(answer: Promise<T>, signal: AbortSignal): Promise<T> =>
    answer.catch((error: unknown) => {
      signal.throwIfAborted();
      throw isClosed(error) ? interrupted() : error;
    });
  const { triage, approve } = triageAt(terminal);
  return {
    triage: (findings, signal) => {
      waits('The findings are to be gone over.');
      return closing(triage(findings, signal), signal);
    },
    approve: (diff, signal) => {
      waits('The diff is to be looked at.');
      return closing(approve(diff, signal), signal);
    },
    ask: async (question, signal) => {
      const decided = decidedByFlag(policies, question);
      if (decided) return decided;
      waits(question.why);
      const asked = { ...promptFor(question), signal, leavesNoTrace: true };
      const answer = await closing(choose(asked, terminal, theme), signal);
      return { answer, by: 'user', reason: question.why, flag: flagFor(question.name) };
    },
  };
}

function promptFor({ name, options, why, fallback }: Question): Omit<Parameters<typeof choose>[0], 'signal'> {
  const choices = options.map((value) => ({ value, name: `${value}: ${MEANING[name][value] ?? ''}` }));
  return { message: clean(why), choices, first: fallback };
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}
