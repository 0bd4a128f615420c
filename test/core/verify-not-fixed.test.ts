import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/core/ledger/entry.ts';
import { handOverAfter } from '../../src/core/policies/not-fixed.ts';

function said(verdict: Check['verdict'], why: string, rest: Partial<Check> = {}): Check {
  return { id: 'F1', round: 1, closed: false, verdict, changed: true, why, ...rest };
}

const FIRST = said('not_fixed', 'It still loops.');
const SECOND = said('not_fixed', 'It loops on Sundays.');
const SHRUG = said('cannot_tell', 'The step is gone.');

describe('a finding is left to the user', () => {
  it('when two verifications in a row say that it is not fixed', () => {
    expect(handOverAfter({ checks: [FIRST, SECOND], tries: 1 })).toEqual({
      because: 'not-fixed',
      why: 'Not fixed, twice: It still loops. / It loops on Sundays.',
    });
  });

  it('when it was called fixed and no byte was touched, as well', () => {
    const noEdit = said('fixed', 'fixed, but no edit: It is bounded.', { changed: false });

    expect(handOverAfter({ checks: [FIRST, noEdit], tries: 1 })?.why).toBe(
      'Not fixed, twice: It still loops. / fixed, but no edit: It is bounded.',
    );
  });

  it('when it is open after two tries, whatever was said', () => {
    expect(handOverAfter({ checks: [SHRUG], tries: 2 })).toEqual({
      because: 'not-fixed',
      why: 'Still open after 2 fixes: The step is gone.',
    });
    expect(handOverAfter({ checks: [FIRST, SHRUG], tries: 2 })?.why).toBe(
      'Still open after 2 fixes: It still loops. / The step is gone.',
    );
  });

  it('with a reason even where nobody gave one', () => {
    expect(handOverAfter({ checks: [said('not_fixed', ''), said('not_fixed', ' ')], tries: 1 })?.why).toBe(
      'Not fixed, twice: no reason was given.',
    );
  });
});

describe('a finding is not left to the user', () => {
  const closed = said('fixed', 'It is bounded.', { closed: true });

  it.each([
    ['before it was verified', [], 2],
    ['after it was not fixed once', [FIRST], 1],
    ['when it is closed', [FIRST, SECOND, closed], 2],
    ['when nobody could tell in between', [FIRST, SHRUG], 1],
    ['when it was closed in between', [FIRST, closed, SECOND], 1],
  ])('%s', (_, checks, tries) => {
    expect(handOverAfter({ checks, tries })).toBeNull();
  });
});
