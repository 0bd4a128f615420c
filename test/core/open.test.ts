import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { openFindings, unjudgedFindings } from '../../src/core/ledger/open.ts';
import { currentRound } from '../../src/core/run.ts';
import { called, finding, opened, parsed, reviewed, runOf, started } from './facts.ts';
import { applied, closed, fitting, sent, verificationRead } from './rounds.ts';

/** What the round is to deal with, and what of it an arbiter is asked about. */
function due(...facts: (Fact | readonly Fact[])[]): readonly string[][] {
  const run = runOf([started(), ...facts.flat()]);
  return [openFindings, unjudgedFindings].map((of) => of(run, currentRound(run)));
}

const UNFIXED = verificationRead(
  2,
  [{ id: 'F1', closed: false, verdict: 'not_fixed', changed: true, why: '' }],
  { findings: [finding('F2', { generation: 1, parent: 'F1' })] },
);

describe('the findings that a round has to deal with', () => {
  it('are those that it raised and nothing ruled out', () => {
    const found = [finding('F1'), finding('F2', { gate: 'advisory' })];

    expect(due(reviewed(1, found))).toEqual([['F1'], ['F1']]);
    expect(due(sent(1), closed(1, 'dropped'), reviewed(2, [finding('F2')]))).toEqual([['F2'], ['F2']]);
  });

  it('are, with an audit, also what was left open for it', () => {
    const audit = [opened(2, 'plan-1', 'audit'), ...called(2, 'audit-1'), parsed(2, [finding('F2')])];

    expect(due(sent(1), closed(1, 'dropped'), audit)).toEqual([['F1', 'F2'], ['F2']]);
  });

  it('are all that is open where there was no review; what a verifier left open is judged', () => {
    const verified = [opened(2, 'plan-1', 'verify'), ...called(2, 'verify-1'), UNFIXED];

    expect(due(fitting(1), applied(1, ['F1']), closed(1), verified)).toEqual([['F1', 'F2'], ['F2']]);
  });

  it('are not judged again where a verifier has just left them open', () => {
    const both = { ...UNFIXED, findings: [finding('F1')] };
    const verified = [opened(2, 'plan-1', 'verify'), ...called(2, 'verify-1'), both];

    expect(due(fitting(1), applied(1, ['F1']), closed(1), verified)).toEqual([['F1'], []]);
  });
});
