import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { after, called, editsRead, finding, reviewed, started } from './facts.ts';
import { applied, closed, committed, decided, drift, fitting, looked, sent } from './rounds.ts';

/* The sentences that a single review and a damaged plan end with, and what an outcome counts. */

function outcomeOf(...facts: readonly (Fact | readonly Fact[])[]) {
  const step = after(...facts);
  if (step.do !== 'finish') throw new Error(`The run goes on: ${step.do}.`);
  return step.outcome;
}

function said(...facts: readonly (Fact | readonly Fact[])[]): readonly (string | null)[] {
  const { status, reason, message } = outcomeOf(...facts);
  return [status, reason, message];
}

const VOID = finding('F1', { gate: 'void', severity: 'medium' });
const REVIEWED = closed(1, 'reviewed');

describe('a single review says', () => {
  const REVIEW = started({}, { kind: 'review' });

  it.each<[string, readonly Fact[], string]>([
    ['that it raised findings', reviewed(1, [finding('F1')]), 'The review raised findings to act on.'],
    [
      'that it cites nothing of the plan',
      reviewed(1, [VOID]),
      'The findings of the last review that were to be acted on cite text that is not in the plan.',
    ],
    [
      'that nobody can rely on its answer',
      reviewed(1, [], { rung: 'cut' }),
      'No answer was plain enough to approve by.',
    ],
  ])('%s', (_, facts, message) => {
    expect(outcomeOf(REVIEW, facts, REVIEWED).message).toBe(message);
  });

  it.each([
    ['high', 1, 'The review raised findings to act on.'],
    [
      'critical',
      0,
      'The review raised findings to act on; none of them is critical or worse (--fail-on critical).',
    ],
    ['none', 0, 'The review raised findings to act on; none of them fails it (--fail-on none).'],
  ] as const)('what it failed by, or why it did not: --fail-on %s', (fail_on, code, message) => {
    const run = started({ fail_on }, { kind: 'review' });
    const found = [finding('F1', { severity: 'high' }), finding('F2', { severity: 'medium' })];

    expect(outcomeOf(run, reviewed(1, found), REVIEWED)).toMatchObject({ exit_code: code, message });
  });

  it('nothing of findings that only stand beside what it cites in vain', () => {
    const run = started({ fail_on: 'high' }, { kind: 'review' });
    const noise = finding('F2', { gate: 'filtered', severity: 'high' });

    expect(outcomeOf(run, reviewed(1, [VOID, noise]), REVIEWED)).toMatchObject({ exit_code: 0 });
  });
});

describe('a plan that lost a load-bearing string', () => {
  const LOST = drift(1, ['RETRY_MAX', 'IMPORT_V1'], { of: 'hook', sha256: 'formatted' });
  const ABORT = decided('drift', 'abort');
  const WRITTEN = [started(), ...fitting(1), applied(1, ['F1'])];

  it('in an edit is as it was', () => {
    const refused = [started(), ...sent(1), ...called(1, 'fix-1'), editsRead(1, 'fits')];

    expect(said(refused, drift(1, ['RETRY_MAX']), ABORT)).toEqual([
      'aborted_drift',
      null,
      'The edit would lose 1 load-bearing string: RETRY_MAX.',
    ]);
  });

  it('in an edit that was sent back names each string that it lost again', () => {
    const again = [
      ...called(1, 'fix-1'),
      editsRead(1, 'fits'),
      drift(1, ['RETRY_MAX']),
      decided('drift', 'revert'),
      ...called(1, 'fix-2'),
      editsRead(1, 'fits'),
      drift(1, ['RETRY_MAX', 'IMPORT_V1']),
    ];

    expect(said(started(), sent(1), again)).toEqual([
      'aborted_drift',
      null,
      'The edit would lose 2 load-bearing strings: RETRY_MAX, IMPORT_V1.',
    ]);
  });

  it('by a hook has a commit to be taken back, or the bytes of before', () => {
    const who =
      'The plan lost 2 load-bearing strings: RETRY_MAX, IMPORT_V1: a commit hook, or somebody else, changed it while it was committed.';
    const commit = committed(1, { sha: '0123456789abcdef', plan_sha256: 'formatted' });
    const failed: Fact = {
      type: 'commit.failed',
      round: 1,
      kind: 'round',
      output: '',
      plan_sha256: 'formatted',
    };

    expect(said(WRITTEN, commit, LOST, ABORT)).toEqual([
      'aborted_drift',
      null,
      `${who} The commit stands, and this takes it back: git revert 0123456.`,
    ]);
    expect(said(WRITTEN, failed, LOST, ABORT)).toEqual([
      'aborted_drift',
      null,
      `${who} It was left as it is, uncommitted; as it was before is round-01/plan.md in the state directory.`,
    ]);
  });
});

it('an outcome names what is unresolved and what was noticed beside it, each once', () => {
  const beside = finding('F2', { gate: 'parked' });
  const look = looked(1, [finding('F2'), finding('F3'), finding('F4', { gate: 'filtered' })]);
  const run = started({ max_rounds: 1 });
  const first = [...reviewed(1, [finding('F1'), beside, finding('F5')]), ...fitting(1, ['F1']).slice(4)];

  expect(
    outcomeOf(run, first, applied(1, ['F1']), committed(1), closed(1), called(1, 'last-look-1'), look),
  ).toMatchObject({ unresolved: ['F5'], parked: ['F2', 'F3'] });
});
