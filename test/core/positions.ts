import type { Fact } from '../../src/core/fact.ts';
import {
  called,
  callStarted,
  editsRead,
  failedCall,
  finding,
  opened,
  reviewed,
  started,
  unreadable,
} from './facts.ts';
import {
  applied,
  closed,
  commitFailed,
  committed,
  decided,
  drift,
  fitting,
  looked,
  resolved,
  sent,
} from './rounds.ts';

const RUN = [started()];
const DRIFTED = [...RUN, ...sent(1), ...called(1, 'fix-1'), editsRead(1, 'fits'), drift(1, ['RETRY_MAX'])];
const FITTING = [...RUN, ...fitting(1)];
const APPLIED = [...FITTING, applied(1, ['F1'])];
const DRAFT = [started({}, { dirty: 'modified' }), decided('dirty', 'baseline')];
const CAP = [started({ max_rounds: 1 }), ...resolved(1)];

/** The facts that bring a run to every position it can be cut at, by what it is about to do there. */
export const POSITIONS = {
  'open its first round': RUN,
  'ask about a dirty plan': [started({}, { dirty: 'modified' })],
  'commit a draft': DRAFT,
  'ask about the failed commit of a draft': [
    ...DRAFT,
    commitFailed(0, { kind: 'draft', plan_sha256: 'plan-0' }),
  ],
  'call the reviewer': [...RUN, opened(1)],
  'go on with a review': [...RUN, opened(1), callStarted(1, 'review-1')],
  'try a review again': [...RUN, opened(1), ...failedCall(1, 'review-1', 'timeout')],
  'give up the reviewer': [...RUN, opened(1), ...failedCall(1, 'review-1', 'auth')],
  'read a review': [...RUN, opened(1), ...called(1, 'review-1')],
  'ask for a readable review': [...RUN, opened(1), ...called(1, 'review-1'), unreadable(1, 'review-1')],
  'read the last review': [
    ...RUN,
    opened(1),
    ...called(1, 'review-1'),
    unreadable(1, 'review-1'),
    ...called(1, 'review-2'),
  ],
  'look again': [...RUN, ...reviewed(1, [], { verdict: 'needs-attention' })],
  'ask about stuck findings': [...RUN, ...resolved(1), ...reviewed(2, [finding('F1')])],
  'accept findings': [...RUN, ...reviewed(1, [finding('F1')])],
  'close a clean round': [...RUN, ...reviewed(1, [])],
  'end clean': [...RUN, ...reviewed(1, []), closed(1, 'reviewed')],
  'call the implementer': [...RUN, ...sent(1)],
  'go on with a fix': [...RUN, ...sent(1), callStarted(1, 'fix-1')],
  'read edits': [...RUN, ...sent(1), ...called(1, 'fix-1')],
  'send edits back': [...RUN, ...sent(1), ...called(1, 'fix-1'), editsRead(1, 'noop')],
  'refuse edits': [
    ...RUN,
    ...sent(1),
    ...called(1, 'fix-1'),
    editsRead(1, 'noop'),
    ...called(1, 'fix-2'),
    editsRead(1, 'noop'),
  ],
  'close an unedited round': [...RUN, ...sent(1), ...called(1, 'fix-1'), editsRead(1, 'declined')],
  'check edits': [...RUN, ...sent(1), ...called(1, 'fix-1'), editsRead(1, 'fits')],
  'ask about drift': DRIFTED,
  'send drifting edits back': [...DRIFTED, decided('drift', 'revert')],
  'end by drift': [...DRIFTED, decided('drift', 'abort')],
  'write the plan': FITTING,
  commit: APPLIED,
  'ask about a failed commit': [...APPLIED, commitFailed(1)],
  'check what a hook wrote': [...APPLIED, commitFailed(1, { plan_sha256: 'formatted' })],
  'commit what a hook wrote': [
    ...APPLIED,
    commitFailed(1, { plan_sha256: 'formatted' }),
    drift(1, [], { of: 'hook', sha256: 'formatted' }),
  ],
  'end by a failed commit': [...APPLIED, commitFailed(1), decided('commit_failure', 'abort')],
  'check what was committed': [...APPLIED, committed(1, { plan_sha256: 'formatted' })],
  'ask about what was committed': [
    ...APPLIED,
    committed(1, { plan_sha256: 'formatted' }),
    drift(1, ['RETRY_MAX'], { of: 'hook', sha256: 'formatted' }),
  ],
  'close a round': [...APPLIED, committed(1)],
  'open another round': [...RUN, ...resolved(1)],
  'take a last look': CAP,
  'go on with a last look': [...CAP, callStarted(1, 'last-look-1')],
  'read a last look': [...CAP, ...called(1, 'last-look-1')],
  'end at the cap': [...CAP, ...called(1, 'last-look-1'), looked(1)],
} satisfies Record<string, readonly Fact[]>;

export type PositionName = keyof typeof POSITIONS;

export const NAMES = Object.keys(POSITIONS) as PositionName[]; // the keys of a literal
