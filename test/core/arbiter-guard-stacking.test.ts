import { describe, expect, it } from 'vitest';
import { stacked } from '../../src/core/arbiter/guard-stacking.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Entry, Ledger } from '../../src/core/ledger/entry.ts';
import { finding } from './facts.ts';

function at(line: number): Pick<Finding, 'anchor'> {
  return { anchor: { how: 'exact', lines: { start: line, end: line }, quote: 'x', section: [] } };
}

/** F1, which was fixed in round 1. */
function fixed(rest: Partial<Finding> = {}, entry: Partial<Entry> = {}): Ledger {
  const known: Entry = {
    finding: finding('F1', { cause: 'Only one copy', ...at(12), ...rest }),
    status: 'addressed',
    handedOver: null,
    raised: [1],
    sent: [1],
    addressedIn: 1,
    waived: false,
    ruling: null,
    checks: [],
    ...entry,
  };
  return new Map([['F1', known]]);
}

const SAME_CAUSE = finding('F2', { cause: 'only one  copy.', ...at(90) });
const OTHER = finding('F3', { cause: 'no lock', ...at(50) });

describe('guards pile up', () => {
  it('on one cause, whatever its case and punctuation', () => {
    expect(stacked([SAME_CAUSE], fixed())).toEqual(['F1', 'F2']);
    expect(stacked([OTHER], fixed())).toEqual([]);
  });

  it('on one cause within a round', () => {
    expect(stacked([SAME_CAUSE, OTHER, { ...OTHER, id: 'F4' }], new Map())).toEqual(['F3', 'F4']);
  });

  it('never on no cause at all', () => {
    const none = [finding('F2', { cause: '' }), finding('F3', { cause: ' … ' })];

    expect(stacked(none, fixed({ cause: '' }, { addressedIn: null }))).toEqual([]);
  });

  it('not with a finding itself, when it is raised again', () => {
    expect(stacked([finding('F1', { cause: 'Only one copy', ...at(12) })], fixed())).toEqual([]);
  });

  it('not with what stands in the block of a fix: that is the next generation', () => {
    expect(stacked([finding('F2', { cause: 'no lock', ...at(12) })], fixed())).toEqual([]);
  });

  it.each(['ruled-out', 'dismissed', 'parked', 'filtered', 'void', 'lapsed'] as const)(
    'not with a finding that is %s',
    (status) => {
      expect(stacked([SAME_CAUSE], fixed({}, { status }))).toEqual([]);
    },
  );

  it('not with one that is open, and has just been ruled out', () => {
    expect(stacked([SAME_CAUSE], fixed({}, { status: 'open', sent: [], addressedIn: null }))).toEqual([]);
    expect(stacked([SAME_CAUSE], fixed({}, { status: 'open' }))).toEqual(['F1', 'F2']);
  });
});

describe('of guards that pile up', () => {
  it('those that are design already, or closed, are not named', () => {
    expect(stacked([{ ...SAME_CAUSE, fix_kind: 'design' }], fixed())).toEqual(['F1']);
    expect(stacked([SAME_CAUSE], fixed({ fix_kind: 'design' }))).toEqual(['F2']);
    expect(stacked([SAME_CAUSE], fixed({}, { status: 'closed' }))).toEqual(['F2']);
  });
});
