import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { outlineOf } from '../../src/core/ledger/blocks.ts';
import { isChanged, underCheck } from '../../src/core/verify/scope.ts';
import { accepted, finding, reviewed, runOf, started } from './facts.ts';
import { applied, closed, resolved } from './rounds.ts';

function checkedAfter(...facts: readonly (Fact | readonly Fact[])[]): string[] {
  return underCheck(runOf([started(), ...facts.flat()])).map((entry) => entry.finding.id);
}

describe('a verifier is asked', () => {
  const FIXED = [...resolved(1, ['F1', 'F2']), ...resolved(2, ['F3'])];

  it('about what is open', () => {
    expect(checkedAfter(reviewed(1, [finding('F1'), finding('F2', { gate: 'filtered' })]))).toEqual(['F1']);
  });

  it('about what the last fix addressed, and not about earlier ones', () => {
    expect(checkedAfter(FIXED)).toEqual(['F3']);
  });

  it('about the same fix still where a round since changed nothing', () => {
    const left = accepted(3, [], { handed_over: [{ id: 'F5', because: 'stuck', why: '' }] });
    const found = [finding('F4'), finding('F5')];

    expect(checkedAfter(FIXED, reviewed(3, found), left, closed(3, 'reviewed'))).toEqual(['F3', 'F4']);
  });
});

describe('a finding about several blocks', () => {
  const plan = 'One.\n\nTwo.\n\nThree.\n';

  function isChangedAt(start: number, end: number): boolean {
    const change = { findings: [], removed: 'One!', added: 'One.', lines: { start: 1, end: 1 } };
    const run = runOf([
      started({ edit_mode: 'in-place' }),
      ...reviewed(1, [
        finding('F1', { anchor: { how: 'lines', lines: { start, end }, quote: null, section: [] } }),
      ]),
      accepted(1, ['F1']),
      applied(1, ['F1'], { changes: [change] }),
    ]);
    const entry = run.ledger.get('F1');
    return entry !== undefined && isChanged(entry, run, outlineOf(plan));
  }

  it('is changed where one of them is', () => {
    expect([isChangedAt(1, 1), isChangedAt(1, 5), isChangedAt(3, 5)]).toEqual([true, true, false]);
  });
});
