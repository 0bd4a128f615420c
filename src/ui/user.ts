import type { Policies } from '../core/settings.ts';
import type { Question } from '../core/step.ts';
import type { Answer, User } from '../ports.ts';

/** How often an unattended run tries a commit that fails, when its policy is to retry. */
const COMMIT_TRIES = 3;

export function flagFor(question: Question['name']): string {
  return `--on-${question.replaceAll('_', '-')}`;
}

/** Answers without asking: the flag where one was given and fits, else the safe answer. It never waits. */
export function policyUser(policies: Policies): User {
  return {
    ask: (question) => Promise.resolve(policyAnswer(policies, question)),
    triage: () => Promise.resolve({ by: 'policy', dropped: [], notes: [] }),
    approve: () => Promise.resolve({ by: 'policy', applied: true }),
  };
}

/** What was decided beforehand; undefined where a person has to be asked. */
export function decidedByFlag(policies: Policies, question: Question): Answer | undefined {
  const given = policies[question.name];
  if (given === null || !question.options.includes(given) || isExhausted(question, given)) return undefined;
  return { answer: given, by: 'flag', reason: question.why, flag: flagFor(question.name) };
}

function policyAnswer(policies: Policies, question: Question): Answer {
  return (
    decidedByFlag(policies, question) ?? {
      answer: question.fallback,
      by: 'policy',
      reason: question.why,
      flag: flagFor(question.name),
    }
  );
}

function isExhausted(question: Question, answer: string): boolean {
  return question.name === 'commit_failure' && answer === 'retry' && question.attempt >= COMMIT_TRIES;
}
