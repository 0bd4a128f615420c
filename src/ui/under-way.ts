import type { FactOf, Purpose } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { nextStep } from '../core/next-step.ts';
import type { Round, Run } from '../core/run.ts';
import { count } from '../lib/text.ts';
import type { Notice } from '../ports.ts';

/** What an agent does, after its name. */
const AT_WORK: Readonly<Record<Purpose, string>> = {
  review: 'reviews',
  'second-look': 'reviews',
  hunt: 'hunts',
  audit: 'audits',
  arbitrate: 'weighs the findings',
  fix: 'edits',
  verify: 'verifies the fix',
  'last-look': 'looks at the last fix',
  calibrate: 'is calibrated',
};

/** One call: `codex reviews`. */
export function atWork(agent: string, purpose: Purpose): string {
  return `${agent} ${AT_WORK[purpose]}`;
}

/** Several calls side by side: `3 hunts at work`. */
export function sideBySide(running: number, purpose: Purpose): string {
  return `${count(running, purpose)} at work`;
}

/** What is under way in a run that somebody else makes, as that would have announced it. */
export function underWay(run: Run): readonly Notice[] {
  const step = nextStep(run);
  switch (step.do) {
    case 'call':
      return pendingCalls(run).map(({ role, agent, purpose, round }) => ({
        type: 'call-began',
        role,
        agent,
        purpose,
        round,
      }));
    case 'wait':
      return [{ type: 'limit-wait-began', until: step.until }];
    case 'commit':
      return [{ type: 'commit-began' }];
    case 'ask':
      return [{ type: 'question-waits', message: step.question.why }];
    case 'confirm-findings':
      return [{ type: 'question-waits', message: 'The findings are to be gone over.' }];
    case 'confirm-edits':
      return [{ type: 'question-waits', message: 'The diff is to be looked at.' }];
    default:
      return [];
  }
}

/** The calls that were started and have not ended. */
export function pendingCalls({ rounds }: Run): readonly FactOf<'call.started'>[] {
  const calls: Round['calls'] = rounds.at(-1)?.calls ?? [];
  return calls.filter(({ finished }) => finished === null).map(({ started }) => started);
}

/** The log of a call, relative to the run directory. */
export function logOf({ round, call }: FactOf<'call.started'>): string {
  return files.log(round, call);
}
