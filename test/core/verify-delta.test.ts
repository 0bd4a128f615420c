import { assert, constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GATES, KINDS, type Finding } from '../../src/core/finding.ts';
import type { Entry, Ledger } from '../../src/core/ledger/entry.ts';
import { noticed, type Noticed } from '../../src/core/verify/delta.ts';
import { finding } from './facts.ts';

/** The fix of F1, which is about the author's text, wrote lines 10 to 12; that of F2, about the fix of F1, line 20. */
function bornInFix({
  start,
  end,
}: {
  start: number;
  end: number;
}): ReturnType<Parameters<typeof noticed>[1]['bornInFix']> {
  if (start >= 10 && end <= 12) return { finding: 'F1', generation: 0 };
  return start === 20 ? { finding: 'F2', generation: 1 } : null;
}

function found(line: number, rest: Partial<Finding> = {}): Finding {
  return finding('F9', {
    kind: 'contradiction',
    anchor: { how: 'exact', lines: { start: line, end: line }, quote: 'x', section: [] },
    ...rest,
  });
}

function known(id: string, status: Entry['status']): Ledger {
  const entry: Entry = {
    finding: finding(id),
    status,
    handedOver: null,
    raised: [1],
    sent: [1],
    addressedIn: 1,
    waived: false,
    ruling: null,
    checks: [],
  };
  return new Map([[id, entry]]);
}

function sorted(one: Finding, ledger: Ledger = new Map()): Noticed {
  const isUnderCheck = (id: string): boolean => ['open', 'addressed'].includes(ledger.get(id)?.status ?? '');
  return noticed([one], { ledger, isUnderCheck, bornInFix });
}

describe('what a verifier notices', () => {
  it.each(['contradiction', 'wrong-fact', 'missing-case'] as const)(
    'is admitted when it is about text the fix wrote: a %s',
    (kind) => {
      expect(sorted(found(11, { kind }))).toEqual({
        findings: [found(11, { kind, generation: 1, parent: 'F1' })],
        again: [],
      });
    },
  );

  it('is a generation further than what its text was written for', () => {
    expect(sorted(found(20)).findings).toMatchObject([{ generation: 2, parent: 'F2', gate: 'actionable' }]);
  });

  it('is parked when it is about any other text', () => {
    expect(sorted(found(13)).findings).toEqual([found(13, { gate: 'parked' })]);
  });

  it.each(KINDS.filter((kind) => !['contradiction', 'wrong-fact', 'missing-case'].includes(kind)))(
    'is parked when it is of another kind: %s',
    (kind) => {
      expect(sorted(found(11, { kind })).findings).toEqual([found(11, { kind, gate: 'parked' })]);
    },
  );

  it.each(['section', 'none'] as const)('is parked when it has no place of its own: %s', (how) => {
    const anchor = { ...found(11).anchor, how };

    expect(sorted(found(11, { anchor })).findings).toEqual([found(11, { anchor, gate: 'parked' })]);
  });

  it.each(['void', 'filtered', 'dismissed', 'settled', 'prose'] as const)(
    'keeps a gate that it already has: %s',
    (gate) => {
      expect(sorted(found(11, { gate }))).toEqual({ findings: [found(11, { gate })], again: [] });
    },
  );
});

describe('a finding of the ledger that a verifier notices', () => {
  it.each(['open', 'addressed'] as const)('stays under its check: %s', (status) => {
    const ledger = known('F9', status);

    expect(sorted(found(11), ledger)).toEqual({ findings: [], again: ['F9'] });
    expect(sorted(found(50), ledger)).toEqual({ findings: [], again: ['F9'] });
    expect(sorted(found(11, { gate: 'filtered' }), ledger)).toEqual({ findings: [], again: ['F9'] });
  });

  it.each(['lapsed', 'ruled-out', 'parked', 'handed-over', 'dismissed'] as const)(
    'is listed beside the fix, unless the fix brought it back: %s',
    (status) => {
      const ledger = known('F9', status);

      expect(sorted(found(50), ledger)).toEqual({ findings: [found(50, { gate: 'parked' })], again: [] });
      expect(sorted(found(11), ledger).findings).toMatchObject([{ gate: 'actionable', parent: 'F1' }]);
    },
  );

  it('is open again when it was fixed earlier, wherever it stands', () => {
    const other = { ledger: known('F9', 'addressed'), isUnderCheck: () => false, bornInFix };

    expect(sorted(found(50), known('F9', 'closed'))).toEqual({ findings: [found(50)], again: [] });
    expect(noticed([found(50)], other)).toEqual({ findings: [found(50)], again: [] });
  });

  it('is not its own parent', () => {
    expect(sorted(found(11, { id: 'F1' }), known('F1', 'closed'))).toEqual({ findings: [], again: ['F1'] });
  });
});

it('loses nothing, and makes nothing actionable that a fix of this round did not write and none had closed', () => {
  const any = record({
    line: constantFrom(9, 10, 12, 13, 20, 21),
    kind: constantFrom(...KINDS),
    gate: constantFrom(...GATES),
    status: constantFrom<Entry['status'][]>('open', 'addressed', 'closed', 'ruled-out', 'void'),
    isKnown: constantFrom(true, false),
  });
  assert(
    property(any, ({ line, kind, gate, status, isKnown }) => {
      const ledger = isKnown ? known('F9', status) : new Map();
      const { findings, again } = sorted(found(line, { kind, gate }), ledger);
      const actionable = findings.filter((one) => one.gate === 'actionable');

      expect([...findings.map(({ id }) => id), ...again]).toEqual(['F9']);
      const isOfFix = ({ generation, anchor }: Finding): boolean =>
        generation > 0 && anchor.lines !== null && bornInFix(anchor.lines) !== null;
      expect(actionable.every((one) => isOfFix(one) || (isKnown && status === 'closed'))).toBe(true);
    }),
    { seed: 15, numRuns: 500 },
  );
});
