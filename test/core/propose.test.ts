import { describe, expect, it } from 'vitest';
import type { PlacedEdit } from '../../src/core/edits.ts';
import type { EditsAnswer } from '../../src/core/edits-schema.ts';
import { assemble, propose } from '../../src/core/propose.ts';

const PLAN = 'one\ntwo\nthree\n';

function answer(edits: [string, string, ...string[]][], declined: [string, string][] = []): EditsAnswer {
  return {
    summary: '',
    edits: edits.map(([oldText, newText, ...findings]) => ({
      findings,
      old_text: oldText,
      new_text: newText,
    })),
    declined: declined.map(([finding, reason]) => ({ finding, reason })),
  };
}

/** What the edits come to: the new text, or why there is none; and what was passed over. */
function proposed(edits: EditsAnswer, { sent = ['F1', 'F2'], mayAskAgain = true } = {}): unknown {
  const result = propose(PLAN, edits, sent, mayAskAgain);
  return result.result === 'fits' ? [result.text, ...result.skipped] : [result.result, result.problem];
}

const PASSED_OVER = ['skipped', 'F2: neither an edit nor a reason to decline.'];

describe('edits', () => {
  it('fit when every finding has one', () => {
    expect(
      proposed(
        answer([
          ['one', '1', 'F1'],
          ['three', '3', 'F2'],
        ]),
      ),
    ).toEqual(['1\ntwo\n3\n']);
    expect(proposed(answer([['one', '1', 'F1', 'F2']]))).toEqual(['1\ntwo\nthree\n']);
  });

  it('fit when the other findings are declined with a reason', () => {
    expect(proposed(answer([['one', '1', 'F1']], [['F2', 'It is so on purpose.']]))).toEqual([
      '1\ntwo\nthree\n',
    ]);
  });

  it('keep the shape of the plan', () => {
    expect(proposed(answer([['three\n', '3', 'F1', 'F2']]))).toEqual(['one\ntwo\n3\n']);
  });

  it('are unfit, all of them, when one is', () => {
    expect(
      proposed(
        answer([
          ['one', '1', 'F1'],
          ['four', '4', 'F2'],
        ]),
      ),
    ).toEqual(['unfit', 'Edit 2 names text that is not in the plan: "four".']);
  });

  it('are a no-op when they change nothing', () => {
    const noop = ['noop', 'The edits change nothing: the plan would be the same bytes as before.'];

    expect(proposed(answer([]))).toEqual(noop);
    expect(proposed(answer([['one', 'one', 'F1', 'F2']]))).toEqual(noop);
    expect(proposed(answer([['three\n', 'three', 'F1', 'F2']]))).toEqual(noop);
    expect(proposed(answer([['one', 'one', 'F1']], [['F2', 'No.']]))).toEqual(noop);
  });

  it('are declined when every finding is, with a reason', () => {
    expect(
      proposed(
        answer(
          [],
          [
            ['F1', 'No.'],
            ['F2', 'No.'],
          ],
        ),
      ),
    ).toEqual(['declined', 'Every finding was declined.']);
  });
});

describe('a finding with neither an edit nor a reason', () => {
  it('is asked about once', () => {
    expect(proposed(answer([['one', '1', 'F1']]))).toEqual(PASSED_OVER);
    expect(proposed(answer([['one', '1', 'F1']], [['F2', ' ']]))).toEqual(PASSED_OVER);
    expect(
      proposed(
        answer([
          ['one', '1', 'F1'],
          ['two', 'two', 'F2'],
        ]),
      ),
    ).toEqual(PASSED_OVER);
  });

  it('is left out where nobody may be asked again', () => {
    expect(proposed(answer([['one', '1', 'F1']]), { mayAskAgain: false })).toEqual(['1\ntwo\nthree\n', 'F2']);
  });
});

describe('a fix that is taken back beside edits', () => {
  const plan = 'one\ntwo\nthree\nfour\n';

  function placed(old: string, fresh: string): PlacedEdit {
    const start = plan.indexOf(old);
    const edit = { findings: ['F1'], old_text: old, new_text: fresh };
    return { edit, start, end: start + old.length };
  }

  const [first, second, third] = [placed('one\n', '1\n'), placed('wo\n', 'wenty\n'), placed('four', '4')];

  it('goes together with those before, after and right beside it', () => {
    const back = placed('two\nthree\n', 'TWO\n');

    expect(assemble(plan, [first, third], [back])).toEqual({
      text: '1\nTWO\n4\n',
      placed: [first, back, third],
      dropped: [],
    });
  });

  it('takes along an edit of text that goes with it, and leaves the plan its last line end', () => {
    expect(assemble(plan, [first, second, third], [placed('two\n', '')])).toEqual({
      text: '1\nthree\n4\n',
      placed: [first, placed('two\n', ''), third],
      dropped: [second],
    });
    expect(assemble(plan, [third], [placed('three\nfour\n', 'three')])).toMatchObject({
      text: 'one\ntwo\nthree\n',
      dropped: [third],
    });
  });

  it('comes after what is put in where it begins', () => {
    const start = plan.indexOf('two');
    const insertion: PlacedEdit = {
      edit: { findings: ['F2'], old_text: '', new_text: 'new\n' },
      start,
      end: start,
    };

    expect(assemble(plan, [insertion], [placed('two\n', 'TWO\n')]).text).toBe('one\nnew\nTWO\nthree\nfour\n');
  });
});
