import { assertNever } from '../lib/assert-never.ts';
import type { Fact } from '../core/fact.ts';
import type { RoundEnd } from '../core/round-end.ts';
import type { Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { acceptFindings } from './accept-findings.ts';
import { ask } from './ask.ts';
import type * as calibration from './calibration.ts';
import { callAgents } from './call-agent.ts';
import { checkDrift } from './check-drift.ts';
import { confirmEdits, confirmFindings } from './confirm.ts';
import { commit } from './commit.ts';
import { openRound } from './open-round.ts';
import { readArbitrationStep } from './read-arbitration.ts';
import { readEditsStep } from './read-edits.ts';
import { readReviewStep } from './read-review.ts';
import { readVerificationStep } from './read-verification.ts';
import { takeLastLook } from './take-last-look.ts';
import { wait } from './wait.ts';
import { writePlan } from './write-plan.ts';

/** Does any step but `finish`. */
export function work(step: Exclude<Step, { do: 'finish' }>, run: Run, ports: Ports): AsyncIterable<Fact> {
  switch (step.do) {
    case 'open-round':
      return openRound(step, run, ports);
    case 'call':
      return callAgents(step, run, ports);
    case 'wait':
      return wait(step, run, ports);
    case 'score-calibration':
      return scoreCalibration(step, run, ports);
    case 'read-review':
      return readReviewStep(run, ports);
    case 'read-arbitration':
      return readArbitrationStep(step, run, ports);
    case 'read-verification':
      return readVerificationStep(step, run, ports);
    case 'confirm-findings':
      return confirmFindings(step, run, ports);
    case 'confirm-edits':
      return confirmEdits(run, ports);
    case 'accept-findings':
      return acceptFindings(step, run);
    case 'read-edits':
      return readEditsStep(step, run, ports);
    case 'check-drift':
      return checkDrift(step, run, ports);
    case 'write-plan':
      return writePlan(run, ports);
    case 'commit':
      return commit(step, run, ports);
    case 'take-last-look':
      return takeLastLook(step, run, ports);
    case 'ask':
      return ask(step, run, ports);
    case 'close-round':
      return closeRound(run, step.how);
    case 'rest':
      throw new Error('A run at rest has nothing to perform.');
    default:
      return assertNever(step);
  }
}

async function* closeRound(run: Run, how: RoundEnd): AsyncGenerator<Fact> {
  yield { type: 'round.finished', round: run.rounds.length, how };
}

/** It reads Markdown with a library of its own, which nothing but a calibration needs. */
async function* scoreCalibration(
  ...given: Parameters<typeof calibration.scoreCalibration>
): AsyncGenerator<Fact> {
  const { scoreCalibration } = await import('./calibration.ts');
  yield* scoreCalibration(...given);
}
