import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGEST_PLAN, unfitAsPlan, unfitBytes, whyUnfit } from '../../src/core/plan-text.ts';

describe('a text may be a plan', () => {
  it.each([
    ['', 'blank'],
    ['\ufeff \r\n\t\n', 'blank'],
    ['# Plan\0', 'binary'],
    ['# Plan \ud83d', 'ill-formed'],
    ['é'.repeat(LARGEST_PLAN / 2) + '!', 'too-large'],
    ['é'.repeat(LARGEST_PLAN / 2), null],
    ['# Plan \u{1f600}', null],
    ['\ufeffx', null],
  ])('unless it is nothing, no text, or too much (%#)', (text, unfit) => {
    expect(unfitAsPlan(text)).toBe(unfit);
  });

  it('exactly if it comes back from UTF-8 as it was', () => {
    assert(
      property(
        string({ unit: integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        (text) => {
          const same = Buffer.from(`x${text}`, 'utf8').toString('utf8') === `x${text}`;
          expect(unfitAsPlan(`x${text}`)).toBe(same ? null : 'ill-formed');
        },
      ),
      { seed: 20_261_121 },
    );
  });
});

it.each([
  [' \n', 'Nothing but blank space would be left of the plan.'],
  ['# Plan\0', 'The plan would have a NUL byte in it, and be a text no more.'],
  ['# Plan', null],
])('says why a text may be no plan (%#)', (text, why) => {
  expect(whyUnfit(text)).toBe(why);
});

it.each([
  [null, 'not-utf8'],
  ['\ud83d', 'not-utf8'],
  ['', 'blank'],
  ['a\0', 'binary'],
  ['# Plan', null],
])('says what keeps bytes from being a plan (%#)', (text, unfit) => {
  expect(unfitBytes(text)).toBe(unfit);
});
