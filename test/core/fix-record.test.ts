import { describe, expect, it } from 'vitest';
import { spanBefore, type Change } from '../../src/core/changes.ts';
import { appliedRecords, proposedRecords } from '../../src/core/contested/fix-record.ts';
import { mapPlace } from '../../src/core/ledger/line-map.ts';

/* Steps at lines 4, 5 and 6 to 7. */
const BLOCKS = [
  { start: 4, end: 4 },
  { start: 5, end: 5 },
  { start: 6, end: 7 },
];

function change(at: number, removed: string[], added: string[]): Change {
  return { findings: ['F1'], at, removed, added };
}

/** What a record took out and put in, and its first and last line. */
function said(records: ReturnType<typeof proposedRecords>): unknown[] {
  return records.map(({ removed, added, lines }) => [removed, added, lines.start, lines.end]);
}

describe('what a fix changes in place', () => {
  const rewritten = change(4, ['four', 'five', 'six', 'seven'], ['Four', 'Five', 'Six', 'Seven']);

  it('has a record for each block, with the lines of a block together', () => {
    const records = [
      ['four', 'Four', 4, 4],
      ['five', 'Five', 5, 5],
      ['six\nseven', 'Six\nSeven', 6, 7],
    ];

    expect(said(proposedRecords(2, [rewritten], BLOCKS))).toEqual(records);
    expect(said(appliedRecords(2, [rewritten], BLOCKS))).toEqual(records);
    expect(proposedRecords(2, [rewritten], BLOCKS)[0]).toMatchObject({ round: 2, findings: ['F1'] });
  });

  it('has no record for a block that says the same as before', () => {
    const half = change(4, ['four', 'five', 'six'], ['Four', 'five', 'Six']);

    expect(said(proposedRecords(1, [half], BLOCKS))).toEqual([
      ['four', 'Four', 4, 4],
      ['six', 'Six', 6, 6],
    ]);
  });
});

describe('a record is of the whole stretch', () => {
  it('where lines become more, or fewer', () => {
    const [more, fewer] = [change(4, ['four'], ['Four', 'Five']), change(4, ['four', 'five'], ['Four'])];

    expect(said(proposedRecords(1, [more], BLOCKS))).toEqual([['four', 'Four\nFive', 4, 4]]);
    expect(said(appliedRecords(1, [more], BLOCKS))).toEqual([['four', 'Four\nFive', 4, 5]]);
    expect(said(proposedRecords(1, [fewer], BLOCKS))).toEqual([['four\nfive', 'Four', 4, 5]]);
    expect(said(appliedRecords(1, [fewer], BLOCKS))).toEqual([['four\nfive', 'Four', 4, 4]]);
  });

  it('at an empty place, where a line is put in or taken out', () => {
    const [put, out] = [change(5, [], ['new']), change(5, ['five'], [])];

    expect(said(proposedRecords(1, [put], BLOCKS))).toEqual([['', 'new', 5, 4]]);
    expect(said(appliedRecords(1, [put], BLOCKS))).toEqual([['', 'new', 5, 5]]);
    expect(said(proposedRecords(1, [out], BLOCKS))).toEqual([['five', '', 5, 5]]);
    expect(said(appliedRecords(1, [out], BLOCKS))).toEqual([['five', '', 5, 4]]);
  });
});

describe('a place goes with its lines', () => {
  const twoAbove = { hunks: [[1, 0, 1, 2]], moves: [] } as const;

  it('and an empty one stays empty', () => {
    expect(mapPlace({ start: 5, end: 6 }, twoAbove)).toEqual({ start: 7, end: 8 });
    expect(mapPlace({ start: 5, end: 5 }, twoAbove)).toEqual({ start: 7, end: 7 });
    expect(mapPlace({ start: 5, end: 4 }, twoAbove)).toEqual({ start: 7, end: 6 });
    expect(mapPlace(spanBefore(change(3, [], ['new'])), { hunks: [], moves: [] })).toEqual({
      start: 3,
      end: 2,
    });
  });
});
