import { assertNever } from '../lib/assert-never.ts';
import { conclude } from './conclude.ts';
import { converse, notAsked, type Move } from './conversation.ts';
import type { Failure } from './failure.ts';
import { judge } from './judge.ts';
import {
  commitFailed,
  drifted,
  implementerFailed,
  malformed,
  outOfBudget,
  refused,
  reviewerFailed,
  whenOutOfRounds,
} from './outcome.ts';
import { affords } from './policies/budget.ts';
import { maySendBack } from './policies/send-back.ts';
import { assertBounded, nextMode } from './policies/strategy.ts';
import { commitQuestion, dirtyQuestion, disturbanceQuestion, driftQuestion } from './questions.ts';
import { nextCallId, type Asking, type Position, type Run } from './run.ts';
import type { Call, Ending, Question, Step } from './step.ts';

/** What to do next. It judges, and changes nothing. */
export function nextStep(run: Run): Step {
  const { position } = run;
  if (position.at === 'finished')
    return { do: 'rest', ending: { kind: 'finished', outcome: position.outcome } };
  if (run.paused) return { do: 'rest', ending: { kind: 'paused', decision: run.paused } };
  if (run.disturbance) return ask(disturbanceQuestion(run, run.disturbance));
  assertBounded(run);
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
      return review(run, position.looks);
    case 'calibrating':
      return calibrate(run, position.asking);
    case 'judging':
      return afterAssessment(run);
    case 'arbitrating':
      return arbitrate(run, position.asking);
    case 'verifying':
      return verify(run, position.asking);
    case 'implementing':
      return implement(run, position);
    case 'refused':
      return afterRefusal(run, position);
    case 'checking':
      return { do: 'check-drift', of: 'edits' };
    case 'drifted':
      return afterDrift(run, position);
    case 'writing':
      return run.settings.confirm && !run.rounds.at(-1)?.seen
        ? { do: 'confirm-edits' }
        : { do: 'write-plan' };
    case 'committing':
      return commit(position);
    case 'rechecking':
      return { do: 'check-drift', of: 'hook' };
    case 'found-drifted':
      return ask(driftQuestion(position.drift, false));
    case 'abandoned':
      return finish(drifted(run, position.lost));
    case 'uncommitted':
      return finish(commitFailed(run, position.output));
    case 'closing':
      return { do: 'close-round', how: position.how };
    case 'looking':
      return lastLook(run, position.asking);
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
  const outcome = last && conclude(run, last);
  if (outcome) return finish(outcome);
  const mode = nextMode(run);
  const number = (last?.number ?? 0) + 1;
  if (mode && number <= run.settings.max_rounds && affords(run, 1))
    return { do: 'open-round', round: number, mode };
  if (last?.how !== 'edited') return finish(whenOutOfRounds(run));
  return { do: 'call', calls: [callFor(run, notAsked('verifier', 'last-look'))] };
}

/** Every look is taken, side by side, until each has an answer or none will come; then they are read together. */
function review(run: Run, looks: readonly Asking[]): Step {
  const moves = looks.map((look) => converse(run, look));
  const calls = numbered(
    moves.flatMap((move) => (move.kind === 'call' ? [move.call] : [])),
    looks,
    run,
  );
  if (calls.length > 0) return { do: 'call', calls };
  const until = moves.flatMap((move) => (move.kind === 'wait' ? [move.until] : [])).toSorted();
  const latest = until.at(-1);
  if (latest !== undefined) return { do: 'wait', until: latest };
  if (moves.some(({ kind }) => kind === 'answered')) return { do: 'read-review' };
  return finish(withoutAnswer(run, moves));
}

/** Fresh calls of one purpose are numbered one after the other, as far as the budget goes. */
function numbered(calls: readonly Call[], looks: readonly Asking[], run: Run): Call[] {
  let among = 0;
  return calls
    .map((call) => (call.isRepeat ? call : { ...call, call: nextCallId(run, call.purpose, among++) }))
    .filter((call, index) => call.isRepeat || index === 0 || affords(run, index + 1) || looks.length === 1);
}

function withoutAnswer(run: Run, moves: readonly Move[]): ReturnType<typeof outOfBudget> {
  const failed = moves.find((move) => move.kind === 'failed');
  if (failed?.kind === 'failed') return reviewerFailed(run, failed.failure);
  const unreadable = moves.find((move) => move.kind === 'unreadable');
  return unreadable?.kind === 'unreadable' ? malformed(run, unreadable.problem) : outOfBudget(run);
}

function afterAssessment(run: Run): Step {
  const judgement = judge(run);
  switch (judgement.act) {
    case 'look-again':
      return { do: 'call', calls: [callFor(run, notAsked('reviewer', 'second-look'))] };
    case 'arbitrate':
      return { do: 'call', calls: [callFor(run, notAsked('arbiter', 'arbitrate'))] };
    case 'ask':
      return ask(judgement.question);
    case 'confirm':
      return { do: 'confirm-findings', findings: judgement.findings };
    case 'accept':
      return { do: 'accept-findings', ...judgement.admission };
    case 'close':
      return { do: 'close-round', how: 'reviewed' };
    default:
      return assertNever(judgement);
  }
}

/** Whatever is in the way of a score, the run goes on without one. */
function calibrate(run: Run, asking: Asking): Step {
  const unscored = (problem: string): Step => ({ do: 'score-calibration', call: null, problem });
  return onMove(converse(run, asking), {
    read: (call) => ({ do: 'score-calibration', call, problem: null }),
    giveUp: unscored,
    fail: ({ message }) => unscored(message),
    stop: () => unscored(outOfBudget(run).message),
  });
}

/** Whatever is in the way of a ruling, every finding stays as it was. */
function arbitrate(run: Run, asking: Asking): Step {
  return onMove(converse(run, asking), {
    read: (call) => ({ do: 'read-arbitration', call, problem: null }),
    giveUp: (problem) => ({ do: 'read-arbitration', call: null, problem }),
    fail: ({ message }) => ({ do: 'read-arbitration', call: null, problem: message }),
    stop: () => ({ do: 'read-arbitration', call: null, problem: outOfBudget(run).message }),
  });
}

/** What was not verified stays open. */
function verify(run: Run, asking: Asking): Step {
  return onMove(converse(run, asking), {
    read: (call) => ({ do: 'read-verification', call, problem: null }),
    giveUp: (problem) => ({ do: 'read-verification', call: asking.unreadable.at(-1)?.call ?? '', problem }),
    fail: (failure) => finish(reviewerFailed(run, failure)),
    stop: () => finish(outOfBudget(run)),
  });
}

function lastLook(run: Run, asking: Asking): Step {
  const unlooked = (problem: string): Step => ({ do: 'take-last-look', call: null, problem });
  return onMove(converse(run, asking), {
    read: (call) => ({ do: 'take-last-look', call, problem: null }),
    giveUp: unlooked,
    fail: ({ message }) => unlooked(message),
    stop: () => unlooked(outOfBudget(run).message),
  });
}

function implement(run: Run, { asking, work }: Extract<Position, { at: 'implementing' }>): Step {
  if (work.findings.length === 0) return { do: 'read-edits', call: null };
  const problem = work.sentBack.at(-1)?.problem ?? null;
  return onMove(converse(run, asking ?? notAsked('implementer', 'fix'), problem), {
    read: (call) => ({ do: 'read-edits', call }),
    giveUp: () => finish(outOfBudget(run)),
    fail: (failure) => finish(implementerFailed(run, failure)),
    stop: () => finish(outOfBudget(run)),
  });
}

function afterRefusal(run: Run, { work, cause, problem }: Extract<Position, { at: 'refused' }>): Step {
  return maySendBack(run, work, cause)
    ? { do: 'call', calls: [callFor(run, notAsked('implementer', 'fix'), problem)] }
    : finish(refused(run, cause, problem));
}

function afterDrift(run: Run, { work, drift, reverted }: Extract<Position, { at: 'drifted' }>): Step {
  if (reverted && run.settings.edit_mode === 'patch') return finish(drifted(run, drift.lost));
  return ask(driftQuestion(drift, maySendBack(run, work, 'drift')));
}

function commit({
  kind,
  checked,
  failed,
  attempts,
  hasTriedFound,
}: Extract<Position, { at: 'committing' }>): Step {
  if (!failed) return { do: 'commit', kind };
  if (failed.plan_sha256 !== checked && !hasTriedFound) return { do: 'check-drift', of: 'hook' };
  return ask(commitQuestion(failed, attempts));
}

type Ways = {
  readonly read: (call: string) => Step;
  /** Nobody could read what came. */
  readonly giveUp: (problem: string) => Step;
  readonly fail: (failure: Failure) => Step;
  readonly stop: () => Step;
};

function onMove(move: Move, ways: Ways): Step {
  switch (move.kind) {
    case 'answered':
      return ways.read(move.call);
    case 'call':
      return { do: 'call', calls: [move.call] };
    case 'wait':
      return { do: 'wait', until: move.until };
    case 'failed':
      return ways.fail(move.failure);
    case 'unreadable':
      return ways.giveUp(move.problem);
    case 'unaffordable':
      return ways.stop();
    default:
      return assertNever(move);
  }
}

/** The first call of a conversation, whose cost was looked at already. */
function callFor(run: Run, { role, purpose, seat }: Asking, problem: string | null = null): Call {
  return { call: nextCallId(run, purpose), role, purpose, seat, isRepeat: false, problem };
}

function ask(question: Question): Step {
  return { do: 'ask', question };
}

function finish(outcome: Extract<Step, { do: 'finish' }>['outcome']): Step {
  return { do: 'finish', outcome };
}
