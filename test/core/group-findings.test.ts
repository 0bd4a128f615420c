import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupFindings, type Look } from '../../src/core/ledger/group-findings.ts';
import type { Likeness } from '../../src/core/ledger/likeness.ts';

function found(title: string, line: number, quote: string | null = null): Likeness {
  const anchor = { how: 'lines' as const, lines: { start: line, end: line }, quote, section: ['Steps'] };
  return { title, body: '', instance: '', kind: 'other', anchor };
}

/** Each group as its titles and the calls that saw it. */
function groups(...looks: Look<Likeness>[]): string[] {
  return groupFindings(looks).map(
    ({ findings, calls }) => `${findings.map(({ title }) => title).join(' = ')} by ${calls.join(', ')}`,
  );
}

describe('several looks at the same bytes', () => {
  it('make one of what several of them saw, and keep the rest', () => {
    const one = { call: 'hunt-1', findings: [found('No retry', 3, 'insert each row'), found('No owner', 9)] };
    const two = {
      call: 'hunt-2',
      findings: [found('No end', 12), found('It fails at once', 3, 'insert each row')],
    };

    expect(groups(one, two)).toEqual([
      'No retry = It fails at once by hunt-1, hunt-2',
      'No owner by hunt-1',
      'No end by hunt-2',
    ]);
  });

  it('make one of what only a third look connects', () => {
    const one = { call: 'hunt-1', findings: [found('No retry', 3, 'insert each row')] };
    const two = { call: 'hunt-2', findings: [found('The insertion is tried once', 3)] };
    const three = {
      call: 'hunt-3',
      findings: [found('The insertion is tried but once', 3, 'insert each row')],
    };

    expect(groups(one, two)).toHaveLength(2);
    expect(groups(one, two, three)).toEqual([
      'No retry = The insertion is tried once = The insertion is tried but once by hunt-1, hunt-2, hunt-3',
    ]);
  });

  it('never make one of two that a single look told apart', () => {
    const one = {
      call: 'hunt-1',
      findings: [found('No retry', 3, 'insert each row'), found('No bound', 3, 'insert each row')],
    };
    const two = { call: 'hunt-2', findings: [found('No bound', 3, 'insert each row')] };

    expect(groups(one, two)).toHaveLength(2);
    expect(groups(one, one)).toHaveLength(2);
  });

  it('are nothing where nobody saw anything', () => {
    expect(groups()).toEqual([]);
    expect(groups({ call: 'hunt-1', findings: [] })).toEqual([]);
  });
});

describe('any looks', () => {
  const finding = record({
    title: constantFrom('No retry', 'No retry at all', 'No owner', 'It never ends'),
    line: integer({ min: 1, max: 3 }),
    quote: constantFrom(null, 'insert each row', 'read the file'),
  }).map(({ title, line, quote }) => found(title, line, quote));

  it('leave every finding in one group, and one of each look at most', () => {
    assert(
      property(array(array(finding, { maxLength: 4 }), { maxLength: 4 }), (all) => {
        const looks = all.map((findings, at) => ({ call: `hunt-${at}`, findings }));

        const made = groupFindings(looks);

        expect(made.flatMap(({ findings }) => findings)).toHaveLength(all.flat().length);
        expect(new Set(made.flatMap(({ findings }) => findings)).size).toBe(new Set(all.flat()).size);
        for (const { findings, calls } of made) {
          expect(new Set(calls).size).toBe(calls.length);
          expect(calls).toHaveLength(findings.length);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
