import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEdits } from '../../src/core/read-edits.ts';
import { fenced } from './answers.ts';

const EDITS = {
  summary: 'F1 at foo.md:3.',
  edits: [{ findings: ['F1'], old_text: 'retry until it works', new_text: 'retry {three} times' }],
  declined: [{ finding: 'F2', reason: 'On purpose.' }],
};

const NOT_ASKED_FOR = { problem: 'The answer is not the JSON object that was asked for.' };
const json = JSON.stringify;

describe('an implementer’s answer', () => {
  it.each([
    ['plain', json(EDITS)],
    ['behind a byte order mark', `\ufeff${json(EDITS)}`],
    ['in a fence', fenced(EDITS)],
    ['among prose', `Done.\n\n${fenced(EDITS)}\n\nAll findings are resolved.`],
    ['behind braces that are none', `I replaced {three}.\n${json(EDITS)}`],
    ['beside another object', `{"thought": "hm"}\n${json(EDITS)}`],
  ])('is read: %s', (_, text) => {
    expect(readEdits(text)).toEqual(EDITS);
  });

  it('needs no summary and no declined findings', () => {
    expect(readEdits(json({ edits: EDITS.edits }))).toEqual({ ...EDITS, summary: '', declined: [] });
  });

  it.each([
    ['a trailing comma', json(EDITS).replace(/\}$/, ',}')],
    ['a raw line end in a string', json(EDITS).replace('three', 'th\nree')],
    ['single quotes', json(EDITS).replaceAll('"', "'")],
    ['prose', 'I have edited the plan.'],
    ['a cut', json(EDITS).slice(0, -5)],
  ])('is never repaired, for that could change an edit unseen: %s', (_, text) => {
    expect(readEdits(text)).toEqual(NOT_ASKED_FOR);
  });

  it('is malformed when it is empty, too long, or holds several', () => {
    expect(readEdits(' \n')).toEqual({ problem: 'The answer is empty.' });
    expect(readEdits(' '.repeat(16 * 1024 * 1024) + json(EDITS))).toEqual({
      problem: 'The answer is longer than 16 MB.',
    });
    expect(readEdits(`${json(EDITS)}\n${json({ edits: [] })}`)).toEqual({
      problem: 'The answer holds several objects with edits.',
    });
  });

  it('says what does not fit', () => {
    const answer = { ...EDITS, edits: [{ findings: 'F1', old_text: 'a', new: 'b' }] };

    expect(readEdits(json(answer))).toMatchInlineSnapshot(`
      {
        "problem": "The answer does not fit what was asked for.
      ✖ Unrecognized key: "new"
        → at edits[0]
      ✖ Invalid input: expected array, received string
        → at edits[0].findings
      ✖ Invalid input: expected string, received undefined
        → at edits[0].new_text",
      }
    `);
  });

  it('is malformed in another frame', () => {
    for (const value of [
      [EDITS],
      null,
      'done',
      { decision: 'APPLY', fixes: [] },
      { edits: {} },
      { edits: [{}] },
    ]) {
      expect(readEdits(json(value))).toHaveProperty('problem');
    }
  });

  it('is malformed wherever it was cut off', () => {
    const text = json(EDITS);
    assert(
      property(integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(readEdits(text.slice(0, length))).toHaveProperty('problem');
      }),
    );
  });
});
