import { assertNever } from '../lib/assert-never.ts';
import type { Outcome, Purpose, Role } from './fact.ts';
import type { Failure } from './failure.ts';
import { judge } from './judge.ts';
import {
  commitFailed,
  drifted,
  implementerFailed,
  malformed,
  refused,
  reviewerFailed,
  stopped,
} from './outcome.ts';
import { affords } from './policies/budget.ts';
import { retryAfter } from './policies/retry.ts';
import { maySendBack } from './policies/send-back.ts';
import {
  commitQuestion,
  dirtyQuestion,
  disturbanceQuestion,
  driftQuestion,
  stuckQuestion,
} from './questions.ts';
import { nextCallId, type Asking, type Position, type Run } from './run.ts';
import type { Ending, Question, Step } from './step.ts';

/** What to do next. It judges, and changes nothing. */
export function nextStep(run: Run): Step {
  const { position } = run;
  if (position.at === 'finished')
    return { do: 'rest', ending: { kind: 'finished', outcome: position.outcome } };
  if (run.paused) return { do: 'rest', ending: { kind: 'paused', decision: run.paused } };
  if (run.disturbance) return ask(disturbanceQuestion(run, run.disturbance));
  return from(run, position);
}

/** The ending a step stands for, if it is one. */
export function endingOf(step: Step): Ending | undefined {
  return step.do === 'rest' ? step.ending : undefined;
}

function from(run: Run, position: Exclude<Position, { at: 'finished' }>): Step {
  switch (position.at) {
    case 'opening':
      return openRun(run);
    case 'between':
      return goOn(run);
    case 'reviewing':
      return converse(run, position.asking, {
        read: (call) => ({ do: 'read-review', call, isLast: position.unreadable.length > 0 }),
        giveUp: (failure) => finish(reviewerFailed(run, failure)),
        stop: finish(outOfBudget(run)),
        problem: position.unreadable.at(-1)?.problem ?? null,
      });
    case 'unreadable':
      return afterUnreadable(run, position);
    case 'judging':
      return afterReview(run);
    case 'implementing':
      return implement(run, position);
    case 'refused':
      return afterRefusal(run, position);
    case 'checking':
      return { do: 'check-drift', of: 'edits' };
    case 'drifted':
      return afterDrift(run, position);
    case 'writing':
      return { do: 'write-plan' };
    case 'committing':
      return commit(position);
    case 'rechecking':
      return { do: 'check-drift', of: 'hook' };
    case 'hook-drifted':
      return ask(driftQuestion(position.drift, false));
    case 'abandoned':
      return finish(drifted(run, position.lost));
    case 'uncommitted':
      return finish(commitFailed(run, position.output));
    case 'closing':
      return { do: 'close-round', how: position.how };
    case 'looking':
      return converse(run, position.asking, {
        read: (call) => ({ do: 'take-last-look', call, problem: null }),
        giveUp: ({ message }) => ({ do: 'take-last-look', call: null, problem: message }),
        stop: { do: 'take-last-look', call: null, problem: outOfBudget(run).message },
        problem: null,
      });
    case 'looked':
      return finish(whenOutOfRounds(run));
    default:
      return assertNever(position);
  }
}

function openRun(run: Run): Step {
  const { dirty, plan } = run.started;
  if (run.kind === 'refine' && run.settings.commit && dirty !== 'clean' && !isDirtSettled(run))
    return ask(dirtyQuestion(plan.relative, dirty));
  return goOn(run);
}

/** The user let the changes be committed; or, told to see to them, has committed since. */
function isDirtSettled({ decisions, expected, started }: Run): boolean {
  const hasCommitted = expected.repo?.head !== started.repo?.state.head;
  return decisions.some(
    ({ question, answer }) => question === 'dirty' && (answer === 'baseline' || hasCommitted),
  );
}

/** Between rounds: end for a reason, look at the last fix, or open the next round. */
function goOn(run: Run): Step {
  const last = run.rounds.at(-1);
  if (run.draftDue) return { do: 'commit', kind: 'draft' };
  if (last?.how === 'reviewed') {
    const judgement = judge(run);
    if (judgement.act === 'end') return finish(judgement.outcome);
  }
  if (last?.how === 'declined')
    return finish(stopped(run, 'declined', 'The implementer declined every finding.'));
  const number = (last?.number ?? 0) + 1;
  if (number <= run.settings.max_rounds && affords(run, 1)) return { do: 'open-round', round: number };
  return last?.how === 'edited' ? call(run, 'verifier', 'last-look', null) : finish(whenOutOfRounds(run));
}

function whenOutOfRounds(run: Run): Outcome {
  const { max_rounds: cap } = run.settings;
  if (run.rounds.length >= cap)
    return stopped(run, 'cap', `The cap of ${cap} ${cap === 1 ? 'round' : 'rounds'} is reached.`);
  return outOfBudget(run);
}

function outOfBudget(run: Run): Outcome {
  return stopped(run, 'budget', 'The budget is used up.');
}

type Conversation = {
  readonly read: (call: string) => Step;
  readonly giveUp: (failure: Failure) => Step;
  /** What to do where the budget does not cover the first call. */
  readonly stop: Step;
  /** What was wrong with the answer before, if this is another try. */
  readonly problem: string | null;
};

/** Asks an agent until it answers or the retry policy gives up. A call for a fix is made only if the look at it is covered. */
function converse(run: Run, asking: Asking, { read, giveUp, stop, problem }: Conversation): Step {
  if (asking.answered !== null) return read(asking.answered);
  if (asking.pending !== null)
    return { ...call(run, asking.role, asking.purpose, problem), call: asking.pending, isRepeat: true };
  const retry = retryAfter(asking.failures, {
    waitMs: run.settings.wait_for_limit_ms,
    waitedMs: run.spent.waitedMs,
  });
  if (retry.do === 'wait') return { do: 'wait', until: retry.until };
  const last = asking.failures.at(-1);
  if (last && retry.do === 'give-up') return giveUp(last);
  if (!affords(run, asking.role === 'implementer' ? 2 : 1)) return last ? giveUp(last) : stop;
  return call(run, asking.role, asking.purpose, problem);
}

function afterUnreadable(run: Run, { problems, purpose }: Extract<Position, { at: 'unreadable' }>): Step {
  const last = problems.at(-1);
  if (problems.length === 1 && affords(run, 1)) return call(run, 'reviewer', purpose, last?.problem ?? null);
  const begins = last?.excerpt ? ` It begins: ${last.excerpt}` : '';
  return finish(malformed(run, `${last?.problem ?? ''}${begins}`));
}

function afterReview(run: Run): Step {
  const judgement = judge(run);
  switch (judgement.act) {
    case 'look-again':
      return call(run, 'reviewer', 'second-look', null);
    case 'ask-stuck':
      return ask(stuckQuestion(run, judgement.stuck));
    case 'fix':
      return {
        do: 'accept-findings',
        findings: judgement.findings,
        expanded: judgement.expanded,
        handedOver: judgement.handedOver,
      };
    case 'end':
      return { do: 'close-round', how: 'reviewed' };
    default:
      return assertNever(judgement);
  }
}

function implement(run: Run, { asking, work }: Extract<Position, { at: 'implementing' }>): Step {
  const problem = work.sentBack.at(-1)?.problem ?? null;
  const stop = finish(outOfBudget(run));
  if (!asking) return affords(run, 2) ? call(run, 'implementer', 'fix', problem) : stop;
  return converse(run, asking, {
    read: (id) => ({ do: 'read-edits', call: id }),
    giveUp: (failure) => finish(implementerFailed(run, failure)),
    stop,
    problem,
  });
}

function afterRefusal(run: Run, { work, cause, problem }: Extract<Position, { at: 'refused' }>): Step {
  return maySendBack(run, work, cause)
    ? call(run, 'implementer', 'fix', problem)
    : finish(refused(run, cause, problem));
}

function afterDrift(run: Run, { work, drift, reverted }: Extract<Position, { at: 'drifted' }>): Step {
  if (reverted && run.settings.edit_mode === 'patch') return finish(drifted(run, drift.lost));
  return ask(driftQuestion(drift, maySendBack(run, work, 'drift')));
}

function commit({ kind, checked, failed, attempts, hooked }: Extract<Position, { at: 'committing' }>): Step {
  if (!failed) return { do: 'commit', kind };
  if (failed.plan_sha256 !== checked && !hooked) return { do: 'check-drift', of: 'hook' };
  return ask(commitQuestion(failed, attempts));
}

function call(run: Run, role: Role, purpose: Purpose, problem: string | null): Step & { do: 'call' } {
  return { do: 'call', call: nextCallId(run, purpose), role, purpose, isRepeat: false, problem };
}

function ask(question: Question): Step {
  return { do: 'ask', question };
}

function finish(outcome: Outcome): Step {
  return { do: 'finish', outcome };
}
