import { describe, expect, it } from 'vitest';
import { Draft } from '../../src/core/ledger/draft.ts';
import { linesIn, unplaced } from '../../src/core/ledger/entry.ts';
import { LateLedger } from '../../src/core/ledger/late-ledger.ts';
import { enter } from '../../src/core/ledger/record.ts';
import { finding } from './facts.ts';

function entryAt(id: string, start: number | null) {
  const lines = start === null ? null : { start, end: start };
  return enter(undefined, finding(id, { anchor: { how: 'lines', lines, quote: null, section: [] } }), [1]);
}

/** F1 before an edit that puts three lines in above it, F2 after it, F3 nowhere, and F4 entered once more after it. */
function draftOf(): Draft {
  const draft = new Draft();
  for (const id of ['F1', 'F4']) draft.enter(id, entryAt(id, 5));
  draft.enter('F3', entryAt('F3', null));
  draft.move({ hunks: [[1, 0, 1, 3]], moves: [] });
  draft.enter('F2', entryAt('F2', 5));
  draft.enter('F4', entryAt('F4', 20));
  return draft;
}

const IDS = ['F1', 'F4', 'F3', 'F2'];
const PLACED = [entryAt('F1', 8), entryAt('F4', 20), entryAt('F3', null), entryAt('F2', 5)];

describe('a ledger whose places are worked out late', () => {
  it('is the ledger that its draft comes to, however it is read', () => {
    const ledger = new LateLedger(draftOf());
    const each: unknown[] = [];
    ledger.forEach((entry, id) => each.push([id, entry]));

    expect([...ledger.values()]).toEqual(PLACED);
    expect([...ledger.keys()]).toEqual(IDS);
    expect([...ledger]).toEqual(IDS.map((id, at) => [id, PLACED[at]]));
    expect([...ledger.entries()]).toEqual([...ledger]);
    expect(each).toEqual([...ledger]);
    expect([...draftOf().done()]).toEqual([...ledger]);
  });

  it('knows each finding by its id', () => {
    const ledger = new LateLedger(draftOf());

    expect(ledger.get('F1')).toEqual(PLACED[0]);
    expect(ledger.get('F9')).toBeUndefined();
    expect([ledger.has('F1'), ledger.has('F9'), ledger.size]).toEqual([true, false, 4]);
  });

  it('says where a finding stands, and what there is without saying where', () => {
    const ledger = new LateLedger(draftOf());

    expect([...IDS, 'F9'].map((id) => linesIn(ledger, id)?.start)).toEqual([8, 20, undefined, 5, undefined]);
    expect(linesIn(ledger, 'F3')).toBeNull();
    expect([...unplaced(ledger).values()].map(({ finding: { id }, status }) => [id, status])).toEqual(
      IDS.map((id) => [id, 'open']),
    );
  });

  it('moves nothing until somebody asks where something stands', () => {
    const draft = draftOf();
    draft.move({
      get hunks(): never {
        throw new Error('moved');
      },
      moves: [],
    });
    const ledger = new LateLedger(draft);

    expect([ledger.size, ledger.has('F1'), [...ledger.keys()]]).toEqual([4, true, IDS]);
    expect(unplaced(ledger).get('F1')?.status).toBe('open');
    expect(() => linesIn(ledger, 'F1')).toThrow('moved');
    expect(() => ledger.get('F1')).toThrow('moved');
  });

  it('gives the same where nothing was put off', () => {
    const ledger = draftOf().done();

    expect([...IDS, 'F9'].map((id) => linesIn(ledger, id)?.start)).toEqual([8, 20, undefined, 5, undefined]);
    expect([...unplaced(ledger).values()]).toEqual(PLACED);
  });
});
